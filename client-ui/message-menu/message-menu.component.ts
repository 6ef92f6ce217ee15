import { type CSSResultGroup, html, nothing } from "lit";
import { emit } from "../events.ts";
import { RoomdeskElement } from "../guarded/roomdesk-element.ts";
import { icon } from "../icons/icon.ts";
import { copy, pencil, trash } from "../icons/paths.ts";
import { base } from "../theme/base.styles.ts";
import type { MessageLine } from "../thread/thread-item.ts";
import { say } from "../words/words.ts";
import { messageMenuStyles } from "./message-menu.styles.ts";
import { placeBeside } from "./place-beside.ts";

/** The one menu of a thread: what may be done with a message. Opened by its button, or Enter on the message. */
export class RdMessageMenu extends RoomdeskElement {
  static override styles: CSSResultGroup = [base, messageMenuStyles];
  static override properties = { line: { state: true }, sure: { state: true } };

  declare private line: MessageLine | undefined;
  /** Delete was pressed once; the second press means it. */
  declare private sure: boolean;

  #opener: HTMLElement | undefined;

  constructor() {
    super();
    this.line = undefined;
    this.sure = false;
  }

  /** `opener` gets the focus back, whatever is chosen. */
  async open(line: MessageLine, anchor: Element, opener: HTMLElement): Promise<void> {
    [this.line, this.sure, this.#opener] = [line, false, opener];
    await this.updateComplete;
    const sheet = this.#sheet();
    if (!sheet) return;
    sheet.showPopover?.();
    placeBeside(sheet, anchor.getBoundingClientRect());
    this.#items()[0]?.focus();
  }

  close(): void {
    this.line = undefined;
    this.#opener?.focus({ preventScroll: true });
    this.#opener = undefined;
  }

  protected override render(): unknown {
    const { line } = this;
    if (!line) return nothing;
    const may = (action: "edit" | "copy" | "delete") => line.may?.includes(action) ?? false;
    return html`<div
      class="sheet"
      role="menu"
      popover="manual"
      aria-label=${say("actions")}
      @keydown=${(event: KeyboardEvent) => this.#onKey(event)}
      @focusout=${(event: FocusEvent) => this.#onFocusOut(event)}
    >
      ${may("edit") ? this.#item(pencil, say("edit"), () => this.#edit(line)) : nothing}
      ${may("copy") ? this.#item(copy, say("copy"), () => this.#copy(line)) : nothing}
      ${may("delete") ? this.#item(trash, say(this.sure ? "deleteSure" : "delete"), () => this.#delete(line)) : nothing}
    </div>`;
  }

  #item(path: string, label: string, choose: () => void): unknown {
    const danger = path === trash ? "danger" : "";
    return html`<button type="button" role="menuitem" tabindex="-1" class=${danger} @click=${choose}>
      ${icon(path)}<span>${label}</span>
    </button>`;
  }

  #edit(line: MessageLine): void {
    this.close();
    emit(this, "rd-edit", { id: line.id, body: line.body ?? "" });
  }

  #copy(line: MessageLine): void {
    const body = line.body ?? "";
    this.close();
    // Pages without https have no clipboard; the host hears of it and may help.
    navigator.clipboard?.writeText(body).catch((error: unknown) => console.warn(error));
    emit(this, "rd-copy", { id: line.id, body });
  }

  #delete(line: MessageLine): void {
    if (!this.sure) {
      this.sure = true;
      return;
    }
    this.close();
    emit(this, "rd-delete", { id: line.id });
  }

  #onKey(event: KeyboardEvent): void {
    const items = this.#items();
    const at = items.indexOf(this.shadowRoot?.activeElement as HTMLElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    if (to !== undefined) items.at(to % items.length)?.focus();
    else if (event.key === "Escape" || event.key === "Tab") this.close();
    else return;
    event.preventDefault();
    event.stopPropagation(); // Escape closes the menu only, not the panel around it
  }

  #onFocusOut(event: FocusEvent): void {
    if (!this.#sheet()?.contains(event.relatedTarget as Node | null)) this.line = undefined;
  }

  #items(): HTMLElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLElement>("[role=menuitem]")];
  }

  #sheet(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>(".sheet");
  }
}
