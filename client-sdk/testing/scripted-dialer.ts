import type { Failed } from "../desk-request.ts";
import type { Dialer, Link, LinkListener, NoSocket } from "../link.ts";

/** A link whose other end is the test. */
export class ScriptedLink implements Link {
  readonly kind;
  readonly owner;
  readonly listener: LinkListener;
  readonly signals: [string, unknown][] = [];
  readonly requests: { type: string; payload: unknown; answer: (value: unknown) => void }[] = [];
  isClosed = false;

  constructor(kind: Link["kind"], owner: string, listener: LinkListener) {
    this.kind = kind;
    this.owner = owner;
    this.listener = listener;
  }

  request(type: string, payload: unknown): Promise<unknown> {
    return new Promise((answer) => this.requests.push({ type, payload, answer }));
  }

  signal(type: string, payload: unknown): void {
    this.signals.push([type, payload]);
  }

  close(): void {
    this.isClosed = true;
  }
}

/** Dials as told: `next` is what the following dials come to, the last of them for ever. */
export class ScriptedDialer implements Dialer {
  readonly links: ScriptedLink[] = [];
  readonly kind: Link["kind"];
  readonly hurried: boolean[] = [];
  dials = 0;
  ownerNow: string | undefined = "node-1";
  next: ("link" | NoSocket | Failed)[] = ["link"];

  constructor(kind: Link["kind"] = "socket") {
    this.kind = kind;
  }

  async dial(listener: LinkListener, isHurried = false): Promise<Link | NoSocket | Failed> {
    this.dials += 1;
    this.hurried.push(isHurried);
    const outcome = this.next.length > 1 ? this.next.shift() : this.next[0];
    if (outcome !== "link") return outcome!;
    const link = new ScriptedLink(this.kind, this.ownerNow ?? "", listener);
    this.links.push(link);
    return link;
  }

  async owner(): Promise<string | undefined> {
    return this.ownerNow;
  }

  get last(): ScriptedLink {
    return this.links.at(-1)!;
  }
}
