import { refusals, type RefusalCode } from "#protocol/refusals.ts";

/** Why something cannot go on, with the sentence for it. */
export type Problem = { readonly code: RefusalCode | "unreachable"; readonly say: string; readonly retry: boolean };

/** What a person should know although everything goes on. */
export type Notice = "outbox_not_persistent" | "outbox_expired" | "storage_blocked";

export const problemOf = (code: RefusalCode): Problem => ({ code, ...refusals[code] });

export const unreachableProblem: Problem = {
  code: "unreachable",
  say: "We cannot be reached just now. We keep trying.",
  retry: true,
};
