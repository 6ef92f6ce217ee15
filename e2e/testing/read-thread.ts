import type { Page } from "@playwright/test";

type Drawn = { readonly id: string; readonly at: number; readonly body: string | null; readonly text: string };

/** What the bubbles now in the page say, from top to bottom. */
const drawn = (page: Page): Promise<Drawn[]> =>
  page.evaluate(() => {
    type Bubble = HTMLElement & { item: { id: string; line: { at: number; body: string | null } } };
    const found: Bubble[] = [];
    const walk = (root: ParentNode) => {
      for (const element of root.querySelectorAll<HTMLElement>("*")) {
        if (element.localName === "rd-message-bubble") found.push(element as Bubble);
        else if (element.shadowRoot) walk(element.shadowRoot);
      }
    };
    walk(document);
    return found
      .filter((bubble) => bubble.isConnected && bubble.item)
      .sort((one, other) => one.getBoundingClientRect().top - other.getBoundingClientRect().top)
      .map((bubble) => ({
        id: bubble.item.id,
        at: bubble.item.line.at,
        body: bubble.item.line.body,
        text: bubble.shadowRoot?.querySelector(".text")?.textContent ?? "",
      }));
  });

/**
 * Scrolls a thread to its beginning with the mouse wheel, as a person would, and gives every message that was drawn on the way,
 * oldest first. A long thread holds only what is on screen, so this is the only way to know what a reader could read.
 * @param first the text with which the conversation began
 */
export async function readThread(page: Page, scroller: string, first: string): Promise<readonly Drawn[]> {
  const box = await page.locator(scroller).boundingBox();
  if (!box) throw new Error("There is no thread on this page.");
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  let read: Drawn[] = [];
  // Older pages come from the desk, as fast as it is: the end is where the conversation began, or a minute without news.
  for (let news = Date.now(); read[0]?.body !== first && Date.now() - news < 60_000;) {
    const merged = joinAbove(await drawn(page), read);
    if (merged.length > read.length) news = Date.now();
    read = merged;
    await page.mouse.wheel(0, -Math.round(box.height * 0.6));
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  }
  return read;
}

/** Rows seen now, put before those seen further down. They overlap; a gap would be an error of the test. */
function joinAbove(above: readonly Drawn[], below: readonly Drawn[]): Drawn[] {
  if (below.length === 0) return [...above];
  const known = new Set(below.map((row) => row.id));
  const fresh = above.filter((row) => !known.has(row.id));
  if (fresh.length > 0 && fresh.length === above.length)
    throw new Error("The wheel went past messages without reading them.");
  return [...fresh, ...below];
}
