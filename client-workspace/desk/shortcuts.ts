export type Shortcut = "close" | "longest" | "region";

/** Single keys work outside text fields only; F6 everywhere. */
export function shortcutOf(event: KeyboardEvent): Shortcut | undefined {
  if (event.key === "F6") return "region";
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || isWriting(event)) return undefined;
  if (event.key === "e" || event.key === "E") return "close";
  if (event.key === "g" || event.key === "G") return "longest";
  return undefined;
}

const isWriting = (event: KeyboardEvent): boolean =>
  event
    .composedPath()
    .some(
      (at) =>
        at instanceof HTMLElement &&
        (at.matches("input, textarea, select, [contenteditable]") || at.role === "listbox"),
    );
