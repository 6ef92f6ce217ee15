const gap = 4;
const edge = 8;

/** Under its anchor, or over it where there is no room below; never over the edge of the window. */
export function placeBeside(sheet: HTMLElement, anchor: DOMRect): void {
  const { offsetWidth: width, offsetHeight: height } = sheet;
  const below = anchor.bottom + gap;
  const top = below + height > innerHeight - edge ? anchor.top - gap - height : below;
  const towardsTheRoom = anchor.left > innerWidth / 2 ? anchor.right - width : anchor.left;
  sheet.style.top = `${Math.max(edge, top)}px`;
  sheet.style.left = `${Math.min(Math.max(edge, towardsTheRoom), innerWidth - edge - width)}px`;
}
