import { advanced } from "#core/conversation/cursor.ts";
import { headFor, type Conversation, type Member } from "#core/conversation/conversation.ts";
import { limits } from "#protocol/limits.ts";
import type { Person, Side } from "#protocol/people.ts";
import type { SeenHeader } from "../header-of.ts";
import type { Cancel, Clock } from "../world.ts";

/** Who is in a room, who types, and how far everybody has got. */
export class Attendants {
  readonly #clock: Clock;
  readonly #changed: () => void;
  readonly #here = new Map<string, { readonly person: Person; links: number }>();
  readonly #typing = new Map<string, Cancel>();
  readonly #delivered = new Map<string, number>();
  readonly #reads = new Map<string, number>();

  constructor(clock: Clock, changed: () => void) {
    this.#clock = clock;
    this.#changed = changed;
  }

  remember(reads: ReadonlyMap<string, number>): void {
    for (const [id, upTo] of reads) this.#reads.set(id, Math.max(upTo, this.#reads.get(id) ?? 0));
  }

  enter(person: Person): void {
    this.#here.set(person.id, { person, links: (this.#here.get(person.id)?.links ?? 0) + 1 });
  }

  leave(person: Person): void {
    const here = this.#here.get(person.id);
    if (!here) return;
    here.links -= 1;
    if (here.links > 0) return;
    this.#here.delete(person.id);
    this.typing(person.id, false);
  }

  typing(id: string, on: boolean): void {
    const was = this.#typing.has(id);
    this.#typing.get(id)?.();
    this.#typing.delete(id);
    if (on)
      this.#typing.set(
        id,
        this.#clock.after(limits.typingExpiresMs, () => this.typing(id, false)),
      );
    if (was !== on) this.#changed();
  }

  delivered(id: string, upTo: number, head: number): void {
    this.#delivered.set(id, advanced(this.#delivered.get(id) ?? 0, upTo, head));
    this.#changed();
  }

  /** Whether it is further than before. */
  read(id: string, upTo: number, head: number): boolean {
    const before = this.#reads.get(id) ?? 0;
    const after = advanced(before, upTo, head);
    this.#reads.set(id, after);
    if (after > before) this.#changed();
    return after > before;
  }

  header(now: Conversation, side: Side): SeenHeader {
    const head = headFor(now, side);
    const members = [...now.members.values()].map((member) => this.#member(member, head));
    const watching = [...this.#here.values()].filter(
      ({ person }) => person.side === "staff" && !now.members.get(person.id)?.joined,
    );
    const viewers = watching.map(({ person: { id, name } }) => ({ id, name }));
    const seen = { status: now.status, assigneeId: null, head, members };
    return side === "staff" ? { ...seen, viewers, reads: new Map(this.#reads) } : { ...seen, viewers: [] };
  }

  #member({ id, side, name, joined }: Member, head: number) {
    const read = Math.min(this.#reads.get(id) ?? 0, head);
    const delivered = Math.max(read, Math.min(this.#delivered.get(id) ?? 0, head));
    return {
      id,
      side,
      name,
      joined,
      online: joined && this.#here.has(id),
      typing: joined && this.#typing.has(id),
      read,
      delivered,
    };
  }
}
