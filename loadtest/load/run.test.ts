import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { Options } from "./options.ts";
import { openOwnDesk } from "./own-desk.ts";
import { Progress } from "./progress.ts";
import { run, type Kept } from "./run.ts";

const pace = { conversations: 10, agents: 2, rate: 50, seconds: 4, bytes: 120, nodes: 1 };
const options: Options = { ...pace, warmup: 0.5 };

function listening() {
  const lines: string[] = [];
  return { lines, progress: new Progress({ isTTY: false, write: (text) => lines.push(text) }) };
}

test("a real desk, ten conversations: everything is delivered and kept, and all of it is measured", async () => {
  const { lines, progress } = listening();
  const { result, complaints } = await run(options, progress);
  expect(complaints).toEqual([]);
  expect(result).toMatchObject({ ...pace, sent: 200, acked: 200, delivered: 200, lost: 0, queue_ms: null });
  for (const times of [result.deliver_ms, result.ack_ms]) {
    expect(times.p50).toBeGreaterThan(0);
    expect(times.p99).toBeGreaterThanOrEqual(times.p50);
  }
  for (const work of [result.server, result.postgres, result.clients])
    expect(work?.cpu_us_per_message).toBeGreaterThan(0);
  expect(result.server.rss_mb_idle).toBeGreaterThan(10);
  expect(lines.join("")).toMatch(/rates raised 1000 times[^]*200 of 200 sent, 200 delivered, 0 on their way/);
}, 90_000);

test("a desk that runs already: looked for in its own pages; what is missing there is called lost", async () => {
  const desk = await openOwnDesk({ agents: 1, nodes: 1 });
  onTestFinished(() => desk.close());
  const folder = mkdtempSync(join(tmpdir(), "roomdesk-load-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const credentials = join(folder, "demo.json");
  writeFileSync(
    credentials,
    JSON.stringify({ users: desk.users, inboxes: [{ name: "Load test", key: desk.inboxKey }] }),
  );

  const { lines, progress } = listening();
  const { result, complaints } = await run(
    { ...options, seconds: 1, url: desk.url, credentials },
    progress,
    withoutOne,
  );
  expect(result).toMatchObject({ sent: 50, delivered: 50, lost: 1, agents: 1, postgres: null });
  expect(complaints).toHaveLength(1);
  expect(complaints[0]).toMatch(/^1 of 50 messages were lost: message \d+ of conversation .* is not in the database/);
  expect(lines.join("")).toMatch(/There is 1 user in the credentials/);
}, 90_000);

/** As if the desk had forgotten one message after all. */
function withoutOne(kept: Kept): Kept {
  const [[conversation, ids] = ["", new Set<string>()], ...others] = kept;
  const rest = new Set(ids);
  rest.delete([...ids].at(-1) ?? ""); // the last said; the first is the customer's greeting, which is not counted
  return new Map([...others, [conversation, rest]]);
}
