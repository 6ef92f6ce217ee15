import type { Failed } from "#client-sdk/desk-request.ts";
import { refusals } from "#protocol/refusals.ts";

/** The desk did not let somebody do what the test needs. Its message is one sentence for the operator. */
export class TurnedAway extends Error {
  override readonly name = "TurnedAway";

  constructor(who: string, failed: Failed) {
    super(`${who} was turned away: ${why(failed)}`);
  }
}

function why(failed: Failed): string {
  if ("unreachable" in failed) return "the desk did not answer.";
  const { refused } = failed;
  const isLimit = refused === "too_many_attempts" || refused === "too_fast";
  const hint = isLimit ? " Start the desk with ROOMDESK_RATE_FACTOR=1000 for a load test." : "";
  return `${refused} (“${refusals[refused].say}”).${hint}`;
}
