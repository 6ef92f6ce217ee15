import { type CSSResultGroup, html, nothing, type PropertyDeclarations, type PropertyValues } from "lit";
import { limits } from "#protocol/limits.ts";
import { emit } from "../events.ts";
import { RoomdeskElement } from "../guarded/roomdesk-element.ts";
import { circledMark } from "../icons/glyphs.ts";
import { base } from "../theme/base.styles.ts";
import { say } from "../words/words.ts";
import { fieldStyles } from "./field.styles.ts";

const most = limits.messageMaxChars;
/** From here on the field says how much is left. */
const nearTheLimit = most - 400;

/**
 * The field both composers are built around: it grows with its text, sends with Enter, keeps quiet while an input
 * method composes, and says in words why it cannot send.
 */
export abstract class ComposerElement extends RoomdeskElement {
  static override styles: CSSResultGroup = [base, fieldStyles];
  static override properties: PropertyDeclarations = {
    label: {},
    placeholder: {},
    value: {},
    refusal: {},
    closed: {},
    editing: { attribute: false },
    text: { state: true },
  };

  declare label: string;
  declare placeholder: string;
  /** The draft to begin with. Setting another one replaces the text. */
  declare value: string;
  /** A refusal in words; stands between text and tools until the next key. */
  declare refusal: string;
  /** Why nothing can be written here, in words. Empty: it can. */
  declare closed: string;
  /** A message of one's own that is being changed. What was being written is put aside and comes back. */
  declare editing: { readonly id: string; readonly body: string } | null;
  declare protected text: string;

  #aside = "";
  #typingUntil = 0;

  constructor() {
    super();
    this.label = "";
    this.placeholder = "";
    this.value = "";
    this.refusal = "";
    this.closed = "";
    this.editing = null;
    this.text = "";
  }

  /** Notes are nobody's typing. */
  protected isNote(): boolean {
    return false;
  }

  override focus(options?: FocusOptions): void {
    this.#field?.focus(options);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const was = changed.get("editing") ?? null;
    const begins = changed.has("editing") && was !== this.editing;
    if (changed.has("value") && this.editing && !begins) this.#aside = this.value;
    else if (changed.has("value")) this.text = this.value;
    if (!begins) return;
    if (!was) this.#aside = this.text;
    this.text = this.editing ? this.editing.body : this.#aside;
    void this.updateComplete.then(() => this.focus());
  }

  protected override updated(_changed: PropertyValues<this>): void {
    const field = this.#field;
    if (!field) return;
    if (field.value !== this.text) field.value = this.text; // only then, or an input method loses its place
    field.style.blockSize = "0";
    field.style.blockSize = `${field.scrollHeight}px`;
  }

  protected field(): unknown {
    return html`<textarea
      rows="1"
      part="field"
      dir=${this.text ? "auto" : nothing}
      aria-label=${this.label || say("writeHere")}
      aria-describedby="limit refusal"
      placeholder=${this.closed || this.placeholder || say("writeHere")}
      ?disabled=${this.closed !== ""}
      @input=${this.#onInput}
      @keydown=${this.#onKey}
      @blur=${this.#stopTyping}
    ></textarea>`;
  }

  /** What stands in the way, in words: a refusal, or how far over the limit. Then how much is left. */
  protected words(): unknown {
    const left = most - this.#body().length;
    const problem = left < 0 ? say("over", { n: -left }) : this.refusal;
    const hint = left >= 0 && left < most - nearTheLimit ? say("charsLeft", { n: left }) : "";
    return html`<div class="words">
      <span id="refusal" role="status" class="problem"
        >${problem ? html`${circledMark()}<span>${problem}</span>` : nothing}</span
      >
      <span id="limit" class="left">${hint}</span>
    </div>`;
  }

  protected editingBar(): unknown {
    if (!this.editing) return nothing;
    return html`<div class="editing">
      <span>${say("editing")}</span>
      <button type="button" class="link" @click=${this.#cancelEdit}>${say("cancel")}</button>
    </div>`;
  }

  protected get maySend(): boolean {
    const { length } = this.#body();
    return length > 0 && length <= most && !this.closed;
  }

  protected send(): void {
    if (!this.maySend) return;
    const detail = { body: this.#body(), note: this.isNote(), editing: this.editing?.id ?? null };
    this.#stopTyping();
    if (!emit(this, "rd-compose", detail)) return;
    if (this.editing) {
      this.editing = null;
      return;
    }
    this.text = "";
    this.#draft();
  }

  #onInput = (event: Event): void => {
    this.text = (event.target as HTMLTextAreaElement).value;
    this.refusal = "";
    if (this.editing) return;
    this.#draft();
    if (this.#body() === "") this.#stopTyping();
    else this.#keepTyping();
  };

  #onKey = (event: KeyboardEvent): void => {
    // 229: Safari's Enter that ends a composition comes after it has ended.
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "Escape" && this.editing) {
      event.stopPropagation();
      this.#cancelEdit();
    }
    if (event.key !== "Enter" || event.shiftKey || event.altKey) return;
    // Keys of a touch screen have no Shift+Enter: there Enter breaks the line and the button sends.
    if (matchMedia("(pointer: coarse)").matches && !event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    this.send();
  };

  #cancelEdit = (): void => {
    this.editing = null;
    emit(this, "rd-edit-cancel", {});
  };

  #draft(): void {
    emit(this, "rd-draft", { body: this.text, note: this.isNote() });
  }

  #keepTyping(): void {
    if (this.isNote() || performance.now() < this.#typingUntil) return;
    this.#typingUntil = performance.now() + limits.typingRefreshMs;
    emit(this, "rd-typing", { on: true });
  }

  #stopTyping = (): void => {
    if (this.#typingUntil === 0) return;
    this.#typingUntil = 0;
    emit(this, "rd-typing", { on: false });
  };

  /** What is counted and sent: the text without the blanks around it. */
  #body(): string {
    return this.text.trim();
  }

  get #field(): HTMLTextAreaElement | null {
    return this.renderRoot.querySelector("textarea");
  }
}
