/** What the widget does to stand on other people's pages: above everything, and out of reach of their sheets. */

/** Inline and important, because no sheet outdoes that. The loader does the same before the widget is there. */
export function stand(element: HTMLElement): void {
  element.style.cssText +=
    ";all:initial!important;position:fixed!important;z-index:2147483000!important;inset:auto 0 0 auto!important;" +
    "inline-size:0!important;block-size:0!important;display:block!important";
}

/** Into the browser's top layer, where there is one: no z-index and no transformed ancestor gets in the way there. */
export function rise(room: HTMLElement | null): void {
  if (room?.isConnected && "showPopover" in room && !room.matches(":popover-open")) room.showPopover();
}

/** Takes away what the loader drew in our place. Whether the focus was on it. */
export function takeOver(root: DocumentFragment | HTMLElement): boolean {
  const early = [...root.querySelectorAll<HTMLElement>("[data-early]")];
  const hadFocus = early.some(holdsFocus);
  for (const one of early) one.remove();
  return hadFocus;
}

/** Also while the window itself is not in front, when no `:focus` matches. */
export function holdsFocus(element: Element): boolean {
  const { activeElement } = element.getRootNode() as Document | ShadowRoot;
  return activeElement !== null && element.contains(activeElement);
}

const small = "(max-width: 479px), (max-height: 559px)";

/** The panel fills the screen: whatever is behind it cannot be reached until it is closed. The styles say the same. */
export const isFullScreen = (): boolean => matchMedia(small).matches;
