import type { Shown } from "../../history/screen-lines.ts";

/** The event that began a shown line; the list keys turns (joined, closed …) by it. Empty: not saved. */
export const eventIdOf = ({ seq, id, key }: Shown): string => (id === "" && seq !== null ? key : id);

/** The text of an unsaved message or edit is nobody's version yet. */
export const isUnsaved = ({ state }: Shown): boolean => state === "sending" || state === "kept" || state === "failed";
