/** Something F6 stops at. */
export type Region = HTMLElement | null | undefined;

/** F6 goes round what is on screen: rail, list, conversation, composer, panel. */
export function nextRegion(regions: readonly Region[], backwards: boolean): void {
  const shown = regions.filter((region): region is HTMLElement => region?.checkVisibility() ?? false);
  const at = shown.findIndex((region) => region.matches(":focus-within"));
  const to = at < 0 ? (backwards ? -1 : 0) : (at + (backwards ? -1 : 1)) % shown.length;
  shown.at(to)?.focus();
}
