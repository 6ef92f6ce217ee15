import { type CSSResultGroup, html, nothing, type PropertyDeclarations, type PropertyValues } from "lit";
import { ComposerElement } from "../composer/composer-element.ts";
import { emit } from "../events.ts";
import { icon } from "../icons/icon.ts";
import { enter, lock } from "../icons/paths.ts";
import { buttonStyles } from "../theme/buttons.styles.ts";
import { say } from "../words/words.ts";
import { deskComposerStyles } from "./desk-composer.styles.ts";

/** The agent's composer: reply or note, to whom, and what has become of the draft. */
export class RdDeskComposer extends ComposerElement {
  static override styles: CSSResultGroup = [ComposerElement.styles, buttonStyles, deskComposerStyles];
  static override properties: PropertyDeclarations = {
    note: { type: Boolean },
    notes: { type: Boolean },
    recipient: {},
    draftState: {},
  };

  declare note: boolean;
  /** Notes can be written here. */
  declare notes: boolean;
  /** "to Nora, in English" */
  declare recipient: string;
  /** "Draft saved" */
  declare draftState: string;

  constructor() {
    super();
    this.note = false;
    this.notes = false;
    this.recipient = "";
    this.draftState = "";
  }

  protected override isNote(): boolean {
    return this.note;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (this.note) {
      this.label = say("writeNote");
    } else if (changed.get("note")) this.label = "";
  }

  protected override render(): unknown {
    const shape = [this.note && "as-note", this.closed && "closed"].filter(Boolean).join(" ");
    return html`<div class="box ${shape}" @click=${this.#onBox}>
      <div class="head">
        ${this.#modes()}<span class="recipient">${this.note ? say("teamOnly") : this.recipient}</span>
      </div>
      ${this.editingBar()} ${this.field()} ${this.words()}
      <slot name="files"></slot>
      <div class="tools">
        <slot name="tools"></slot>
        <span class="draft" role="status">${this.draftState}</span>
        ${this.#sendButton()}
      </div>
    </div>`;
  }

  #modes(): unknown {
    if (!this.notes || this.editing) return nothing;
    return html`<div class="modes" role="group">
      <button type="button" aria-pressed=${!this.note} @click=${() => this.#mode(false)}>${say("reply")}</button>
      <button type="button" aria-pressed=${this.note} @click=${() => this.#mode(true)}>
        ${icon(lock, 13)}${say("note")}
      </button>
    </div>`;
  }

  #sendButton(): unknown {
    const word = this.editing ? "saveEdit" : this.note ? "saveNote" : "send";
    return html`<button
      type="button"
      class="button ${this.note ? "lamp" : "primary"}"
      ?disabled=${!this.maySend}
      @click=${() => this.send()}
    >
      ${say(word)} <kbd aria-hidden="true">${icon(enter, 12)}</kbd>
    </button>`;
  }

  #mode(note: boolean): void {
    if (note === this.note) return;
    this.note = note;
    emit(this, "rd-mode", { note });
    this.focus();
  }

  /** The whole box is the field, as it looks. */
  #onBox = (event: MouseEvent): void => {
    if (!event.composedPath().some((at) => at instanceof HTMLButtonElement || at instanceof HTMLTextAreaElement)) {
      this.focus();
    }
  };
}
