import { type CSSResultGroup, html, nothing, type PropertyDeclarations, type PropertyValues } from "lit";
import { emit } from "../events.ts";
import { RoomdeskElement } from "../guarded/roomdesk-element.ts";
import type { RdMessageBubble } from "../message-bubble/message-bubble.component.ts";
import type { RdMessageMenu } from "../message-menu/message-menu.component.ts";
import { base } from "../theme/base.styles.ts";
import { say } from "../words/words.ts";
import { announce, appended, foreignAfter, newestSeen, sharesLines } from "./reading.ts";
import type { MessageItem, ThreadItem } from "./thread-item.ts";
import { threadStyles } from "./thread.styles.ts";

const nearTheEnd = 80;
const nearTheStart = 600;

/**
 * What both threads share: what was seen, how many came meanwhile, the pill, the keyboard, the menu. How rows come into
 * the page, and stay under the reading eye while others come, is each thread's own.
 */
export abstract class ThreadElement extends RoomdeskElement {
  static override styles: CSSResultGroup = [base, threadStyles];
  static override properties: PropertyDeclarations = {
    items: { attribute: false },
    label: {},
    avatars: { type: Boolean },
    loadingOlder: { type: Boolean },
    away: { state: true },
    said: { state: true },
  };

  /** From `group`, oldest first. */
  declare items: readonly ThreadItem[];
  declare label: string;
  declare avatars: boolean;
  declare loadingOlder: boolean;
  /** Not at the end: new messages are counted on the pill instead of being scrolled to. */
  declare protected away: boolean;
  declare private said: string;

  #seen = -1;
  #seenId = "";
  #askedBefore = "";

  constructor() {
    super();
    this.items = [];
    this.label = "";
    this.avatars = false;
    this.loadingOlder = false;
    this.away = false;
    this.said = "";
  }

  abstract toEnd(): void;
  abstract toItem(id: string): void;
  protected abstract fromEnd(): number;
  protected abstract fromStart(): number;
  protected abstract rows(): unknown;
  /** The next drawing is an opening. */
  protected abstract reopen(): void;
  /** Brings a row into the page if it is not there, and gives it. */
  protected abstract reach(index: number): Promise<HTMLElement | null>;

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener("visibilitychange", this.#look);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener("visibilitychange", this.#look);
  }

  override focus(options?: FocusOptions): void {
    this.scroller?.focus(options);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.get("loadingOlder") === true) this.#askedBefore = ""; // answered or failed: may be asked again
    const before = changed.get("items");
    if (!before) return;
    if (!sharesLines(before, this.items)) {
      this.#forget();
      return;
    }
    this.#seen = this.items.findLastIndex((item) => item.id === this.#seenId);
    const fresh = appended(before, this.items);
    const said = announce(fresh);
    if (said) this.said = said;
    if (fresh.some((item) => item.line.own)) void this.updateComplete.then(() => this.toEnd());
  }

  /** Another conversation, or none: nothing of what was read here holds for it. */
  #forget(): void {
    [this.#seen, this.#seenId, this.#askedBefore] = [-1, "", ""];
    [this.away, this.said] = [false, ""];
    this.reopen();
  }

  protected override updated(_changed: PropertyValues<this>): void {
    requestAnimationFrame(this.#look);
  }

  protected override render(): unknown {
    const unseen = this.away ? foreignAfter(this.items, this.#seen) : 0;
    return html`${this.loadingOlder ? html`<div class="older" role="status">${say("earlier")}</div>` : nothing}
      <div
        class="scroller"
        role="log"
        aria-live="off"
        aria-label=${this.label || say("conversation")}
        tabindex="0"
        @scroll=${() => this.onScroll()}
        @keydown=${(event: KeyboardEvent) => void this.#onKey(event)}
        @rd-menu=${(event: CustomEvent<Element>) => this.#openMenu(event)}
      >
        ${this.items.length === 0 ? html`<slot name="empty"></slot>` : this.rows()}
      </div>
      ${this.away ? html`<rd-jump-pill .count=${unseen} @rd-jump=${() => this.#jump(unseen)}></rd-jump-pill>` : nothing}
      <rd-message-menu></rd-message-menu>
      <div class="sr" aria-live="polite">${this.said}</div>`;
  }

  protected get scroller(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>(".scroller");
  }

  protected element(id: string): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>(`[data-id="${CSS.escape(id)}"]`);
  }

  protected onScroll(): void {
    this.#look();
  }

  /** What is on screen now: was something new seen, is the end in view, is the oldest row near? */
  #look = (): void => {
    const { scroller } = this;
    if (!scroller || scroller.clientHeight === 0) return;
    this.away = this.items.length > 0 && this.fromEnd() > nearTheEnd;
    this.#report(scroller);
    const oldest = this.items[0]?.id;
    if (oldest && this.fromStart() < nearTheStart && !this.loadingOlder && this.#askedBefore !== oldest) {
      this.#askedBefore = oldest;
      emit(this, "rd-older", {});
    }
  };

  #report(scroller: HTMLElement): void {
    if (document.visibilityState !== "visible") return;
    const id = newestSeen(scroller);
    const seen = this.items.findLastIndex((item) => item.id === id);
    if (!id || seen <= this.#seen) return;
    [this.#seen, this.#seenId] = [seen, id];
    if (this.away) this.requestUpdate();
    emit(this, "rd-seen", { id });
  }

  #jump(unseen: number): void {
    const first = unseen > 0 ? this.items.findIndex((item, at) => at > this.#seen && isForeign(item)) : -1;
    const item = this.items[first];
    if (item) this.toItem(item.id);
    else this.toEnd();
    this.scroller?.focus({ preventScroll: true });
  }

  #openMenu({ target, detail }: CustomEvent<Element>): void {
    const bubble = target as RdMessageBubble;
    const menu = this.renderRoot.querySelector<RdMessageMenu>("rd-message-menu");
    void menu?.open(bubble.item.line, detail, bubble);
  }

  async #onKey(event: KeyboardEvent): Promise<void> {
    const bubble = event.composedPath()[0] as HTMLElement | undefined; // not a link or a button inside of one
    const at = this.items.findIndex((item) => item.id === bubble?.dataset?.id);
    if (at >= 0 && (event.key === "Enter" || event.key === "ContextMenu")) {
      event.preventDefault();
      (bubble as RdMessageBubble).openMenu();
      return;
    }
    const to = at >= 0 || bubble === this.scroller ? neighbour(this.items, at, event.key) : -1;
    if (to < 0) return;
    event.preventDefault();
    (await this.reach(to))?.focus();
  }
}

/** One tab stop: the arrows go from message to message, over the lines between them. */
function neighbour(items: readonly ThreadItem[], at: number, key: string): number {
  const isMessage = (item: ThreadItem) => item.kind === "message";
  if (key === "Home") return items.findIndex(isMessage);
  if (key === "End" || (key === "ArrowUp" && at < 0)) return items.findLastIndex(isMessage);
  if (key === "ArrowUp") return items.slice(0, at).findLastIndex(isMessage);
  if (key === "ArrowDown" && at >= 0) return items.findIndex((item, index) => index > at && isMessage(item));
  return -1;
}

const isForeign = (item: ThreadItem): item is MessageItem => item.kind === "message" && !item.line.own;
