export type Shortcut = "close" | "longest" | "region" | "escape";

/** Single keys work outside text fields only; F6 and Escape everywhere. */
export function shortcutOf(event: KeyboardEvent): Shortcut | undefined {
  if (event.defaultPrevented || event.isComposing) return undefined;
  if (event.key === "F6") return "region";
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return undefined;
  if (event.key === "Escape") return isIn(event, ":popover-open, dialog") ? undefined : "escape";
  if (isIn(event, "input, textarea, select, [contenteditable], [role=listbox]")) return undefined;
  if (event.key === "e" || event.key === "E") return "close";
  if (event.key === "g" || event.key === "G") return "longest";
  return undefined;
}

const isIn = (event: KeyboardEvent, selector: string): boolean =>
  event.composedPath().some((at) => at instanceof HTMLElement && at.matches(selector));
