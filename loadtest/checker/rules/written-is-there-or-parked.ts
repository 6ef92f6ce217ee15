import type { Model } from "../model/model.ts";
import { isOver, standing, type Press } from "../model/screens.ts";
import type { Findings, Rule } from "../verdict.ts";

/** Refusals that pass: whoever parks for one of them gives up too early. */
const passing = new Set(["too_fast", "moved", "unavailable", "fault", "too_many_attempts"]);

export const writtenIsThereOrParked: Rule = {
  invariant: "I2",
  judge: (model, findings) => {
    const rests = model.all.of("rest");
    if (!model.phases.has("drained") && rests.length === 0) return; // the run broke off: nobody knows what was still to come
    const queued = new Set(
      rests.flatMap(({ line }) => line.rows.filter(({ parked }) => parked === null).map(({ key }) => key)),
    );
    for (const press of model.presses) {
      if (queued.has(press.key) || isForgotten(press)) continue;
      findings.saw();
      judgePress(press, model, findings);
    }
  },
};

function judgePress(press: Press, { conversations }: Model, findings: Findings): void {
  const { conversation, author, key, first, heard } = press;
  const where = { conversation, key };
  const there = conversations.get(conversation)?.byKey(author, key) ?? [];
  const stands = standing(press);
  const refusal = heard.findLast(({ line }) => line.what === "fail");
  if (there.length === 0 && stands === "open")
    findings.found("kept by the device, and neither in the log nor parked", where, first);
  if (there.length > 0 && stands === "fail") findings.found("parked, and yet in the log", where, refusal, there[0]);
  if (stands === "fail" && refusal?.line.what === "fail" && passing.has(refusal.line.code))
    findings.found(`parked for ${refusal.line.code}, which passes`, where, refusal, first);
}

/** The device had no room for it, said so, and the page ended. */
const isForgotten = ({ screen, first }: Press): boolean => !screen.persistent && isOver(screen, first.line.t, Infinity);
