import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import ts from "typescript";
import { afterAll, expect, test } from "vitest";
import { root, runTool } from "../run.ts";

const folder = mkdtempSync(join(tmpdir(), "fences-"));
writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
afterAll(() => rmSync(folder, { recursive: true }));

test("the rules know neither a page nor Node nor a timer", async () => {
  const names = ["document", "window", "process", "Buffer", "setTimeout", "console", "fetch", "indexedDB"];
  expect(await unknownNames("pure", names, "with its files")).toEqual(names);
});

test("the server knows Node and no page", async () => {
  expect(await unknownNames("node", ["document", "window", "process", "Buffer"])).toEqual(["document", "window"]);
});

test("the clients know the page and no Node, whatever their libraries know", async () => {
  const names = ["document", "process", "Buffer", "setImmediate"];
  expect(await unknownNames("browser", names, "with its files")).toEqual(["process", "Buffer", "setImmediate"]);
});

test("an enum, a parameter property and a missing index check do not compile", async () => {
  const codes = await errors("pure", [
    "export enum State { open, closed }",
    "export class Room { constructor(private readonly id: string) {} get name() { return this.id; } }",
    "export const first = (names: string[]): string => names[0];",
  ]);
  expect(codes.filter((line) => line.includes("planted.ts")).map((line) => /TS\d+/.exec(line)?.[0])).toEqual([
    "TS1294",
    "TS1294",
    "TS2322",
  ]);
});

async function unknownNames(environment: string, names: string[], files?: "with its files"): Promise<string[]> {
  const code = names.map((name, index) => `export const n${index} = ${name};`);
  const lines = await errors(environment, code, files);
  return names.filter((name) => lines.some((line) => line.includes("planted.ts") && line.includes(`'${name}'`)));
}

/** Compiles a planted file as part of an environment: its settings and, where libraries could leak in, all its files. */
async function errors(environment: string, code: string[], files?: "with its files"): Promise<string[]> {
  const real = join(root, `tsconfig.${environment}.json`);
  const { include = [], exclude = [] } = ts.readConfigFile(real, ts.sys.readFile.bind(ts.sys)).config as Selection;
  const at = (pattern: string) => join(root, pattern);
  writeFileSync(join(folder, "planted.ts"), code.join("\n"));
  const config = {
    extends: real,
    compilerOptions: { typeRoots: [at("node_modules/@types")] },
    include: ["planted.ts", ...(files ? include.map(at) : [])],
    exclude: exclude.map(at),
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
  const { output } = await runTool("tsc", ["--noEmit", "--pretty", "false", "-p", folder]);
  return output.trim().split("\n");
}

type Selection = { include?: string[]; exclude?: string[] };
