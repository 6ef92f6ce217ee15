import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";

/**
 * What the widget's build leaves out of its libraries, because a shop's page should not carry what is never called there.
 * Each cut names the place it is made at; when a library has changed there, the build fails instead of shipping a guess.
 */
export const lean = (): Plugin[] => [
  unusedParts(),
  ownPacking(),
  onlyTheLexer(),
  noPreloading(),
  ownKeysOnly(),
  tightTemplates(),
];

/** Parts of Colyseus' SDK for games: other transports, accounts, matchmaking over HTTP, inputs, a debugger. */
const sdkParts: Readonly<Record<string, string>> = {
  "transport/H3Transport.mjs": "export class H3TransportTransport {}",
  "3rd_party/discord.mjs": "export const discordURLBuilder = undefined;",
  "Auth.mjs": "export class Auth {}",
  "HTTP.mjs": "export class HTTP { options = { headers: {} }; }",
  "debug-channel.mjs": "export const publishDebug = () => {}; export const debugOverlayActive = () => false;",
  "legacy.mjs": "",
  "input/RoomInput.mjs": "export class RoomInput { applyReflection() {} applyOptions() {} }",
};

function unusedParts(): Plugin {
  const met = new Set<string>();
  return {
    name: "roomdesk:unused-parts",
    enforce: "pre",
    load(id) {
      const part = id.split("/@colyseus/sdk/build/")[1];
      if (part === undefined || !(part in sdkParts)) return undefined;
      met.add(part);
      return sdkParts[part];
    },
    buildEnd(error) {
      const gone = Object.keys(sdkParts).filter((part) => !met.has(part));
      if (!error && gone.length > 0) this.error(`@colyseus/sdk no longer has ${gone.join(", ")}`);
    },
  };
}

/** MessagePack without the parts that only other programs speak, and the sockets that a browser has anyway. */
function ownPacking(): Plugin {
  const instead: Readonly<Record<string, string>> = { msgpackr: "./lean/msgpack.ts", ws: "./lean/sockets.ts" };
  return {
    name: "roomdesk:own-packing",
    enforce: "pre",
    resolveId: (id) =>
      Object.hasOwn(instead, id) ? fileURLToPath(new URL(instead[id] ?? "", import.meta.url)) : undefined,
  };
}

/** We draw marked's tokens ourselves: its parser, renderer and their defaults stay at home. */
function onlyTheLexer(): Plugin {
  return {
    name: "roomdesk:only-the-lexer",
    transform(code, id) {
      if (!id.endsWith("/marked/lib/marked.esm.js")) return undefined;
      const rest = /var (\w+)=new \w+;function \w+\(\w+,\w+\)\{return \1\.parse\(/.exec(code);
      const name = /export\{.*?(\w+) as Lexer\b/.exec(code)?.[1];
      if (!rest || !name) this.error("marked is no longer built as it was");
      return { code: `${code.slice(0, rest.index)}export const lexer=${name}.lex;`, map: null };
    },
  };
}

/** Chunks have no sheets of their own and few imports: nothing is worth preloading. */
function noPreloading(): Plugin {
  return {
    name: "roomdesk:no-preloading",
    enforce: "pre",
    load(id) {
      return id.includes("vite/preload-helper") ? "export const __vitePreload = (load) => load();" : undefined;
    },
  };
}

/** The bundler's own helper walks over whatever a page has put on Object.prototype, and stumbles. */
function ownKeysOnly(): Plugin {
  const helper = /for\(var (\w+) in (\w+)\)(?=\w+\(\w+,\1,\{get:)/;
  return {
    name: "roomdesk:own-keys-only",
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === "chunk" && helper.test(file.code));
      for (const chunk of chunks)
        if (chunk.type === "chunk") chunk.code = chunk.code.replace(helper, "for(var $1 of Object.keys($2))");
    },
  };
}

/** Sheets and templates are strings, which minifiers leave alone: their indentation goes here. */
function tightTemplates(): Plugin {
  return {
    name: "roomdesk:tight-templates",
    transform(code, id) {
      if (!/\/client-(ui|widget)\/.*\.ts$/.test(id)) return undefined;
      const tight = code
        .replace(/\bcss`[^`]*`/g, (sheet) => tightSheet(sheet))
        .replace(/(?<=\b(?:html|svg)`[^`]*?>)\s*\n\s*(?=<)/g, " ");
      return { code: tight, map: null };
    },
  };
}

const tightSheet = (sheet: string): string =>
  sheet
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/\s+/g, " ")
    .replace(/ ?([{};,]) ?/g, "$1")
    .replace(/;}/g, "}")
    .replace(/([\w-]): /g, "$1:");
