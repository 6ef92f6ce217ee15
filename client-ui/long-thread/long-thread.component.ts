import { defaultRangeExtractor, type Range, VirtualizerController } from "@tanstack/lit-virtual";
import { css, type CSSResultGroup, html, type PropertyValues } from "lit";
import { ref } from "lit/directives/ref.js";
import { repeat } from "lit/directives/repeat.js";
import { row } from "../thread/row.ts";
import { ThreadElement } from "../thread/thread-element.ts";
import { estimate } from "./estimate.ts";
import { place, tall } from "./place.ts";

const virtualStyles = css`
  .scroller {
    display: flex;
    flex-direction: column;
  }
  .track {
    position: relative;
    flex: none;
    margin-block-start: auto;
  }
  .row {
    position: absolute;
    inset-block-start: 0;
    inset-inline: 0;
  }
`;

/** A window as high as all rows (a host that gives no height, or not yet) must not draw them all. */
const mostRows = 200;

/** The agent's thread: as many rows as fit the window, of as many messages as there are. */
export class RdLongThread extends ThreadElement {
  static override styles: CSSResultGroup = [ThreadElement.styles, virtualStyles];

  #opened = false;
  #placed = false;
  #jump: symbol | undefined;
  #focused = -1;

  readonly #controller = new VirtualizerController<HTMLElement, HTMLElement>(this, {
    count: 0,
    getScrollElement: () => this.scroller,
    estimateSize: (index) => estimate(this.items[index]),
    // A bubble draws itself a moment after its row: until then it has no height of its own.
    measureElement: (element) => element.offsetHeight || estimate(this.items[Number(element.dataset.index)]),
    rangeExtractor: (range) => this.#withFocused(range),
    anchorTo: "end",
    followOnAppend: true,
    scrollEndThreshold: 80,
    overscan: 8,
    paddingEnd: 6,
  });

  get #virtual() {
    return this.#controller.getVirtualizer();
  }

  override toEnd(): void {
    this.#jump = undefined;
    this.#virtual.scrollToEnd();
  }

  override toItem(id: string): void {
    void this.#bring(
      this.items.findIndex((item) => item.id === id),
      "start",
    );
  }

  protected override reopen(): void {
    [this.#opened, this.#placed, this.#jump, this.#focused] = [false, false, undefined, -1];
  }

  protected override async reach(index: number): Promise<HTMLElement | null> {
    this.#focused = index;
    await this.#bring(index, "auto");
    return this.element(this.items[index]?.id ?? "");
  }

  /** Rows on the way are measured only when they are there, so the first jump is a guess; the next ones are not. */
  async #bring(index: number, align: "start" | "auto"): Promise<void> {
    const jump = (this.#jump = Symbol());
    for (let tries = 0; tries < 6 && jump === this.#jump; tries++) {
      this.#virtual.scrollToIndex(index, { align });
      await new Promise(requestAnimationFrame);
      await new Promise(requestAnimationFrame);
      if (align === "auto" && this.element(this.items[index]?.id ?? "")) return;
    }
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (!changed.has("items")) return;
    const { items } = this;
    // A new key function is what makes the virtualiser look at its keys again, also when their number is the same.
    this.#virtual.setOptions({
      ...this.#virtual.options,
      count: items.length,
      getItemKey: (index) => items[index]?.id ?? index,
    });
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    if (this.#opened || this.items.length === 0) return;
    this.#opened = true;
    requestAnimationFrame(() => void this.#open());
  }

  /** Opened at the first unread message when it is further up than one screen, else at the end. */
  async #open(): Promise<void> {
    const at = this.items.findIndex((item) => item.kind === "new");
    const height = this.scroller?.clientHeight ?? 0;
    const below = at < 0 ? 0 : this.items.slice(at).reduce((sum, item) => sum + estimate(item), 0);
    if (below > height) await this.#bring(at, "start");
    else this.toEnd();
    await new Promise(requestAnimationFrame);
    this.#placed = true;
    this.onScroll();
  }

  protected override rows(): unknown {
    const virtual = this.#virtual;
    return html`<div
      class="track"
      ${tall(virtual.getTotalSize())}
      @focusin=${this.#onFocus}
      @focusout=${this.#onBlur}
      @wheel=${this.#onHand}
      @pointerdown=${this.#onHand}
    >
      ${repeat(
        virtual.getVirtualItems(),
        ({ key }) => key,
        ({ index, start }) => {
          const item = this.items[index];
          return html`<div class="row" data-index=${index} ${place(start)} ${ref(this.#measure)}>
            ${item && row(item, this.avatars)}
          </div>`;
        },
      )}
    </div>`;
  }

  /** One callback for ever: a new one each time would register every row again on every drawing. */
  #measure = (element?: Element): void => {
    this.#virtual.measureElement((element as HTMLElement | undefined) ?? null);
  };

  /** The row that has the focus stays in the page, or scrolling would throw the focus away. */
  #withFocused(range: Range): number[] {
    const indexes = defaultRangeExtractor(range).slice(-mostRows);
    if (this.#focused < 0 || this.#focused >= range.count || indexes.includes(this.#focused)) return indexes;
    return [...indexes, this.#focused].sort((a, b) => a - b);
  }

  /** Who scrolls by hand is not brought anywhere any more. */
  #onHand = (): void => {
    this.#jump = undefined;
  };

  #onFocus = (event: FocusEvent): void => {
    const holder = (event.target as HTMLElement).closest<HTMLElement>(".row");
    this.#focused = Number(holder?.dataset.index ?? -1);
  };

  #onBlur = (): void => {
    this.#focused = -1;
  };

  protected override fromEnd(): number {
    const box = this.scroller;
    return box ? box.scrollHeight - box.clientHeight - box.scrollTop : 0;
  }

  protected override fromStart(): number {
    return this.#placed ? (this.scroller?.scrollTop ?? Infinity) : Infinity;
  }
}
