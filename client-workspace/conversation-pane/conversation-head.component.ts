import { type CSSResultGroup, html, nothing } from "lit";
import type { ConversationSession } from "#client-sdk/conversation-session.ts";
import { RoomdeskElement } from "#client-ui/guarded/roomdesk-element.ts";
import { icon } from "#client-ui/icons/icon.ts";
import { check, chevronLeft, undo, user as person } from "#client-ui/icons/paths.ts";
import { base } from "#client-ui/theme/base.styles.ts";
import { buttonStyles } from "#client-ui/theme/buttons.styles.ts";
import type { StaffSession } from "#protocol/people.ts";
import { words } from "../words.ts";
import { headStyles } from "./conversation-head.styles.ts";

/** Who it is, who else looks, and the one thing to do next: close or reopen. */
export class RdConversationHead extends RoomdeskElement {
  static override styles: CSSResultGroup = [base, buttonStyles, headStyles];
  static override properties = { session: { attribute: false }, user: { attribute: false } };

  declare session: ConversationSession;
  declare user: StaffSession["user"];

  #stopListening: (() => void) | undefined;

  override willUpdate(): void {
    this.#stopListening ??= this.session.onChange(() => this.requestUpdate());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stopListening?.();
    this.#stopListening = undefined;
  }

  protected override render(): unknown {
    const { header, connection } = this.session;
    const known = connection === "online" || connection === "back";
    const customer = header?.members.find((member) => member.side === "customer");
    return html`<button
        type="button"
        class="button quiet icon back"
        aria-label=${words.back}
        @click=${() => this.#tell("desk-choose", { id: null })}
      >
        ${icon(chevronLeft, 20, true)}
      </button>
      <div class="who">
        <h1><bdi>${customer?.name ?? ""}</bdi></h1>
        <p>${known && customer ? (customer.online ? words.here : words.notHere) : nothing}</p>
      </div>
      ${this.#viewers(known)} ${this.#membership()} ${this.#status()}
      <button
        type="button"
        class="button icon about"
        aria-label=${words.customerPanel}
        @click=${() => this.#tell("desk-panel", {})}
      >
        ${icon(person, 16)}
      </button>`;
  }

  #viewers(known: boolean): unknown {
    const { header } = this.session;
    const others = [
      ...(header?.viewers ?? []),
      ...(header?.members.filter((member) => member.side === "staff" && member.online) ?? []),
    ].filter(({ id }) => id !== this.user.id);
    if (!known || others.length === 0) return nothing;
    const names = [...new Set(others.map(({ name }) => name.split(" ")[0]))].join(", ");
    return html`<span class="viewers"><bdi>${words.viewing(names)}</bdi></span>`;
  }

  #membership(): unknown {
    const { header, status } = this.session;
    if (!header || status === "closed") return nothing;
    const joined = header.members.some(({ id, joined: isIn }) => id === this.user.id && isIn);
    return joined
      ? html`<button type="button" class="button quiet" @click=${() => this.#ask(this.session.leave())}>
          ${words.leave}
        </button>`
      : html`<button
          type="button"
          class="button"
          title=${words.joinHint}
          @click=${() => this.#ask(this.session.join())}
        >
          ${words.join}
        </button>`;
  }

  #status(): unknown {
    const { status, header } = this.session;
    if (!header) return nothing;
    return status === "closed"
      ? html`<button type="button" class="button" @click=${() => this.#ask(this.session.reopen())}>
          ${icon(undo, 16, true)} ${words.reopen}
        </button>`
      : html`<button type="button" class="button" @click=${() => this.#ask(this.session.close())}>
          ${icon(check, 16)} ${words.close} <kbd aria-hidden="true">E</kbd>
        </button>`;
  }

  #ask(answer: Promise<unknown>): void {
    this.dispatchEvent(new CustomEvent("pane-ask", { detail: answer }));
  }

  #tell(name: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }
}
