import { advanced } from "#core/conversation/cursor.ts";
import { limits } from "#protocol/limits.ts";
import type { Person } from "#protocol/people.ts";
import type { Clock } from "../node/clock.ts";

type Visitor = { person: Person; sockets: number; delivered: number; stopTyping: (() => void) | undefined };

/** Who is here, who types, and how far everybody has got. Signals: nothing of this is kept but the read numbers. */
export class Attendance {
  readonly #clock: Clock;
  readonly #onChange: () => void;
  readonly #visitors = new Map<string, Visitor>();
  readonly #lookingIn = new Map<string, () => void>();
  #reads = new Map<string, number>();

  constructor(clock: Clock, onChange: () => void) {
    this.#clock = clock;
    this.#onChange = onChange;
  }

  /** Read numbers as they were kept; a number raised since then stays. */
  remember(reads: ReadonlyMap<string, number>): void {
    for (const [id, upTo] of reads) this.#reads.set(id, Math.max(upTo, this.readOf(id)));
  }

  enter(person: Person): void {
    const visitor = this.#visitors.get(person.id);
    this.#visitors.set(person.id, {
      person,
      sockets: (visitor?.sockets ?? 0) + 1,
      delivered: visitor?.delivered ?? 0,
      stopTyping: visitor?.stopTyping,
    });
    this.#onChange();
  }

  leave(person: Person): void {
    const visitor = this.#visitors.get(person.id);
    if (!visitor) return;
    visitor.sockets -= 1;
    if (visitor.sockets <= 0) this.typing(person.id, false);
    this.#onChange();
  }

  /** Somebody without a socket has asked: they are here until they have not asked again for this long. */
  lookIn(person: Person, forMs: number): void {
    const forget = this.#lookingIn.get(person.id);
    if (forget) forget();
    else this.enter(person);
    const gone = () => {
      this.#lookingIn.delete(person.id);
      this.leave(person);
    };
    this.#lookingIn.set(person.id, this.#clock.after(forMs, gone));
  }

  typing(id: string, isTyping: boolean): void {
    const visitor = this.#visitors.get(id);
    if (!visitor || (!isTyping && !visitor.stopTyping)) return;
    const wasTyping = visitor.stopTyping !== undefined;
    visitor.stopTyping?.();
    visitor.stopTyping = isTyping ? this.#clock.after(limits.typingExpiresMs, () => this.typing(id, false)) : undefined;
    if (wasTyping !== isTyping) this.#onChange();
  }

  /** The read number after this report, or `undefined` when it changes nothing (CV17). */
  read(id: string, upTo: number, head: number): number | undefined {
    const before = this.readOf(id);
    const after = advanced(before, upTo, head);
    if (after === before) return undefined;
    this.#reads.set(id, after);
    this.#onChange();
    return after;
  }

  delivered(id: string, upTo: number, head: number): void {
    const visitor = this.#visitors.get(id);
    if (!visitor) return;
    const after = advanced(visitor.delivered, upTo, head);
    if (after === visitor.delivered) return;
    visitor.delivered = after;
    this.#onChange();
  }

  isHere = (id: string): boolean => (this.#visitors.get(id)?.sockets ?? 0) > 0;
  isTyping = (id: string): boolean => this.#visitors.get(id)?.stopTyping !== undefined;
  readOf = (id: string): number => this.#reads.get(id) ?? 0;
  /** What was read was delivered. */
  deliveredOf = (id: string): number => Math.max(this.#visitors.get(id)?.delivered ?? 0, this.readOf(id));

  reads(): ReadonlyMap<string, number> {
    return this.#reads;
  }

  /** Staff who have been here, joined or not. */
  staff(): { id: string; name: string; here: boolean }[] {
    return [...this.#visitors.values()]
      .filter(({ person }) => person.side === "staff")
      .map(({ person: { id, name }, sockets }) => ({ id, name, here: sockets > 0 }));
  }

  stop(): void {
    for (const visitor of this.#visitors.values()) visitor.stopTyping?.();
    for (const forget of this.#lookingIn.values()) forget();
  }
}
