import { type CSSResultGroup, html, nothing, type PropertyValues } from "lit";
import { RoomdeskElement } from "#client-ui/guarded/roomdesk-element.ts";
import { base } from "#client-ui/theme/base.styles.ts";
import { buttonStyles } from "#client-ui/theme/buttons.styles.ts";
import { tokens, widgetScale } from "#client-ui/theme/tokens.ts";
import { language } from "#client-ui/words/words.ts";
import type { WidgetCommands, WidgetEvents } from "./commands.ts";
import { arrive, type Arrive } from "./customer.ts";
import { fitViewport } from "./fit-viewport.ts";
import { launcher } from "./launcher/launcher.ts";
import { launcherStyles } from "./launcher/launcher.styles.ts";
import { teaserCard } from "./launcher/teaser.ts";
import { teaserStyles } from "./launcher/teaser.styles.ts";
import { rise, stand, takeOver } from "./on-the-page.ts";
import { dialog } from "./panel/dialog.ts";
import { missingStyles, Part } from "./part.ts";
import type { RdPanel } from "./panel/panel.component.ts";
import type { Visit } from "./visit.ts";
import { VisitController } from "./visit-controller.ts";
import { widgetStyles } from "./widget.styles.ts";

/**
 * `<roomdesk-widget inbox="…" server="…">`: launcher and panel. Its methods are the commands of `commands.ts`, its events
 * `roomdesk-open`, `roomdesk-unread` … Use it through the loader's snippet, or as a bare element.
 */
export class RoomdeskWidget extends RoomdeskElement implements Omit<WidgetCommands, "init"> {
  static override styles: CSSResultGroup = [
    base,
    tokens,
    widgetScale,
    buttonStyles,
    widgetStyles,
    launcherStyles,
    teaserStyles,
    missingStyles,
  ];
  static override properties = {
    inbox: {},
    server: {},
    theme: {},
    opened: { type: Boolean, reflect: true },
    hiddenLauncher: { type: Boolean, reflect: true, attribute: "hidden-launcher" },
    arrive: { attribute: false },
  };

  declare inbox: string;
  declare server: string;
  declare theme: string;
  declare opened: boolean;
  declare hiddenLauncher: boolean;
  /** Brings the session: over the network, unless a playground or a test has another way. */
  declare arrive: Arrive;

  readonly #visits: VisitController;
  #opener: HTMLElement | null = null;
  /** Opened by somebody, not by an attribute of the page: then the focus comes along. */
  #isAsked = false;
  #unfit: (() => void) | undefined;
  readonly #part = new Part(
    () => import("./panel/define.ts"),
    () => this.requestUpdate(),
  );

  constructor() {
    super();
    this.inbox = "";
    this.server = location.origin;
    this.theme = "auto";
    this.opened = false;
    this.hiddenLauncher = false;
    this.arrive = arrive;
    this.#visits = new VisitController(
      this,
      () => this.#changed(),
      (event, detail) => this.#tell(event, detail),
    );
  }

  override connectedCallback(): void {
    super.connectedCallback();
    stand(this);
  }

  open(): void {
    if (this.opened) return;
    const { activeElement } = document;
    this.#opener = activeElement instanceof HTMLElement && activeElement !== this ? activeElement : null;
    this.hiddenLauncher = false;
    this.opened = this.#isAsked = true;
    this.#tell("open", null);
  }

  close(): void {
    if (!this.opened) return;
    const hadFocus = this.shadowRoot?.activeElement !== null;
    this.opened = this.#isAsked = false;
    this.#tell("close", null);
    if (hadFocus) void this.updateComplete.then(() => this.#giveFocusBack());
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
    await (await this.#visits.visiting()).identify(jwt);
  }

  async logout(): Promise<void> {
    await (await this.#visits.visiting()).logout();
    this.close();
  }

  async prefill(text: string): Promise<void> {
    await (await this.#visits.visiting()).prefill(text);
  }

  on<E extends keyof WidgetEvents>(event: E, listener: (detail: WidgetEvents[E]) => void): () => void {
    const heard = (e: Event) => listener((e as CustomEvent<WidgetEvents[E]>).detail);
    this.addEventListener(`roomdesk-${event}`, heard);
    return () => this.removeEventListener(`roomdesk-${event}`, heard);
  }

  destroy(): void {
    this.#tell("destroy", null);
    this.remove();
    this.#visits.end();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (this.theme === "auto") delete this.dataset.theme;
    else this.dataset.theme = this.theme;
    const before = this.#visits.visit;
    this.#visits.to({ inbox: this.inbox, server: this.server, arrive: this.arrive });
    if (this.opened && (changed.has("opened") || before !== this.#visits.visit)) this.#visits.enter();
  }

  protected override firstUpdated(): void {
    if (takeOver(this.renderRoot)) this.#find(".launcher")?.focus();
  }

  protected override updated(changed: PropertyValues<this>): void {
    rise(this.#find(".room"));
    if (!changed.has("opened")) return;
    this.#unfit?.();
    const [dialog, panel] = [this.#find(".panel"), this.#panel];
    if (!dialog || !panel) return;
    this.#unfit = fitViewport(dialog);
    void this.#part.fetch().then(() => this.#lookInside());
  }

  protected override render(): unknown {
    const { visit } = this.#visits;
    if (!visit) return nothing;
    const isAway = this.opened || this.hiddenLauncher;
    const teaser = isAway ? null : visit.teaser;
    const follow = () => {
      if (teaser) visit.goTo(teaser.conversationId);
      this.open();
    };
    return html`<div class="room" popover="manual" lang=${language().code}>
      ${this.opened ? this.#dialog(visit) : nothing} ${teaserCard(teaser, follow, () => visit.hideTeaser())}
      ${
        this.hiddenLauncher
          ? nothing
          : launcher(
              this.opened,
              visit.unread,
              () => this.toggle(),
              () => void this.#part.fetch(),
            )
      }
    </div>`;
  }

  #dialog(visit: Visit): unknown {
    return dialog(visit, this.#part, {
      panel: () => this.#panel,
      shut: () => this.close(),
      changed: () => this.requestUpdate(),
    });
  }

  #changed(): void {
    this.requestUpdate();
    if (this.#part.state === "there") this.#panel?.requestUpdate();
  }

  async #lookInside(): Promise<void> {
    await this.updateComplete;
    await this.#panel?.updateComplete;
    if (this.opened && this.#isAsked) (this.#panel ?? this.#find(".missing button"))?.focus({ preventScroll: true });
  }

  #giveFocusBack(): void {
    const opener = this.#opener?.isConnected ? this.#opener : this.#find(".launcher");
    opener?.focus({ preventScroll: true });
  }

  #tell<E extends keyof WidgetEvents>(event: E, detail: WidgetEvents[E]): void {
    this.dispatchEvent(new CustomEvent(`roomdesk-${event}`, { detail }));
  }

  get #panel(): RdPanel | null {
    return this.renderRoot.querySelector<RdPanel>("rd-panel");
  }

  #find(selector: string): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>(selector);
  }
}
