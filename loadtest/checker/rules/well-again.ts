import { deliveriesOf, type Delivery } from "../figures/deliveries.ts";
import { isDisturbed } from "../figures/disturbed.ts";
import { failOversOf, type FailOver } from "../figures/fail-overs.ts";
import { percentiles } from "../figures/percentiles.ts";
import type { Noticed } from "../model/gather.ts";
import type { Model } from "../model/model.ts";
import type { Findings, Rule } from "../verdict.ts";

/** Milliseconds, as promised. A median is judged from so many samples on. */
export const limits = {
  killed: { p50: 500, p99: 2000 },
  frozen: 4000,
  drained: 1000,
  databaseBack: 10_000,
  withoutRedis: { p99: 300 },
  everybodyBack: 10_000,
  emptyOutboxes: 35_000,
  samples: 20,
} as const;

const ofDatabase = new Set(["postgresRestarted", "postgresStopped", "backendsTerminated", "lockHeld", "diskFull"]);

export const wellAgain: Rule = {
  invariant: "I22",
  judge: (model, findings) => {
    const deliveries = deliveriesOf(model);
    judgeEnd(model, findings);
    judgeFailOvers(failOversOf(model, deliveries), findings);
    const all = [...deliveries.values()].flat();
    for (const did of model.did) {
      if (ofDatabase.has(did.line.injection)) judgeDatabase(model, did, findings);
      if (did.line.injection.startsWith("redis")) judgeRedis(model, did, all, findings);
      if (did.line.injection === "everybodyReconnects") judgeReconnect(model, did, findings);
    }
  },
};

function judgeEnd({ phases, all }: Model, findings: Findings): void {
  const [healed, drained] = [phases.get("healed"), phases.get("drained")];
  if (healed === undefined) return;
  findings.saw();
  const queued = all.of("rest").find(({ line }) => line.rows.some(({ parked }) => parked === null));
  if (queued) findings.found("an outbox still holds what is not parked", {}, queued);
  else if (drained === undefined) findings.found("the outboxes never ran empty", {});
  else if (drained - healed > limits.emptyOutboxes)
    findings.found(`the outboxes were empty only ${Math.round(drained - healed)} ms after all was healed`, {});
}

function judgeFailOvers(failOvers: readonly FailOver[], findings: Findings): void {
  findings.saw(failOvers.length);
  const of = (...names: string[]) => failOvers.filter(({ did }) => names.includes(did.line.injection));
  const killed = of("kill9", "crashPoint");
  const p50 = percentiles(killed.map(({ ms }) => ms))?.p50 ?? 0;
  if (killed.length >= limits.samples && p50 > limits.killed.p50)
    findings.found(`the median after a kill is ${p50} ms`, {}, killed[0]?.did);
  judgeEach(killed, limits.killed.p99, "after a kill", findings);
  const frozen = of("freeze", "splitBrain").filter(({ did }) => did.line.until - did.line.from > limits.frozen);
  judgeEach(frozen, limits.frozen, "after a freeze", findings);
  judgeEach(of("sigterm"), limits.drained, "when a node drained", findings);
}

/** The slowest hundredth may be slower: one of a hundred is left out, none of fewer. */
function judgeEach(failOvers: readonly FailOver[], limit: number, when: string, findings: Findings): void {
  const slow = failOvers.filter(({ ms }) => ms > limit);
  if (slow.length <= Math.floor(failOvers.length / 100)) return;
  for (const { did, conversation, ms } of slow)
    findings.found(`${when} the next message came after ${Math.round(ms)} ms`, { conversation }, did);
}

/** What waited for the database is saved soon after it is back. */
function judgeDatabase(model: Model, did: Noticed<"did">, findings: Findings): void {
  const { until } = did.line;
  const due = until + limits.databaseBack;
  if (isDisturbed(model, until, due, did)) return;
  for (const { conversation, key, first, heard, screen } of model.presses) {
    const isGone = screen.gone.some((t) => t >= first.line.t && t <= due);
    const settled = heard.find(({ line }) => line.what !== "info")?.line.t ?? Infinity;
    if (first.line.t > until || settled <= until || isGone) continue;
    findings.saw();
    if (settled > due)
      findings.found(
        `still unsaved ${limits.databaseBack} ms after the database was back`,
        { conversation, key },
        first,
        did,
      );
  }
}

function judgeRedis(model: Model, did: Noticed<"did">, deliveries: readonly Delivery[], findings: Findings): void {
  const { from, until } = did.line;
  if (isDisturbed(model, from, until, did)) return;
  const waits = deliveries
    .filter(({ sentAt }) => sentAt >= from && sentAt <= until)
    .map(({ sentAt, at }) => at - sentAt);
  if (waits.length < limits.samples) return;
  findings.saw();
  const p99 = percentiles(waits)?.p99 ?? 0;
  if (p99 > limits.withoutRedis.p99) findings.found(`without Redis the slowest hundredth took ${p99} ms`, {}, did);
}

function judgeReconnect(model: Model, did: Noticed<"did">, findings: Findings): void {
  const { from } = did.line;
  const due = from + limits.everybodyBack;
  if (isDisturbed(model, from, due, did)) return;
  const welcomes = Map.groupBy(model.all.of("welcome"), ({ line }) => `${line.who} ${line.conversation}`);
  for (const closed of model.all.of("close")) {
    const { t, who, conversation } = closed.line;
    if (t < from - 100 || t > from + 2000) continue;
    findings.saw();
    const back = welcomes.get(`${who} ${conversation}`)?.some(({ line }) => line.t > t && line.t <= due);
    if (!back) findings.found(`${who} was not back after ${limits.everybodyBack} ms`, { conversation }, closed, did);
  }
}
