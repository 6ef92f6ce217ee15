import { css, type CSSResultGroup, html, type PropertyDeclarations, type PropertyValues } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { row } from "./row.ts";
import { around, carried, newer, newest, older, type Slice } from "./slice.ts";
import { ThreadElement } from "./thread-element.ts";

// The box is filled from below: its origin is the newest row, so nothing put before the oldest can move anything.
const nativeStyles = css`
  .scroller {
    display: flex;
    flex-direction: column-reverse;
  }
  .rows {
    padding-block-end: 6px;
  }
`;

/** The customer's thread: a native list of at most 300 rows that slides over the rest. */
export class RdThread extends ThreadElement {
  static override styles: CSSResultGroup = [ThreadElement.styles, nativeStyles];
  static override properties: PropertyDeclarations = { slice: { state: true } };

  declare private slice: Slice;

  /** The row under the reading eye and where it stood. */
  #anchor: { id: string; top: number } | undefined;
  #opened = false;
  readonly #sizes = new ResizeObserver(() => this.#hold());

  constructor() {
    super();
    this.slice = { start: 0, end: 0 };
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.requestUpdate(); // moved in the page: observe again
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#sizes.disconnect();
  }

  override toEnd(): void {
    this.#anchor = undefined;
    this.slice = newest(this.items.length);
    this.scroller?.scrollTo({ top: 0 });
  }

  override toItem(id: string): void {
    void this.reach(this.items.findIndex((item) => item.id === id)).then((element) => {
      if (element) this.#bringUp(element);
    });
  }

  protected override reopen(): void {
    this.#opened = false;
    this.#anchor = undefined;
    this.scroller?.scrollTo({ top: 0 });
  }

  protected override async reach(index: number): Promise<HTMLElement | null> {
    const { start, end } = this.slice;
    if (index < start || index >= end) {
      this.#anchor = undefined;
      this.slice = around(index, this.items.length);
      await this.updateComplete;
    }
    return this.element(this.items[index]?.id ?? "");
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (!changed.has("items")) return;
    const before = changed.get("items") ?? [];
    const { items } = this;
    // Date lines move to the oldest message of their day; lines stay what they are.
    const was = before.findIndex((item, at) => at >= this.slice.start && "line" in item);
    const is = items.findIndex((item) => item.id === before[was]?.id);
    if (is < 0) this.slice = newest(items.length);
    else this.slice = carried(this.slice, is - was, items.length, before.length, !this.away);
  }

  protected override updated(changed: PropertyValues<this>): void {
    // Held first, looked at then: rows that pass by before they are held were not seen.
    requestAnimationFrame(() => this.#hold());
    super.updated(changed);
    const list = this.renderRoot.querySelector(".rows");
    if (list) this.#sizes.observe(list);
    if (list && !this.#opened) this.#open();
  }

  /** Opened at the first unread message when it is further up than one screen, else at the end. */
  #open(): void {
    this.#opened = true;
    const at = this.items.findIndex((item) => item.kind === "new");
    if (at < 0) return;
    void this.reach(at).then((divider) =>
      requestAnimationFrame(() => {
        if (divider && this.scroller && this.#below(divider) < 0) this.#bringUp(divider);
      }),
    );
  }

  /** By hand: scrollIntoView would scroll the page around us as well. */
  #bringUp(element: HTMLElement): void {
    if (this.scroller) this.scroller.scrollTop += this.#below(element);
  }

  /** How far a row stands below the upper edge of the window. */
  #below(element: HTMLElement): number {
    return element.getBoundingClientRect().top - (this.scroller?.getBoundingClientRect().top ?? 0);
  }

  protected override rows(): unknown {
    const shown = this.items.slice(this.slice.start, this.slice.end);
    return html`<div class="rows">
      <slot name="start"></slot>
      ${repeat(
        shown,
        (item) => item.id,
        (item) => row(item, this.avatars),
      )}
      <slot name="end"></slot>
    </div>`;
  }

  protected override fromEnd(): number {
    const hidden = this.items.length - this.slice.end;
    return Math.abs(this.scroller?.scrollTop ?? 0) + hidden * 1000;
  }

  protected override fromStart(): number {
    const box = this.scroller;
    if (!box || this.slice.start > 0) return Infinity;
    return box.scrollHeight - box.clientHeight - Math.abs(box.scrollTop);
  }

  protected override onScroll(): void {
    this.#mark();
    this.#slide();
    super.onScroll();
  }

  #slide(): void {
    const box = this.scroller;
    if (!box) return;
    const down = Math.abs(box.scrollTop);
    const up = box.scrollHeight - box.clientHeight - down;
    if (up < 800 && this.slice.start > 0) this.slice = older(this.slice);
    else if (down < 800 && this.slice.end < this.items.length) this.slice = newer(this.slice, this.items.length);
  }

  #mark(): void {
    const box = this.scroller;
    if (!box || Math.abs(box.scrollTop) < 2) {
      this.#anchor = undefined; // at the end nothing has to be held: the end holds itself
      return;
    }
    for (const element of this.renderRoot.querySelectorAll<HTMLElement>("rd-message-bubble, .system")) {
      const top = this.#below(element);
      if (top + element.offsetHeight <= 0) continue;
      this.#anchor = { id: element.dataset.id ?? "", top };
      return;
    }
  }

  /** Puts the marked row back where it stood, whatever came or grew around it. */
  #hold(): void {
    const box = this.scroller;
    const element = this.#anchor && this.element(this.#anchor.id);
    if (!box || !element || !this.#anchor) return;
    const moved = this.#below(element) - this.#anchor.top;
    if (Math.abs(moved) >= 1) box.scrollTop += moved;
  }
}
