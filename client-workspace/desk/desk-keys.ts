import type { ReactiveController, ReactiveControllerHost } from "lit";
import type { RdConversationList } from "../conversation-list/conversation-list.component.ts";
import type { RdConversationPane } from "../conversation-pane/conversation-pane.component.ts";
import type { Route } from "../route.ts";
import { nextRegion } from "./regions.ts";
import { shortcutOf } from "./shortcuts.ts";

type DeskHost = ReactiveControllerHost &
  HTMLElement & {
    readonly route: Route;
    panelOpen: boolean;
    openLongest(): void;
    go(route: Route): void;
    slide(open: boolean): void;
  };

/** The desk by keyboard: regions, shortcuts, and where the focus goes when something closes. */
export class DeskKeys implements ReactiveController {
  readonly #host: DeskHost;

  constructor(host: DeskHost) {
    this.#host = host;
    host.addController(this);
  }

  get list(): RdConversationList | null {
    return this.#find<RdConversationList>("rd-conversation-list");
  }

  get pane(): RdConversationPane | null {
    return this.#find<RdConversationPane>("rd-conversation-pane");
  }

  get panel(): HTMLElement | null {
    return this.#find("rd-customer-panel");
  }

  /** What opened the panel. */
  get aboutButton(): HTMLElement | null {
    const head = this.pane?.shadowRoot?.querySelector("rd-conversation-head");
    return head?.shadowRoot?.querySelector<HTMLElement>(".about") ?? null;
  }

  /** When what was just chosen is drawn. */
  focusAfter(focus: (keys: this) => void): void {
    void this.#host.updateComplete.then(() => focus(this));
  }

  hostConnected(): void {
    addEventListener("keydown", this.#key);
    this.#host.addEventListener("focusin", this.#away);
    this.#host.addEventListener("pointerdown", this.#away);
  }

  hostDisconnected(): void {
    removeEventListener("keydown", this.#key);
    this.#host.removeEventListener("focusin", this.#away);
    this.#host.removeEventListener("pointerdown", this.#away);
  }

  #find<E extends HTMLElement = HTMLElement>(selector: string): E | null {
    return this.#host.shadowRoot?.querySelector<E>(selector) ?? null;
  }

  #key = (event: KeyboardEvent): void => {
    const shortcut = shortcutOf(event);
    if (!shortcut) return;
    if (shortcut === "close") this.pane?.closeConversation();
    else if (shortcut === "longest") this.#host.openLongest();
    else if (shortcut === "region") this.#nextRegion(event.shiftKey);
    else if (!this.#escape()) return;
    event.preventDefault();
  };

  #nextRegion(backwards: boolean): void {
    const { pane } = this;
    nextRegion([this.#find("rd-rail"), this.list, pane?.thread, pane?.composer, this.panel], backwards);
  }

  /** What lies on top goes first: the panel, then the conversation, back to its row. */
  #escape(): boolean {
    const { route, panelOpen } = this.#host;
    if (panelOpen) this.#host.slide(false);
    else if (!route.conversation) return false;
    else if (this.list?.checkVisibility()) this.list.focusRow(route.conversation);
    else this.#host.go({ ...route, conversation: null });
    return true;
  }

  /** Who goes on beside the panel wants to see what is under it. */
  #away = (event: Event): void => {
    if (!this.#host.panelOpen) return;
    const path = event.composedPath();
    if (path.some((at) => at === this.panel || at === this.aboutButton)) return;
    this.#host.panelOpen = false;
  };
}
