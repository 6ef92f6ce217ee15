import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { root as house } from "../run.ts";
import { buildClients } from "./clients.ts";
import { withheld } from "./readers.ts";
import { tooHeavy, weights, weightTable } from "./weights.ts";

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "a house with a space "));
  symlinkSync(join(house, "node_modules"), join(root, "node_modules"));
  cpSync(join(house, "package.json"), join(root, "package.json"));
  plant("client-widget/vite.config.ts", viteConfig);
  plant("client-widget/loader.ts", "export const loader = 1;");
  plant("client-widget/app.ts", `export const text = "${"roomdesk ".repeat(200)}"; import("./later.ts");`);
  plant("client-widget/later.ts", "console.log('later');");
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(root, { recursive: true });
});

test("a build is written whole, weighed and compressed", async () => {
  const { bundles, fresh } = await buildClients(root);
  expect(fresh).toBe(true);
  const app = readFileSync(join(root, "dist/widget/app.js"));
  expect(gunzipSync(readFileSync(join(root, "dist/widget/app.js.gz")))).toEqual(app);
  expect(brotliDecompressSync(readFileSync(join(root, "dist/widget/app.js.br")))).toEqual(app);
  expect(weightTable(weights(bundles))).toMatch(/widget +loader\.js +0\.\d kB of 3 kB gzip/);
  expect(tooHeavy(weights(bundles))).toEqual([]);
});

test("what libraries have for developers is never packed, whatever NODE_ENV the build was started under", async () => {
  vi.stubEnv("NODE_ENV", "development");
  plant("client-widget/app.ts", 'import "lit"; export * from "lit"; import("./later.ts");');
  const modules = (await buildClients(root)).bundles.flatMap(({ files }) => files.flatMap((file) => file.modules));
  expect(modules.filter((module) => module.endsWith("/lit-html.js"))).toHaveLength(1);
  expect(modules.filter((module) => module.includes("/development/"))).toEqual([]);
  expect(process.env.NODE_ENV).toBe("development");
});

test("a build is for every user to read, also one that was made before and is kept", async () => {
  const modes = () => {
    const names = [".", ...readdirSync(join(root, "dist"), { recursive: true, encoding: "utf8" })];
    const stats = names.map((name) => statSync(join(root, "dist", name)));
    return new Set(stats.map((stat) => `${stat.isDirectory() ? "d" : "-"}${(stat.mode & 0o777).toString(8)}`));
  };
  const before = process.umask(0o077);
  try {
    await buildClients(root);
    expect(modes()).toEqual(new Set(["d755", "-644"]));
    chmodSync(join(root, "dist/widget"), 0o700);
    chmodSync(join(root, "dist/widget/app.js"), 0o600);
    expect((await buildClients(root)).fresh).toBe(false);
    expect(modes()).toEqual(new Set(["d755", "-644"]));
  } finally {
    process.umask(before);
  }
});

test("a folder that is somebody else's is named in one sentence, with what to do", () => {
  const fault = Object.assign(new Error("EACCES: permission denied, mkdtemp"), { code: "EACCES" });
  expect(withheld(fault, "/srv/desk/dist")?.message).toBe(
    "This user may not read or write /srv/desk/dist (EACCES), where the clients are built. " +
      'Run "npm run build" as its owner, or delete it.',
  );
  expect(withheld(new Error("Unexpected token"), "/srv/desk/dist")).toBeUndefined();
});

test("nothing is built again until a source changes", async () => {
  await buildClients(root);
  expect((await buildClients(root)).fresh).toBe(false);
  plant("client-widget/later.ts", "console.log('even later');");
  expect((await buildClients(root)).fresh).toBe(true);
  plant("client-widget/later.test.ts", "a test changes no bundle");
  expect((await buildClients(root)).fresh).toBe(false);
  rmSync(join(root, "dist/widget/loader.js"));
  expect((await buildClients(root)).fresh).toBe(true);
});

test("two builds at once leave one whole result", async () => {
  await Promise.all([buildClients(root), buildClients(root)]);
  expect(existsSync(join(root, "dist/widget/loader.js"))).toBe(true);
  expect((await buildClients(root)).fresh).toBe(false);
});

test("a bundle over its budget is named with its weight", async () => {
  plant("client-widget/loader.ts", `export const noise = "${noise(12_000)}";`);
  const { bundles } = await buildClients(root);
  expect(tooHeavy(weights(bundles))).toEqual([
    expect.stringMatching(/^widget: loader\.js weighs \d+\.\d kB, allowed are 3 kB \(gzip\)$/),
  ]);
});

test("a bundle that still says `accessor` is refused, and the one before it stays", async () => {
  await buildClients(root);
  const before = readFileSync(join(root, "dist/widget/app.js"), "utf8");
  plant("client-widget/app.ts", "export class Panel { accessor open = false; }");
  await expect(buildClients(root)).rejects.toThrow("the widget is broken: app.js still holds the keyword `accessor`");
  expect(readFileSync(join(root, "dist/widget/app.js"), "utf8")).toBe(before);
});

const viteConfig = `
import { join } from "node:path";
const here = import.meta.dirname;
export default {
  build: {
    rolldownOptions: {
      input: { loader: join(here, "loader.ts"), app: join(here, "app.ts") },
      preserveEntrySignatures: "strict",
      output: { entryFileNames: "[name].js" },
    },
  },
};
`;

function plant(file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}

/** Text that does not compress, the same on every run. */
function noise(length: number): string {
  let state = 1;
  return Array.from({ length }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return (state % 36).toString(36);
  }).join("");
}
