import { textHash } from "../../../history/lines.ts";
import type { By, EventFacts } from "../../../history/shared-lines.ts";
import type { DayClock } from "./day-clock.ts";

export type DayEvent = {
  readonly facts: EventFacts;
  readonly internal: boolean;
  readonly order: number;
  readonly epoch: number;
  readonly owner: string | null;
};
type Message = {
  readonly post: EventFacts;
  version: number;
  hash: string | null;
  deleted: boolean;
  readonly internal: boolean;
};

/** What the database holds of one conversation. */
export class DayConversation {
  readonly id: string;
  readonly customer: string;
  readonly author: string;
  readonly log: DayEvent[] = [];
  readonly messages = new Map<string, Message>();
  readonly reads = new Map<string, number>();
  status: "open" | "closed" = "open";
  epoch = 0;
  owner: string | null = null;
  readonly #clock: DayClock;
  readonly #order: () => number;

  constructor(clock: DayClock, order: () => number, customer: string) {
    this.#clock = clock;
    this.#order = order;
    this.id = clock.id("conversation");
    this.customer = customer;
    this.author = clock.id("author");
    this.commit(this.make({ side: "customer", id: this.author }, "conversation.opened", clock.id("key"), null));
  }

  get head(): number {
    return this.log.length;
  }

  get publicHead(): number {
    return this.log.findLast(({ internal }) => !internal)?.facts.seq ?? 0;
  }

  headFor(side: "customer" | "staff"): number {
    return side === "staff" ? this.head : this.publicHead;
  }

  /** The next event, not kept yet. */
  make(by: By, type: string, key: string, text: string | null, target?: string): EventFacts {
    const facts = { seq: this.head + 1, id: this.#clock.id("event"), key, by, type, hash: textHash(text) };
    const message = target === undefined ? undefined : this.messages.get(target);
    if (!message || target === undefined) return facts;
    return { ...facts, target: { id: target, version: message.version + 1, note: message.internal } };
  }

  commit(facts: EventFacts): DayEvent {
    const internal = facts.type === "note.posted" || (facts.target?.note ?? false);
    const event = { facts, internal, order: this.#order(), epoch: this.epoch, owner: this.owner };
    this.log.push(event);
    if (facts.type.endsWith(".posted"))
      this.messages.set(facts.id, { post: facts, version: 1, hash: facts.hash, deleted: false, internal });
    const changed = this.messages.get(facts.target?.id ?? "");
    if (changed && facts.target)
      Object.assign(changed, {
        version: facts.target.version,
        hash: facts.hash,
        deleted: facts.type === "message.deleted",
      });
    if (facts.type === "conversation.closed") this.status = "closed";
    if (facts.type === "conversation.reopened") this.status = "open";
    return event;
  }

  /** What one side may see after a number. */
  visible(side: "customer" | "staff", after: number): readonly DayEvent[] {
    return this.log.slice(after).filter(({ internal }) => side === "staff" || !internal);
  }
}
