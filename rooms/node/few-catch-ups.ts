import type { ConversationLog } from "#core/ports/conversation-log.ts";
import { Gate } from "./gate.ts";

const atOnce = 20;
const waitingMax = 400;

/** The log, asked by few at once for what was said before: when everybody comes back at once, writing goes on. */
export function fewCatchUps(log: ConversationLog): ConversationLog {
  const gate = new Gate(atOnce, waitingMax);
  return {
    claim: (...asked) => log.claim(...asked),
    release: (...asked) => log.release(...asked),
    stillOwned: (...asked) => log.stillOwned(...asked),
    append: (...asked) => log.append(...asked),
    since: (...asked) => gate.through(() => log.since(...asked)),
    page: (...asked) => gate.through(() => log.page(...asked)),
    message: (...asked) => log.message(...asked),
    byKey: (...asked) => log.byKey(...asked),
    read: (...asked) => log.read(...asked),
  };
}
