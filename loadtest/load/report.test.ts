import { expect, test } from "vitest";
import { resultOf, sentences, type Measured } from "./report.ts";

const times = { p50: 1, p95: 2, p99: 3, max: 4 };
const measured: Measured = {
  options: { conversations: 10, agents: 2, rate: 50, seconds: 4, bytes: 120, nodes: 1, warmup: 2 },
  agents: 2,
  balance: { sent: 200, acked: 200, delivered: 200, lost: 0, doubled: 0, changed: 0, examples: [] },
  ...{ deliver: times, ack: times, late: times },
  server: { cpuUs: 400_000, elapsedMs: 4000, idleBytes: 100 * 2 ** 20, grownBytes: 1000 * 1024 },
  postgres: { cpuUs: 20_000, elapsedMs: 4000 },
  clients: { cpuUs: 40_000, elapsedMs: 4000 },
  loadAverage: 0.5,
};

test("the result has the names of its contract", () => {
  expect(resultOf(measured)).toMatchObject({
    ...{ conversations: 10, agents: 2, rate: 50, seconds: 4, bytes: 120, sent: 200, acked: 200, delivered: 200 },
    ...{ deliver_ms: times, ack_ms: times, queue_ms: null },
    server: { cpu_us_per_message: 2000, cpu_share: 0.1, rss_mb_idle: 100, kb_per_conversation: 100 },
    postgres: { cpu_us_per_message: 100 },
  });
});

test("of a desk elsewhere nobody knows what it costs", () => {
  const result = resultOf({
    ...measured,
    options: { ...measured.options, url: "http://desk" },
    server: null,
    postgres: null,
  });
  expect(result.server).toEqual({
    cpu_us_per_message: null,
    cpu_share: null,
    rss_mb_idle: null,
    kb_per_conversation: null,
  });
  expect([result.postgres, result.nodes]).toEqual([null, null]);
  expect(sentences(result).join("\n")).toContain("server not known, PostgreSQL not known");
});
