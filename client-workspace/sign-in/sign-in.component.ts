import { type CSSResultGroup, html, nothing } from "lit";
import type { WorkspaceSession } from "#client-sdk/workspace-session.ts";
import { circledMark, door } from "#client-ui/icons/glyphs.ts";
import { icon } from "#client-ui/icons/icon.ts";
import { eye, eyeOff } from "#client-ui/icons/paths.ts";
import { RoomdeskElement } from "#client-ui/guarded/roomdesk-element.ts";
import { base } from "#client-ui/theme/base.styles.ts";
import { buttonStyles } from "#client-ui/theme/buttons.styles.ts";
import { isRefusal, refusals } from "#protocol/refusals.ts";
import { words } from "../words.ts";
import { floorPlan } from "./floor-plan.ts";
import { formStyles } from "./form.styles.ts";

/** The door from the street: e-mail and password, and the plan of the desk beside it. */
export class RdSignIn extends RoomdeskElement {
  static override styles: CSSResultGroup = [base, buttonStyles, formStyles];
  static override properties = {
    session: { attribute: false },
    refusal: { state: true },
    busy: { state: true },
    shown: { state: true },
  };

  declare session: WorkspaceSession;
  declare refusal: string;
  declare busy: boolean;
  declare shown: boolean;

  constructor() {
    super();
    this.refusal = "";
    this.busy = false;
    this.shown = false;
  }

  protected override render(): unknown {
    return html`<main>
        <div class="brand">${door(28, true)} ${words.product}</div>
        <form @submit=${(e: SubmitEvent) => void this.#submit(e)}>
          <h1>${words.greeting(new Date().getHours())}</h1>
          <p class="lead">${words.signInTo}</p>
          <label
            >${words.email}<input name="email" type="email" autocomplete="username" required autofocus dir="ltr"
          /></label>
          <label>${words.password}${this.#password()}</label>
          <label class="check"><input name="remember" type="checkbox" checked />${words.remember}</label>
          <p class="refusal" role="alert">${this.refusal ? html`${circledMark()} ${this.refusal}` : nothing}</p>
          <button class="button primary large" ?disabled=${this.busy}>
            ${this.busy ? words.signingIn : words.signIn}
          </button>
        </form>
      </main>
      <aside aria-hidden="true">${floorPlan()}</aside>`;
  }

  #password(): unknown {
    const toggle = (e: Event) => {
      e.preventDefault();
      this.shown = !this.shown;
    };
    return html`<span class="secret">
      <input
        name="password"
        type=${this.shown ? "text" : "password"}
        aria-label=${words.password}
        autocomplete="current-password"
        required
        dir="ltr"
      />
      <button
        type="button"
        class="peek"
        aria-label=${this.shown ? words.hidePassword : words.showPassword}
        @click=${toggle}
      >
        ${icon(this.shown ? eyeOff : eye, 18)}
      </button>
    </span>`;
  }

  async #submit(e: SubmitEvent): Promise<void> {
    e.preventDefault();
    const fields = new FormData(e.target as HTMLFormElement);
    this.busy = true;
    const answer = await this.session.signIn({
      email: String(fields.get("email")),
      password: String(fields.get("password")),
      remember: fields.has("remember"),
    });
    this.busy = false;
    if (isRefusal(answer)) this.refusal = refusals[answer.refused].say;
    else this.refusal = answer ? words.deskUnreachable : "";
  }
}
