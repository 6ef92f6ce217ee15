import { type CSSResultGroup, html, type PropertyValues } from "lit";
import { failed } from "#client-sdk/desk-request.ts";
import { WorkspaceSession } from "#client-sdk/workspace-session.ts";
import { lineCut } from "#client-ui/drawings/plans.ts";
import { RoomdeskElement } from "#client-ui/guarded/roomdesk-element.ts";
import { loadMarkdown } from "#client-ui/markdown/load-markdown.ts";
import { base } from "#client-ui/theme/base.styles.ts";
import { buttonStyles } from "#client-ui/theme/buttons.styles.ts";
import { tokens } from "#client-ui/theme/tokens.ts";
import { failureWords } from "./failure-words.ts";
import { keepTheme, readTheme, type Theme } from "./theme-choice.ts";
import { WrittenHere } from "./conversation-pane/written-here.ts";
import { mark } from "./sign-in/mark.ts";
import { words } from "./words.ts";
import { workspaceStyles } from "./workspace.styles.ts";

/** `<roomdesk-workspace>`: what agents see. Sign-in at the door, the desk behind it. */
export class RoomdeskWorkspace extends RoomdeskElement {
  static override styles: CSSResultGroup = [base, tokens, buttonStyles, workspaceStyles];
  static override properties = {
    server: {},
    theme: { state: true },
    setupToken: { state: true },
    failure: { state: true },
  };

  /** Address of the desk; this page's by default. */
  declare server: string;
  declare theme: Theme;
  declare setupToken: string;
  /** Why one is still signed in. */
  declare failure: string;

  #session: WorkspaceSession | undefined;

  constructor() {
    super();
    this.server = location.origin;
    this.theme = readTheme();
    this.setupToken = takeSetupToken();
    this.failure = "";
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void loadMarkdown();
    this.#session = new WorkspaceSession({ desk: this.server });
    this.#session.onChange(() => this.requestUpdate());
    void this.#session.start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#session?.destroy();
    this.#session = undefined;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("theme")) return;
    if (this.theme === "auto") delete this.dataset.theme;
    else this.dataset.theme = this.theme;
  }

  protected override render(): unknown {
    const session = this.#session;
    if (!session || session.state === "checking")
      return html`<main class="still"><p class="opening" role="status">${mark()} ${words.opening}</p></main>`;
    if (session.state === "unreachable") return this.#unreachable(session);
    if (session.state === "signed_in")
      return html`<rd-desk
          .session=${session}
          .theme=${this.theme}
          @desk-theme=${this.#theme}
          @desk-sign-out=${this.#signOut}
          @click=${() => (this.failure = "")}
        ></rd-desk>
        <p class="toast" role="alert">${this.failure}</p>`;
    return this.setupToken
      ? html`<rd-setup .session=${session} .token=${this.setupToken}></rd-setup>`
      : html`<rd-sign-in .session=${session}></rd-sign-in>`;
  }

  #unreachable(session: WorkspaceSession): unknown {
    return html`<main class="still">
      <rd-empty-state .drawing=${lineCut()} .heading=${words.deskUnreachable} .text=${words.deskUnreachableText}>
        <button type="button" class="button primary" @click=${() => void session.start()}>${words.tryAgain}</button>
      </rd-empty-state>
    </main>`;
  }

  #theme = (event: CustomEvent<{ theme: string }>): void => {
    this.theme = keepTheme(event.detail.theme);
  };

  #signOut = (event: CustomEvent<{ everywhere: boolean }>): void => {
    void this.#leave(event.detail.everywhere);
  };

  /** What was begun and not sent is theirs, not of the next person at this machine. */
  async #leave(everywhere: boolean): Promise<void> {
    const session = this.#session;
    const user = session?.user;
    if (!session || !user) return;
    const answer = await (everywhere ? session.signOutEverywhere() : session.signOut());
    if (failed(answer)) {
      this.failure = `${words.stillSignedIn} ${failureWords(answer)}`;
      return;
    }
    WrittenHere.forget(user.id);
    history.replaceState(null, "", location.pathname);
  }
}

/** The one-time token of a first start comes in the fragment, which no server sees; it leaves the address bar at once. */
function takeSetupToken(): string {
  const [, token = ""] = /^#setup=(.+)$/.exec(location.hash) ?? [];
  if (token) history.replaceState(null, "", location.pathname);
  return token;
}
