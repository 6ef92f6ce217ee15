import { ESLint, Linter } from "eslint";
import { expect, test } from "vitest";
import { root } from "../run.ts";
import { bans } from "./bans.ts";

const eslint = new ESLint({ cwd: root });

const forbidden: Record<string, string[]> = {
  "no-env": ["process.env.PORT", `import { env } from "node:process"`, "const { env } = process"],
  "no-raw-html": [
    "el.innerHTML = text",
    "el.outerHTML += text",
    "el.insertAdjacentHTML('beforeend', text)",
    "document.write(text)",
    "html`<p .innerHTML=${text}></p>`",
    `import { unsafeHTML } from "lit/directives/unsafe-html.js"`,
    `await import("lit/directives/unsafe-svg.js")`,
    `import { unsafeStatic } from "lit/static-html.js"`,
    "new DOMParser().parseFromString(text, 'text/html')",
  ],
  "no-clock-or-chance": [
    "Date.now()",
    "new Date()",
    "Math.random()",
    "crypto.randomUUID()",
    "randomUUID()",
    "crypto.getRandomValues(bytes)",
    "performance.now()",
  ],
  "no-await": ["await decide()", "const decide = async () => 1", "for await (const event of events) {}"],
  "no-pool-query": ["pool.query('select 1')", "this.pool.query('select 1')", "appPool.query('select 1')"],
  "no-langchain-load": [
    `import { load } from "@langchain/core/load"`,
    `import { load } from "langchain/load"`,
    `import { load } from "@langchain/core"`,
  ],
};

const allowed: Record<string, string[]> = {
  "no-env": ["config.port", "process.exitCode = 1"],
  "no-raw-html": ["el.textContent = text", "html`<p>${text}</p>`", `import { html } from "lit"`],
  "no-clock-or-chance": ["new Date(at)", "Math.max(1, 2)", "clock.now()"],
  "no-await": ["const decide = () => Promise.resolve(1)"],
  "no-pool-query": ["client.query('select 1')", "pool.end()"],
  "no-langchain-load": [`import { tool } from "@langchain/core/tools"`],
};

for (const [rule, samples] of Object.entries(forbidden)) {
  test(`${rule} names what it forbids and nothing else`, () => {
    for (const sample of samples) expect(complaints(rule, sample), sample).not.toEqual([]);
    for (const sample of allowed[rule] ?? []) expect(complaints(rule, sample), sample).toEqual([]);
  });
}

const everywhere = ["no-raw-html", "no-langchain-load", "no-accessor"];
const places: Record<string, string[]> = {
  "core/conversation/decide.ts": ["no-env", "no-clock-or-chance", "no-await", "no-pool-query"],
  "protocol/people.ts": ["no-env", "no-clock-or-chance", "no-await", "no-pool-query"],
  "core/mailbox.ts": ["no-env", "no-pool-query"],
  "core/memory/anything.ts": ["no-env", "no-pool-query"],
  "server/config.ts": ["no-pool-query"],
  "server/main.ts": ["no-env", "no-pool-query"],
  "db/stores/anything.ts": ["no-env", "no-pool-query"],
  "db/open.ts": ["no-env"],
  "client-ui/anything.ts": ["no-env", "no-pool-query"],
};

test("each folder has the bans it should have", async () => {
  for (const [file, expected] of Object.entries(places)) {
    expect((await bansFor(file)).sort(), file).toEqual([...expected, ...everywhere].sort());
  }
});

test("files stay below 200 lines and functions below 40, tests below 300", async () => {
  expect(await maxOf("core/conversation/decide.ts", "max-lines")).toBe(200);
  expect(await maxOf("core/conversation/decide.ts", "max-lines-per-function")).toBe(40);
  expect(await maxOf("core/conversation/decide.test.ts", "max-lines")).toBe(300);
});

function complaints(rule: string, code: string): string[] {
  const config: Linter.Config = { plugins: { house: bans }, rules: { [`house/${rule}`]: "error" } };
  return new Linter().verify(code, config).map((message) => message.message);
}

type Severity = [number, { max?: number }?];

async function rulesFor(file: string): Promise<Record<string, Severity>> {
  const config = (await eslint.calculateConfigForFile(file)) as { rules: Record<string, Severity> };
  return config.rules;
}

async function bansFor(file: string): Promise<string[]> {
  const rules = Object.entries(await rulesFor(file));
  return rules
    .filter(([name, [severity]]) => name.startsWith("house/") && severity === 2)
    .map(([name]) => name.replace("house/", ""));
}

async function maxOf(file: string, rule: string): Promise<number | undefined> {
  return (await rulesFor(file))[rule]?.[1]?.max;
}
