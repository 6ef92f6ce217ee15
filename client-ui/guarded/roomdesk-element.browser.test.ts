import { html, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { expectAccessible, heard, inside, mount } from "../testing/stage.ts";
import { define, RoomdeskElement } from "./roomdesk-element.ts";

class Fragile extends RoomdeskElement {
  static override properties = { word: {} };
  declare word: string;

  protected override render(): TemplateResult {
    if (this.word === "throw") throw new Error("drawn badly");
    const rows = this.word.startsWith("throw") ? [3, 1, 0, 2] : [1, 2, 3];
    return html`<p>${this.word}</p>
      ${repeat(
        rows,
        (row) => row,
        (row) => (row === 0 && this.word === "throw while drawing" ? boom() : html`<i>${row}</i>`),
      )}`;
  }

  protected override updated(): void {
    if (this.word === "throw after") throw new Error("after drawing");
  }
}
const boom = (): never => {
  throw new Error("deep inside");
};
define("test-fragile", Fragile);

const shown = (word: string) => mount<Fragile>(html`<test-fragile word=${word}></test-fragile>`);
const text = (element: Element) => element.shadowRoot?.textContent?.replace(/\s+/g, " ").trim();

beforeEach(() => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
});
afterEach(() => {
  vi.restoreAllMocks();
});

test.each(["throw", "throw while drawing", "throw after"])(
  "a component that throws (%s) is replaced by an apology",
  async (word) => {
    const element = await shown(word);
    expect(text(element)).toBe("This part could not be shown. Retry");
    await expectAccessible(element);
  },
);

test("Retry draws it again, and it lives on", async () => {
  const element = await shown("fine");
  element.word = "throw";
  await element.updateComplete;
  const failed = vi.spyOn(Fragile.prototype as unknown as { render(): unknown }, "render"); // render is protected
  failed.mockImplementation(() => html`<p>mended</p>`);
  inside(element, "button").click();
  await element.updateComplete;
  expect(text(element)).toBe("mended");
});

test("a new property is a new try, also from a half-drawn state", async () => {
  const element = await shown("good");
  for (const word of ["throw", "throw while drawing", "throw after"]) {
    element.word = word;
    await element.updateComplete;
    element.word = "good again";
    await element.updateComplete;
    expect(text(element)).toBe("good again 123");
  }
});

test("its neighbours are not disturbed, and the host hears of it", async () => {
  const both = await mount(
    html`<div><test-fragile word="a"></test-fragile><test-fragile word="b"></test-fragile></div>`,
  );
  const [first, second] = [...both.querySelectorAll<Fragile>("test-fragile")] as [Fragile, Fragile];
  const events = heard(both, "rd-failed");
  first.word = "throw";
  await first.updateComplete;
  expect(text(second)).toBe("b 123");
  expect(events).toEqual([{ name: "rd-failed", detail: { element: "test-fragile", error: new Error("drawn badly") } }]);
  expect(console.error).toHaveBeenCalledWith(new Error("drawn badly"));
});

test("the same element may be defined by two bundles on a page", () => {
  expect(() => define("test-fragile", class extends Fragile {})).not.toThrow();
});
