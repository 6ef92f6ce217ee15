import type { ReactiveController, ReactiveControllerHost } from "lit";
import type { WidgetEvents } from "./commands.ts";
import type { Arrive } from "./customer.ts";
import { isKnownHere, onBecomingKnown } from "./device.ts";
import { Visit } from "./visit.ts";
import { whenIdle } from "./when-idle.ts";

/** A page that swaps its body takes the widget off and puts it back; only after this long it has meant it. */
const goneAfterMs = 5000;

type Tell = <E extends keyof WidgetEvents>(event: E, detail: WidgetEvents[E]) => void;
type To = { readonly inbox: string; readonly server: string; readonly arrive: Arrive };

/** The visit of a widget for as long as the widget stands on a page, whatever is done to that page. */
export class VisitController implements ReactiveController {
  visit: Visit | undefined;
  readonly #host: ReactiveControllerHost;
  readonly #changed: () => void;
  readonly #tell: Tell;
  #to: To | undefined;
  #unread = 0;
  #isReady = false;
  #stopListening: (() => void) | undefined;
  #leaving: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost, changed: () => void, tell: Tell) {
    this.#host = host;
    this.#changed = changed;
    this.#tell = tell;
    host.addController(this);
  }

  hostConnected(): void {
    clearTimeout(this.#leaving);
    this.#host.requestUpdate(); // a new visit, if the one before has ended
  }

  hostDisconnected(): void {
    this.#leaving = setTimeout(() => this.end(), goneAfterMs);
  }

  /** Attributes may come one after the other, long after the element: whenever they change, another visit begins. */
  to(next: To): void {
    const { inbox, server, arrive } = next;
    if (this.visit && this.#to?.inbox === inbox && this.#to.server === server && this.#to.arrive === arrive) return;
    this.end();
    this.#to = next;
    if (inbox) this.#begin(next);
  }

  /** The panel was opened. */
  enter(): void {
    const { visit } = this;
    void visit?.connect().then(() => visit.enter());
  }

  /** The visit, when the attributes have come. */
  async visiting(): Promise<Visit> {
    await this.#host.updateComplete;
    if (!this.visit) throw new Error("<roomdesk-widget> has no inbox yet.");
    return this.visit;
  }

  end(): void {
    clearTimeout(this.#leaving);
    this.#stopListening?.();
    this.visit?.end();
    this.visit = undefined;
    this.#isReady = false;
  }

  #begin(to: To): void {
    const visit = new Visit({
      ...to,
      onChange: () => this.#heard(visit),
      onMessage: (kind, conversationId) => this.#tell(kind, { conversationId }),
    });
    this.visit = visit;
    const connect = () => {
      if (this.visit === visit && !visit.isOpen) void visit.connect();
    };
    this.#stopListening = onBecomingKnown(to.inbox, connect);
    if (isKnownHere(to.inbox)) whenIdle(connect);
  }

  #heard(visit: Visit): void {
    if (visit !== this.visit) return;
    this.#changed();
    if (visit.isOpen && !this.#isReady) {
      this.#isReady = true;
      this.#tell("ready", null);
    }
    if (visit.unread !== this.#unread) this.#tell("unread", (this.#unread = visit.unread));
  }
}
