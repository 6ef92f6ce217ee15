import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { chromium, type Page } from "@playwright/test";
import { chromiumArguments, chromiumPath } from "../scripts/chromium.ts";
import { Desk } from "./testing/desk.ts";
import { Agent, Customer } from "./testing/people.ts";

const help = `npm run bench:delivery -- [--messages N] [--json FILE]
From Enter in one browser to the painted bubble in the other, between two Chromiums and a desk of its own. Milliseconds.`;

const { values } = parseArgs({
  options: {
    messages: { type: "string", default: "50" },
    json: { type: "string" },
    help: { type: "boolean", default: false },
  },
});
if (values.help) {
  console.log(help);
  process.exit();
}
const messages = Number(values.messages);
if (!Number.isInteger(messages) || messages < 1) throw new Error("--messages takes a whole number from 1.");

const desk = await Desk.start();
const browser = await chromium.launch({
  executablePath: chromiumPath(),
  chromiumSandbox: false,
  args: [...chromiumArguments],
});
try {
  const carl = await Customer.visits(await (await browser.newContext()).newPage(), desk);
  const priya = await Agent.signsIn(await (await browser.newContext()).newPage(), desk, await desk.user("agent"));
  await carl.startsConversation();
  await carl.write("Hello from the benchmark");
  await priya.chooses("New");
  await priya.opens("Hello from the benchmark");
  const result = {
    messages,
    to_agent_ms: summary(await measure("customer", carl, priya.page)),
    to_customer_ms: summary(await measure("agent", priya, carl.page)),
  };
  console.log(result);
  if (values.json) await writeFile(values.json, JSON.stringify(result, null, 2));
  if (Math.max(result.to_agent_ms.p50, result.to_customer_ms.p50) > 50) process.exitCode = 1;
} finally {
  await browser.close();
  await desk.stop();
}

async function measure(side: string, writer: Customer | Agent, reader: Page): Promise<number[]> {
  const took: number[] = [];
  for (let i = 0; i < messages; i++) {
    const text = `The ${side} writes number ${i}.`;
    const seen = paintedAt(reader, text);
    await writer.composer().fill(text);
    const sent = await writer.composer().evaluate((field) => {
      const at = Date.now();
      field.dispatchEvent(
        new KeyboardEvent("keydown", { key: "Enter", bubbles: true, composed: true, cancelable: true }),
      );
      return at;
    });
    took.push((await seen) - sent);
    if (process.stderr.isTTY) process.stderr.write(`\r${i + 1}/${messages}`);
  }
  return took;
}

/** When a bubble with this text is first in the page after a frame, on the wall clock that both browsers share. */
function paintedAt(page: Page, text: string): Promise<number> {
  return page.evaluate((wanted) => {
    type Bubble = HTMLElement & { item?: { line?: { body?: string | null } } };
    const newest = (root: ParentNode): Bubble[] =>
      [...root.querySelectorAll<HTMLElement>("*")].flatMap((element) =>
        element.localName === "rd-message-bubble" ? [element] : element.shadowRoot ? newest(element.shadowRoot) : [],
      );
    return new Promise<number>((done) => {
      const look = () => {
        const there = newest(document).some((bubble) => bubble.item?.line?.body === wanted);
        if (there) done(Date.now());
        else requestAnimationFrame(look);
      };
      look();
    });
  }, text);
}

function summary(took: readonly number[]) {
  const sorted = took.toSorted((one, other) => one - other);
  const at = (share: number) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
  return { p50: at(0.5), p95: at(0.95), max: at(1) };
}
