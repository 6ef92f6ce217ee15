import { afterEach, expect, test, vi } from "vitest";
import { page } from "vitest/browser";
import { mine, RehearsedChat, RehearsedCustomer } from "./testing/rehearsal.ts";
import { find, onPage } from "./testing/stage.ts";
import "./app.ts";
// Nothing here is about waiting for the parts.
import "./conversation/define.ts";
import "./panel/define.ts";

class Viewport extends EventTarget {
  height = 700;
  offsetTop = 0;

  change(height: number, offsetTop: number): void {
    Object.assign(this, { height, offsetTop });
    this.dispatchEvent(new Event("resize"));
  }
}

afterEach(async () => {
  vi.restoreAllMocks();
  await page.viewport(480, 700);
});

test("on a phone the composer stays above the keyboard, also where the browser scrolls the page under it", async () => {
  await page.viewport(390, 700);
  const viewport = new Viewport();
  vi.spyOn(window, "visualViewport", "get").mockReturnValue(viewport as EventTarget as VisualViewport);
  const widget = await onPage(new RehearsedCustomer().add(new RehearsedChat({ unread: 1, messages: [mine("Hello")] })));
  widget.open();
  const panel = await find(widget, ".panel");
  const composer = await find(widget, "rd-composer");
  const [top, bottom] = [() => panel.getBoundingClientRect().top, () => composer.getBoundingClientRect().bottom];
  await expect.poll(() => [top(), bottom() > 600]).toEqual([0, true]);

  viewport.change(380, 0);
  await expect.poll(() => bottom() <= 380 && bottom() > 300).toBe(true);
  viewport.change(380, 120); // Safari leaves the page as high as it was, and moves it
  await expect.poll(() => [top(), bottom() <= 500 && bottom() > 420]).toEqual([120, true]);

  widget.close();
  viewport.change(700, 0);
  widget.open();
  await expect.poll(async () => (await find(widget, ".panel")).getBoundingClientRect().height).toBe(700);
});
