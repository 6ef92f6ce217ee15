import type { Trouble } from "../customer.ts";
import { say } from "../words.ts";

/** The page is set up wrongly: trying again does not help, and its visitor cannot mend it. */
export const isFinal = ({ code }: Trouble): boolean => code === "unknown_inbox" || code === "foreign_origin";

/**
 * Refusals are written for whoever acts; a visitor did nothing, so they are told what it means for them. Whatever passes
 * by itself is the same to them.
 */
export function sentenceOf(trouble: Trouble): string {
  if (trouble.code === "unknown_inbox") return say("wrongKey");
  if (trouble.code === "foreign_origin") return say("foreignPage");
  if (trouble.code === "part_missing") return say("partMissing");
  return trouble.retry ? say("unreachableNow") : trouble.say;
}
