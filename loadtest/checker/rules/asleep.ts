import type { Conversation } from "../model/conversation.ts";
import type { Noticed } from "../model/gather.ts";
import type { Model } from "../model/model.ts";
import type { Findings, Rule } from "../verdict.ts";

/** A time in which a process did not run. */
type Sleep = { readonly who: string; readonly from: number; readonly until: number };

const graceMs = 500;
/** A thawed process notices within this; the nemesis and the process then speak of the same sleep. */
const noticesWithinMs = 2000;

export const quietAfterSleep: Rule = {
  invariant: "I12",
  judge: (model, findings) => {
    const sleeps = sleepsOf(model);
    for (const conversation of model.conversations.values()) {
      countLosses(conversation, sleeps, findings);
      for (const one of [...conversation.tells, ...conversation.answers])
        judgeLate(conversation, sleeps, one, findings);
      if (model.hasNodes) for (const tell of conversation.tells) judgeTold(conversation, tell, findings);
    }
  },
};

export function sleepsOf({ did, all }: Model): Map<string, readonly Sleep[]> {
  const noticed = all.of("woke").map(({ line }) => ({ who: line.who, from: line.t - line.pausedMs, until: line.t }));
  const done = did
    .filter(({ line }) => line.injection === "freeze" || line.injection === "block" || line.injection === "splitBrain")
    .flatMap(({ line }) => line.targets.map((who) => ({ who, from: line.from, until: line.until })));
  const unnoticed = done.filter(
    ({ who, until }) =>
      !noticed.some((one) => one.who === who && one.until >= until && one.until < until + noticesWithinMs),
  );
  const sleeps = [...noticed, ...unnoticed].sort((a, b) => a.until - b.until);
  return Map.groupBy(sleeps, ({ who }) => who);
}

/** When another node took the conversation over from this epoch. */
const lostAt = ({ claims }: Conversation, who: string, epoch: number): Noticed<"claim"> | undefined =>
  claims.find(({ line }) => line.epoch > epoch && line.who !== who);

function countLosses(
  conversation: Conversation,
  sleeps: ReadonlyMap<string, readonly Sleep[]>,
  findings: Findings,
): void {
  for (const { line } of conversation.claims) {
    const lost = lostAt(conversation, line.who, line.epoch)?.line.t;
    const isLast = !conversation.claims.some(
      (one) => one.line.who === line.who && one.line.epoch > line.epoch && one.line.t < (lost ?? 0),
    );
    const asleep = (sleeps.get(line.who) ?? []).some(
      ({ from, until }) => lost !== undefined && from < lost && lost <= until,
    );
    if (asleep && isLast) findings.saw();
  }
}

function judgeLate(
  conversation: Conversation,
  sleeps: ReadonlyMap<string, readonly Sleep[]>,
  one: Noticed<"tell" | "answer">,
  findings: Findings,
): void {
  const { who, epoch, t } = one.line;
  if (one.line.what === "answer" && one.line.seq === undefined) return; // a refusal tells nothing
  const lost = lostAt(conversation, who, epoch);
  if (!lost || lost.line.t > t) return;
  const woke = sleeps.get(who)?.find(({ until }) => until >= lost.line.t)?.until;
  if (woke === undefined || t <= woke + graceMs) return;
  const says = `${who} woke, had lost epoch ${epoch}, and ${Math.round(t - woke)} ms later still spoke`;
  findings.found(says, { conversation: conversation.id }, one, lost);
}

function judgeTold(conversation: Conversation, tell: Noticed<"tell">, findings: Findings): void {
  for (const { seq, id, key } of tell.line.events) {
    const kept = conversation.bySeq(seq);
    const where = { conversation: conversation.id, key, seq };
    if (kept?.line.event.id !== id) findings.found("told, and not in the log", where, tell, kept);
    else if (tell.line.t < conversation.commits.of(seq))
      findings.found("told before it was committed", where, tell, kept);
  }
}
