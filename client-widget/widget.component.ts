import { type CSSResultGroup, html, nothing, type PropertyValues } from "lit";
import { door } from "#client-ui/icons/glyphs.ts";
import { icon } from "#client-ui/icons/icon.ts";
import { chevronDown } from "#client-ui/icons/paths.ts";
import { RoomdeskElement } from "#client-ui/guarded/roomdesk-element.ts";
import { base } from "#client-ui/theme/base.styles.ts";
import { tokens, widgetScale } from "#client-ui/theme/tokens.ts";
import type { WidgetCommands, WidgetEvents } from "./commands.ts";
import { fitViewport } from "./fit-viewport.ts";
import type { RdPanel } from "./panel/panel.component.ts";
import { Visit } from "./visit.ts";
import { widgetStyles } from "./widget.styles.ts";
import { words } from "./words.ts";

/**
 * `<roomdesk-widget inbox="…" server="…">`: launcher and panel. Its methods are the commands of `commands.ts`, its events
 * `roomdesk-open`, `roomdesk-unread` … Use it through the loader's snippet, or as a bare element.
 */
export class RoomdeskWidget extends RoomdeskElement implements Omit<WidgetCommands, "init"> {
  static override styles: CSSResultGroup = [base, tokens, widgetScale, widgetStyles];
  static override properties = {
    inbox: {},
    server: {},
    theme: {},
    opened: { type: Boolean, reflect: true },
    hiddenLauncher: { type: Boolean, reflect: true, attribute: "hidden-launcher" },
  };

  declare inbox: string;
  declare server: string;
  declare theme: string;
  declare opened: boolean;
  declare hiddenLauncher: boolean;

  #visit: Visit | undefined;
  #told = 0;
  #unfit: (() => void) | undefined;

  constructor() {
    super();
    this.inbox = "";
    this.server = location.origin;
    this.theme = "auto";
    this.opened = false;
    this.hiddenLauncher = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#visit = new Visit({
      inbox: this.inbox,
      server: this.server,
      onChange: () => this.#changed(),
      onMessage: (kind, conversationId) => this.#tell(kind, { conversationId }),
    });
    if (this.#visit.isKnown() || this.opened) void this.#visit.connect().then(() => this.#tell("ready", null));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unfit?.();
    this.#visit?.end();
    this.#visit = undefined;
  }

  open(): void {
    if (this.opened) return;
    this.hiddenLauncher = false;
    this.opened = true;
    void this.#visit?.connect().then(() => this.#visit?.enter());
    this.#tell("open", null);
  }

  close(): void {
    if (!this.opened) return;
    this.opened = false;
    this.#tell("close", null);
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(".launcher")?.focus());
  }

  toggle(): void {
    if (this.opened) this.close();
    else this.open();
  }

  show(): void {
    this.hiddenLauncher = false;
  }

  hide(): void {
    this.close();
    this.hiddenLauncher = true;
  }

  async identify(jwt: string): Promise<void> {
    await this.#visit?.identify(jwt);
  }

  async logout(): Promise<void> {
    await this.#visit?.logout();
    this.close();
  }

  prefill(text: string): void {
    this.#visit?.prefill(text);
  }

  on<E extends keyof WidgetEvents>(event: E, listener: (detail: WidgetEvents[E]) => void): () => void {
    const heard = (e: Event) => listener((e as CustomEvent<WidgetEvents[E]>).detail);
    this.addEventListener(`roomdesk-${event}`, heard);
    return () => this.removeEventListener(`roomdesk-${event}`, heard);
  }

  destroy(): void {
    this.remove();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("theme")) return;
    if (this.theme === "auto") delete this.dataset.theme;
    else this.dataset.theme = this.theme;
  }

  protected override firstUpdated(): void {
    // The loader drew a launcher before this element was defined; ours stands at the same place.
    for (const early of this.renderRoot.querySelectorAll(".launcher:not([part])")) early.remove();
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has("opened")) return;
    this.#unfit?.();
    const panel = this.renderRoot.querySelector<HTMLElement>(".panel");
    if (!panel) return;
    this.#unfit = fitViewport(panel);
    panel.focus();
  }

  protected override render(): unknown {
    return html`${this.opened ? this.#panel() : nothing} ${this.hiddenLauncher ? nothing : this.#launcher()}`;
  }

  #panel(): unknown {
    return html`<section
      class="panel"
      part="panel"
      role="dialog"
      tabindex="-1"
      aria-label=${words.panel(this.#visit?.organisation || words.team)}
      @keydown=${this.#keydown}
      @widget-close=${() => this.close()}
    >
      <rd-panel .visit=${this.#visit} .inbox=${this.inbox}></rd-panel>
    </section>`;
  }

  #launcher(): unknown {
    const unread = this.#visit?.unread ?? 0;
    return html`<button
      type="button"
      class="launcher"
      part="launcher"
      aria-label=${unread > 0 ? words.launcherUnread(unread) : words.launcher}
      aria-expanded=${this.opened}
      @click=${() => this.toggle()}
    >
      ${this.opened ? icon(chevronDown, 28) : door(28, true)}
      ${unread > 0 && !this.opened ? html`<span class="badge" aria-hidden="true">${unread > 99 ? "99+" : unread}</span>` : nothing}
    </button>`;
  }

  /** The host page's shortcuts stay quiet while somebody writes here. */
  #keydown(e: KeyboardEvent): void {
    e.stopPropagation();
    if (e.key === "Escape" && !e.defaultPrevented) this.close();
  }

  #changed(): void {
    this.requestUpdate();
    this.renderRoot.querySelector<RdPanel>("rd-panel")?.requestUpdate();
    const unread = this.#visit?.unread ?? 0;
    if (unread !== this.#told) this.#tell("unread", (this.#told = unread));
  }

  #tell<E extends keyof WidgetEvents>(event: E, detail: WidgetEvents[E]): void {
    this.dispatchEvent(new CustomEvent(`roomdesk-${event}`, { detail }));
  }
}
