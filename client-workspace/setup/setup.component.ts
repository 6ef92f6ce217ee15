import { html, type PropertyDeclarations } from "lit";
import { limits } from "#protocol/limits.ts";
import { EntryForm } from "../sign-in/entry-form.ts";
import { words } from "../words.ts";

const { nameMaxChars, passwordMinChars, passwordMaxChars } = limits;

/** The first start of a desk: the one-time link leads here and makes the first admin. */
export class RdSetup extends EntryForm {
  static override properties: PropertyDeclarations = { token: {} };

  declare token: string;

  constructor() {
    super();
    this.token = "";
  }

  protected override fields(): unknown {
    return html`<h1>${words.setupTitle}</h1>
      <p class="lead">${words.setupText}</p>
      <label
        >${words.organisation}<input name="organisation" autocomplete="organization" required maxlength=${nameMaxChars}
      /></label>
      <label>${words.yourName}<input name="name" autocomplete="name" required maxlength=${nameMaxChars} /></label>
      <label>${words.email}<input name="email" type="email" autocomplete="username" required dir="ltr" /></label>
      <label
        >${words.newPassword}<input
          name="password"
          type="password"
          autocomplete="new-password"
          required
          minlength=${passwordMinChars}
          maxlength=${passwordMaxChars}
          dir="ltr"
      /></label>
      ${this.foot(words.openDesk)}`;
  }

  protected override ask(field: (name: string) => string): Promise<unknown> {
    return this.session.setup({
      token: this.token,
      organisation: field("organisation"),
      name: field("name"),
      email: field("email"),
      password: field("password"),
    });
  }
}
