import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { build, type Rolldown } from "vite";
import { describeBundle, type Bundle } from "./bundle.ts";
import { precompress } from "./compress.ts";
import { unreadable } from "./parses.ts";
import { openToReaders, withheld } from "./readers.ts";
import { sourcesHash } from "./sources.ts";

export type Built = { hash: string; bundles: Bundle[] };

/** Builds the clients into `dist/<client>`, or gives what is there when no source has changed since. */
export async function buildClients(root: string, force = false): Promise<Built & { fresh: boolean }> {
  try {
    return await bringUpToDate(root, force);
  } catch (fault) {
    throw withheld(fault, join(root, "dist")) ?? fault;
  }
}

async function bringUpToDate(root: string, force: boolean): Promise<Built & { fresh: boolean }> {
  const hash = sourcesHash(root);
  const kept = force ? undefined : readKept(root);
  if (kept?.hash === hash && kept.bundles.every((bundle) => isThere(root, bundle))) {
    openToReaders(join(root, "dist"));
    return { ...kept, fresh: false };
  }
  const bundles: Bundle[] = [];
  mkdirSync(join(root, "dist"), { recursive: true });
  for (const client of clientsOf(root)) bundles.push(await buildClient(root, client));
  const built = { hash, bundles };
  writeFileSync(join(root, "dist", "built.json"), JSON.stringify(built, null, 2));
  openToReaders(join(root, "dist"), [".", "built.json"]);
  return { ...built, fresh: true };
}

function clientsOf(root: string): string[] {
  const configs = globSync("client-*/vite*.config.ts", { cwd: root });
  return [...new Set(configs.map((config) => dirname(config).replace("client-", "")))].sort();
}

// Built beside its place and moved there whole: a server that starts meanwhile serves the old or the new, never half.
async function buildClient(root: string, client: string): Promise<Bundle> {
  const place = join(root, "dist", client);
  const beside = mkdtempSync(join(root, "dist", `.${client}-`));
  try {
    const outputs: Rolldown.RolldownOutput[] = [];
    for (const config of globSync(`client-${client}/vite*.config.ts`, { cwd: root }).sort()) {
      outputs.push(...(await runVite(join(root, `client-${client}`), join(root, config), beside)));
    }
    const bad = unreadable(beside);
    if (bad.length > 0) throw new Error(`the ${client} is broken: ${bad.join(", ")}`);
    const bundle = describeBundle(client, outputs, beside);
    await precompress(beside);
    openToReaders(beside); // mkdtemp's folders are their maker's alone
    replace(place, beside);
    return bundle;
  } finally {
    rmSync(beside, { recursive: true, force: true });
  }
}

/** Two builds may end at the same moment: the later one finds the place taken again, and clears it once more. */
function replace(place: string, by: string): void {
  for (let tries = 1; ; tries++) {
    rmSync(place, { recursive: true, force: true });
    try {
      renameSync(by, place);
      return;
    } catch (fault) {
      if (tries === 5) throw fault;
    }
  }
}

// The native loader writes no temporary file into node_modules, which need not be ours to write.
async function runVite(root: string, configFile: string, outDir: string): Promise<Rolldown.RolldownOutput[]> {
  const settings = { outDir, emptyOutDir: false, reportCompressedSize: false };
  const output = await inProduction(() =>
    build({ root, configFile, configLoader: "native", mode: "production", logLevel: "warn", build: settings }),
  );
  if ("close" in output) throw new Error(`${configFile} asks Vite to watch, and a build must end`);
  return Array.isArray(output) ? output : [output];
}

/** The mode alone does not decide: started under another NODE_ENV, Vite packs what libraries have for developers. */
async function inProduction<T>(work: () => Promise<T>): Promise<T> {
  const { NODE_ENV } = process.env;
  process.env.NODE_ENV = "production";
  try {
    return await work();
  } finally {
    if (NODE_ENV === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = NODE_ENV;
  }
}

function readKept(root: string): Built | undefined {
  const file = join(root, "dist", "built.json");
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Built) : undefined;
}

function isThere(root: string, { client, files }: Bundle): boolean {
  return files.every((file) => existsSync(join(root, "dist", client, file.name)));
}
