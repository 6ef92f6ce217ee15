import type { Failed } from "#client-sdk/desk-request.ts";
import { refusals } from "#protocol/refusals.ts";
import { say } from "./words.ts";

/** Fetched only when something was refused: the sentences are long and seldom needed. */
export const sentenceOf = (failure: Failed): string =>
  "refused" in failure ? refusals[failure.refused].say : say("unreachable");
