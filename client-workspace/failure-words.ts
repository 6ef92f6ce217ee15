import type { Failed } from "#client-sdk/desk-request.ts";
import { refusals, type RefusalCode } from "#protocol/refusals.ts";
import { words } from "./words.ts";

/** Their sentences are about messages, which are tried again by themselves. A form is not. */
const passing: readonly RefusalCode[] = ["unavailable", "moved", "fault"];

/** The sentence for an answer that was no, or for none; with the time to wait, where the desk has said it. */
export function failureWords(failure: Failed): string {
  if (!("refused" in failure)) return words.deskUnreachable;
  const { refused, retryInMs } = failure;
  if (passing.includes(refused)) return words.deskBusy;
  if (refused !== "too_many_attempts" || retryInMs === undefined) return refusals[refused].say;
  const seconds = Math.ceil(retryInMs / 1000);
  return seconds < 90 ? words.throttledSeconds(seconds) : words.throttledMinutes(Math.ceil(seconds / 60));
}
