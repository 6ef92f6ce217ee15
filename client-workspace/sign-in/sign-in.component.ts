import { html, type PropertyDeclarations } from "lit";
import { icon } from "#client-ui/icons/icon.ts";
import { eye, eyeOff } from "#client-ui/icons/paths.ts";
import { words } from "../words.ts";
import { EntryForm } from "./entry-form.ts";

/** The door from the street: e-mail and password, and the plan of the desk beside it. */
export class RdSignIn extends EntryForm {
  static override properties: PropertyDeclarations = { shown: { state: true } };

  /** The password can be read. */
  declare shown: boolean;

  constructor() {
    super();
    this.shown = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.refusal = this.session.error?.say ?? ""; // why one has to sign in again
    void this.updateComplete.then(() => this.renderRoot.querySelector("input")?.focus());
  }

  protected override fields(): unknown {
    return html`<h1>${words.greeting(new Date().getHours())}</h1>
      <p class="lead">${words.signInTo}</p>
      <label>${words.email}<input name="email" type="email" autocomplete="username" required dir="ltr" /></label>
      <div class="field"><label for="password">${words.password}</label>${this.#password()}</div>
      <label class="check"><input name="remember" type="checkbox" checked />${words.remember}</label>
      ${this.foot(this.busy ? words.signingIn : words.signIn)}`;
  }

  #password(): unknown {
    return html`<span class="secret">
      <input
        id="password"
        name="password"
        type=${this.shown ? "text" : "password"}
        autocomplete="current-password"
        required
        dir="ltr"
      />
      <button
        type="button"
        class="peek"
        aria-label=${this.shown ? words.hidePassword : words.showPassword}
        @click=${() => (this.shown = !this.shown)}
      >
        ${icon(this.shown ? eyeOff : eye, 18)}
      </button>
    </span>`;
  }

  protected override ask(field: (name: string) => string): Promise<unknown> {
    return this.session.signIn({
      email: field("email"),
      password: field("password"),
      remember: field("remember") !== "",
    });
  }
}
