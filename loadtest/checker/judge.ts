import { deliveriesOf } from "./figures/deliveries.ts";
import { failOversOf } from "./figures/fail-overs.ts";
import { percentiles, type Percentiles } from "./figures/percentiles.ts";
import type { Model } from "./model/model.ts";
import { allRules } from "./rules/all-rules.ts";
import { invariants, verdictOf, type Invariant, type Outcome, type Verdict } from "./verdict.ts";

/** What a run is known by: the JSON of `npm run chaos`. */
export type Result = {
  readonly seed: number | null;
  readonly seconds: number | null;
  readonly nodes: number | null;
  readonly people: number | null;
  readonly injections: Readonly<Record<string, number>>;
  readonly sent: number;
  readonly acked: number;
  readonly lost: number;
  readonly duplicated: number;
  readonly misordered: number;
  readonly phantom: number;
  readonly holes: number;
  readonly invariants: Readonly<Record<Invariant, Outcome>>;
  readonly failover_ms: Percentiles | null;
  readonly deliver_ms: Percentiles | null;
  /** How long processes did not run though nobody had frozen them: on a machine with too much to do, no time means much. */
  readonly stalled_ms: number;
  readonly verdicts: readonly Verdict[];
};

/** Decides every invariant of a run. */
export function judge(model: Model): Result {
  const found = new Map(allRules.map((rule) => [rule.invariant, verdictOf(rule, model)]));
  const verdicts = (Object.keys(invariants) as Invariant[]).map(
    (invariant) => found.get(invariant) ?? { ...nothing, invariant },
  );
  const violations = (...of: Invariant[]) => of.reduce((sum, one) => sum + (found.get(one)?.violations ?? 0), 0);
  const { seed = null, seconds = null, nodes = null, people = null } = model.run ?? {};
  return {
    ...{ seed, seconds, nodes, people },
    injections: injectionsOf(model),
    sent: model.presses.filter(isMessage).length,
    acked: model.presses.filter((press) => isMessage(press) && press.heard.some(({ line }) => line.what === "ok"))
      .length,
    lost: violations("I1", "I2"),
    duplicated: violations("I3"),
    misordered: violations("I6", "I8"),
    phantom: violations("I4"),
    holes: violations("I5", "I7"),
    invariants: Object.fromEntries(
      verdicts.map(({ invariant, outcome }) => [invariant, outcome]),
    ) as Result["invariants"],
    ...times(model),
    stalled_ms: stalledMs(model),
    verdicts,
  };
}

const nothing: Omit<Verdict, "invariant"> = { outcome: "not exercised", judged: 0, violations: 0, examples: [] };

const isMessage = ({ first }: Model["presses"][number]): boolean =>
  first.line.type === "message.send" || first.line.type === "note.post";

function injectionsOf({ did }: Model): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { line } of did) counts[line.injection] = (counts[line.injection] ?? 0) + 1;
  return counts;
}

function times(model: Model): Pick<Result, "failover_ms" | "deliver_ms"> {
  const deliveries = deliveriesOf(model);
  const killed = failOversOf(model, deliveries).filter(({ did }) => did.line.injection === "kill9");
  const waits = [...deliveries.values()].flat().map(({ sentAt, at }) => at - sentAt);
  return {
    failover_ms: percentiles(killed.map(({ ms }) => ms)),
    deliver_ms: percentiles(waits.filter(Number.isFinite)),
  };
}

function stalledMs({ all, did }: Model): number {
  const isFrozen = (who: string, t: number): boolean =>
    did.some(
      ({ line }) => line.targets.includes(who) && line.until > line.from && t >= line.from && t <= line.until + 2000,
    );
  const unasked = all.of("woke").filter(({ line }) => !isFrozen(line.who, line.t));
  return Math.round(unasked.reduce((sum, { line }) => sum + line.pausedMs, 0));
}
