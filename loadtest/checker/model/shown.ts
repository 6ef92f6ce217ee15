import type { Shown } from "../../history/screen-lines.ts";

/** The event that began a shown line; the list keys turns (joined, closed …) by it. Empty: not saved. */
export const eventIdOf = ({ seq, id, key }: Shown): string => (id === "" && seq !== null ? key : id);

/** The text of an unsaved message or edit is nobody's version yet. */
export const isUnsaved = ({ state }: Shown): boolean => state === "sending" || state === "kept" || state === "failed";

/**
 * From where on a list holds only own lines that are saved at most: among them are bubbles that were acknowledged before
 * their events came, which stand below everything and say nothing of what is above.
 */
export function tentativeFrom(list: readonly Shown[]): number {
  const last = list.findLastIndex((shown) => shown.state !== "saved" && !isUnsaved(shown));
  return last + 1;
}
