import type { Balance } from "./ledger.ts";
import type { Summary } from "./latencies.ts";
import type { Options } from "./options.ts";

/** CPU time over the run, and how long the run was. */
export type Work = { readonly cpuUs: number | null; readonly elapsedMs: number };

export type Measured = {
  readonly options: Options;
  readonly agents: number;
  readonly balance: Balance;
  readonly deliver: Summary;
  readonly ack: Summary;
  /** How much later than planned messages were written: the clients' own fault, and part of the other times. */
  readonly late: Summary;
  readonly server: (Work & { readonly idleBytes: number | null; readonly grownBytes: number | null }) | null;
  readonly postgres: Work | null;
  readonly clients: Work;
  readonly loadAverage: number;
};

export type Result = ReturnType<typeof resultOf>;

/** The contract of `--json`, in the names of the commands' documentation. */
export function resultOf(measured: Measured) {
  const { options, agents, balance, deliver, ack, late, server, postgres, clients, loadAverage } = measured;
  const { conversations, rate, seconds, bytes, nodes } = options;
  const { sent, acked, delivered, lost, doubled, changed } = balance;
  const each = (work: Work | null): number | null => perMessage(work, sent);
  return {
    ...{ conversations, agents, rate, seconds, bytes, nodes: options.url === undefined ? nodes : null },
    ...{ sent, acked, delivered, lost, doubled, changed, deliver_ms: deliver, ack_ms: ack, late_ms: late },
    queue_ms: null, // there is no queue yet
    server: {
      cpu_us_per_message: each(server),
      cpu_share: share(server),
      rss_mb_idle: server?.idleBytes == null ? null : Math.round(server.idleBytes / 2 ** 20),
      kb_per_conversation: grown(server?.grownBytes, conversations),
    },
    postgres: postgres?.cpuUs == null ? null : { cpu_us_per_message: each(postgres) },
    clients: { cpu_us_per_message: each(clients), cpu_share: share(clients) },
    load_average: loadAverage,
  };
}

/** Why the run did not show what it must; nothing when it did. */
export function complaints({ sent, acked, lost, doubled, changed, examples }: Balance, expected: number): string[] {
  return [
    ...(sent === expected ? [] : [`${expected} messages were to be sent, and ${sent} were.`]),
    ...(acked === sent ? [] : [`${sent - acked} of ${sent} messages were never shown as saved.`]),
    ...(lost === 0 ? [] : [`${lost} of ${sent} messages were lost: ${examples.join("; ")}.`]),
    ...(doubled === 0 ? [] : [`${doubled} messages were shown twice.`]),
    ...(changed === 0 ? [] : [`${changed} messages came with another text.`]),
  ];
}

export function sentences(result: Result): string[] {
  const { server, postgres, clients } = result;
  const us = (value: number | null | undefined) => (value == null ? "not known" : `${value} µs`);
  const ms = ({ p50, p95, p99, max }: Summary) => `p50 ${p50}, p95 ${p95}, p99 ${p99}, max ${max} ms`;
  return [
    `${result.sent} sent, ${result.delivered} delivered, ${result.lost} lost`,
    `delivered   ${ms(result.deliver_ms)}`,
    `saved       ${ms(result.ack_ms)}`,
    `written     ${ms(result.late_ms)} after it was due`,
    `CPU each    server ${us(server.cpu_us_per_message)}, PostgreSQL ${us(postgres?.cpu_us_per_message)}, ` +
      `clients ${us(clients.cpu_us_per_message)}`,
    `of a core   servers ${percent(server.cpu_share)}, clients ${percent(clients.cpu_share)}; load average ${result.load_average}`,
    `memory      ${server.rss_mb_idle ?? "?"} MB idle, ${server.kb_per_conversation ?? "?"} kB for each conversation`,
  ];
}

/** Of a few conversations nothing is seen beside what the process gives back meanwhile. */
const grown = (bytes: number | null | undefined, conversations: number): number | null =>
  bytes == null || bytes <= 0 ? null : Math.round(bytes / 1024 / conversations);

const perMessage = (work: Work | null, sent: number): number | null =>
  work?.cpuUs == null || sent === 0 ? null : Math.round(work.cpuUs / sent);

const share = (work: Work | null): number | null =>
  work?.cpuUs == null ? null : Math.round(work.cpuUs / work.elapsedMs) / 1000;

const percent = (value: number | null): string => (value === null ? "?" : `${Math.round(value * 100)} %`);
