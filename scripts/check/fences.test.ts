import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { root, runTool } from "../run.ts";

const folder = mkdtempSync(join(tmpdir(), "fences-"));
writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
afterAll(() => rmSync(folder, { recursive: true }));

test("the rules know neither a page nor Node nor a timer", async () => {
  const names = ["document", "window", "process", "Buffer", "setTimeout", "console", "fetch", "indexedDB"];
  expect(await unknownNames("pure", names, ["protocol", "core"])).toEqual(names);
});

test("the server knows Node and no page", async () => {
  expect(await unknownNames("node", ["document", "window", "process", "Buffer"], [])).toEqual(["document", "window"]);
});

test("the clients know the page and no Node, whatever their libraries know", async () => {
  const clients = ["client-sdk", "client-ui", "client-widget", "client-workspace"];
  const names = ["document", "process", "Buffer", "setImmediate"];
  expect(await unknownNames("browser", names, clients)).toEqual(["process", "Buffer", "setImmediate"]);
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

async function unknownNames(environment: string, names: string[], beside: string[]): Promise<string[]> {
  const lines = await errors(
    environment,
    names.map((name, index) => `export const n${String(index)} = ${name};`),
    beside,
  );
  return names.filter((name) => lines.some((line) => line.includes("planted.ts") && line.includes(`'${name}'`)));
}

/** Compiles a planted file as if it belonged to an environment, together with some of its real folders. */
async function errors(environment: string, code: string[], beside: string[] = []): Promise<string[]> {
  writeFileSync(join(folder, "planted.ts"), code.join("\n"));
  const config = {
    extends: join(root, `tsconfig.${environment}.json`),
    compilerOptions: { typeRoots: [join(root, "node_modules/@types")] },
    include: ["planted.ts", ...beside.map((one) => join(root, one))],
    exclude: beside.flatMap((one) =>
      ["**/*.test.ts", "contract", "**/testing", "vite*.config.ts", "**/*-node.ts", "**/file-*.ts"].map((not) =>
        join(root, one, not),
      ),
    ),
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
  const { output } = await runTool("tsc", ["--noEmit", "--pretty", "false", "-p", folder]);
  return output.trim().split("\n");
}
