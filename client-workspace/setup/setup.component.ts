import { type CSSResultGroup, html, nothing } from "lit";
import type { WorkspaceSession } from "#client-sdk/workspace-session.ts";
import { circledMark, door } from "#client-ui/icons/glyphs.ts";
import { RoomdeskElement } from "#client-ui/guarded/roomdesk-element.ts";
import { base } from "#client-ui/theme/base.styles.ts";
import { buttonStyles } from "#client-ui/theme/buttons.styles.ts";
import { limits } from "#protocol/limits.ts";
import { isRefusal, refusals } from "#protocol/refusals.ts";
import { floorPlan } from "../sign-in/floor-plan.ts";
import { formStyles } from "../sign-in/form.styles.ts";
import { words } from "../words.ts";

/** The first start of a desk: the one-time link leads here and makes the first admin. */
export class RdSetup extends RoomdeskElement {
  static override styles: CSSResultGroup = [base, buttonStyles, formStyles];
  static override properties = {
    session: { attribute: false },
    token: {},
    refusal: { state: true },
    busy: { state: true },
  };

  declare session: WorkspaceSession;
  declare token: string;
  declare refusal: string;
  declare busy: boolean;

  constructor() {
    super();
    this.token = "";
    this.refusal = "";
    this.busy = false;
  }

  protected override render(): unknown {
    return html`<main>
        <div class="brand">${door(28, true)} ${words.product}</div>
        <form @submit=${(e: SubmitEvent) => void this.#submit(e)}>
          <h1>${words.setupTitle}</h1>
          <p class="lead">${words.setupText}</p>
          <label
            >${words.organisation}<input
              name="organisation"
              autocomplete="organization"
              required
              maxlength=${limits.nameMaxChars}
          /></label>
          <label
            >${words.yourName}<input name="name" autocomplete="name" required maxlength=${limits.nameMaxChars}
          /></label>
          <label>${words.email}<input name="email" type="email" autocomplete="username" required dir="ltr" /></label>
          <label
            >${words.newPassword}<input
              name="password"
              type="password"
              autocomplete="new-password"
              required
              minlength=${limits.passwordMinChars}
              maxlength=${limits.passwordMaxChars}
              dir="ltr"
          /></label>
          <p class="refusal" role="alert">${this.refusal ? html`${circledMark()} ${this.refusal}` : nothing}</p>
          <button class="button primary large" ?disabled=${this.busy}>${words.openDesk}</button>
        </form>
      </main>
      <aside aria-hidden="true">${floorPlan()}</aside>`;
  }

  async #submit(e: SubmitEvent): Promise<void> {
    e.preventDefault();
    const fields = new FormData(e.target as HTMLFormElement);
    const field = (name: string) => String(fields.get(name) ?? "");
    this.busy = true;
    const answer = await this.session.setup({
      token: this.token,
      organisation: field("organisation"),
      name: field("name"),
      email: field("email"),
      password: field("password"),
    });
    this.busy = false;
    if (isRefusal(answer)) this.refusal = refusals[answer.refused].say;
    else this.refusal = answer ? words.deskUnreachable : "";
  }
}
