import { type CSSResultGroup, html, nothing, type PropertyDeclarations } from "lit";
import { failed } from "#client-sdk/desk-request.ts";
import type { WorkspaceSession } from "#client-sdk/workspace-session.ts";
import { RoomdeskElement } from "#client-ui/guarded/roomdesk-element.ts";
import { circledMark } from "#client-ui/icons/glyphs.ts";
import { base } from "#client-ui/theme/base.styles.ts";
import { buttonStyles } from "#client-ui/theme/buttons.styles.ts";
import { failureWords } from "../failure-words.ts";
import { words } from "../words.ts";
import { floorPlan } from "./floor-plan.ts";
import { formStyles } from "./form.styles.ts";
import { mark } from "./mark.ts";

/** What sign-in and set-up share: a form on paper, the plan beside it, one request at a time, its refusal in words. */
export abstract class EntryForm extends RoomdeskElement {
  static override styles: CSSResultGroup = [base, buttonStyles, formStyles];
  static override properties: PropertyDeclarations = {
    session: { attribute: false },
    refusal: { state: true },
    busy: { state: true },
  };

  declare session: WorkspaceSession;
  declare refusal: string;
  declare busy: boolean;

  constructor() {
    super();
    this.refusal = "";
    this.busy = false;
  }

  protected abstract fields(): unknown;
  protected abstract ask(field: (name: string) => string): Promise<unknown>;

  protected override render(): unknown {
    return html`<main>
        <div class="brand">${mark()} ${words.product}</div>
        <form @submit=${(e: SubmitEvent) => void this.#submit(e)}>${this.fields()}</form>
      </main>
      <aside aria-hidden="true">${floorPlan()}</aside>`;
  }

  protected foot(word: string): unknown {
    return html`<p class="refusal" role="alert">
        ${this.refusal ? html`${circledMark()}<span>${this.refusal}</span>` : nothing}
      </p>
      <button class="button primary large" aria-disabled=${this.busy}>${word}</button>`;
  }

  async #submit(e: SubmitEvent): Promise<void> {
    e.preventDefault();
    if (this.busy) return;
    const data = new FormData(e.target as HTMLFormElement);
    this.busy = true;
    this.refusal = "";
    const answer = await this.ask((name) => {
      const value = data.get(name);
      return typeof value === "string" ? value : "";
    });
    this.busy = false;
    this.refusal = failed(answer) ? failureWords(answer) : "";
  }
}
