import type { Side } from "../../history/shared-lines.ts";
import { Commits } from "./commits.ts";
import type { Noticed } from "./gather.ts";
import { Visible } from "./visible.ts";

/** What a node asked the log to keep, and what came of it; no end: the process did not live to see it. */
export type Append = { readonly asked: Noticed<"append">; readonly end: Noticed<"appended"> | undefined };
export type Kept = Noticed<"kept.event">;

/** All that is known of one conversation, each list in the order of time. */
export class Conversation {
  readonly id: string;
  kept: Noticed<"kept.conversation"> | undefined;
  /** The log, by number. */
  readonly log: Kept[] = [];
  readonly messages: Noticed<"kept.message">[] = [];
  readonly reads: Noticed<"kept.read">[] = [];
  readonly claims: Noticed<"claim">[] = [];
  readonly releases: Noticed<"release">[] = [];
  readonly appends: Append[] = [];
  readonly tells: Noticed<"tell">[] = [];
  readonly answers: Noticed<"answer">[] = [];
  readonly commits = new Commits();
  readonly #bySeq = new Map<number, Kept>();
  readonly #byId = new Map<string, Kept>();
  readonly #byKey = new Map<string, Kept[]>();
  readonly #deleted = new Set<string>();
  readonly #visible = new Map<string, Visible>();
  #appendOf: Map<string, Append> | undefined;

  constructor(id: string) {
    this.id = id;
  }

  keep(event: Kept): void {
    const { seq, id, by, key, type, target } = event.line.event;
    if (type === "message.deleted" && target) this.#deleted.add(target.id);
    this.log.push(event);
    if (!this.#bySeq.has(seq)) this.#bySeq.set(seq, event);
    if (!this.#byId.has(id)) this.#byId.set(id, event);
    const same = this.#byKey.get(keyOf(by.id, key));
    if (same) same.push(event);
    else this.#byKey.set(keyOf(by.id, key), [event]);
  }

  bySeq(seq: number): Kept | undefined {
    return this.#bySeq.get(seq);
  }

  byId(id: string): Kept | undefined {
    return this.#byId.get(id);
  }

  byKey(author: string, key: string): readonly Kept[] {
    return this.#byKey.get(keyOf(author, key)) ?? [];
  }

  /** Sooner or later. */
  isDeleted(messageId: string): boolean {
    return this.#deleted.has(messageId);
  }

  /** The append that an event of the log came by; ids are made anew for every append. */
  appendOf(eventId: string): Append | undefined {
    this.#appendOf ??= new Map(
      this.appends.flatMap((append) => append.asked.line.events.map(({ id }) => [id, append] as const)),
    );
    return this.#appendOf.get(eventId);
  }

  /** The log as one side may see it. */
  visibleTo(side: Side): Visible {
    const who = side === "customer" ? "customer" : "staff";
    const known = this.#visible.get(who);
    if (known) return known;
    const visible = new Visible(this.log.filter(({ line }) => who === "staff" || !line.internal));
    this.#visible.set(who, visible);
    return visible;
  }
}

const keyOf = (author: string, key: string): string => `${author} ${key}`;
