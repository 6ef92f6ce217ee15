import type { ConversationEvent } from "#protocol/conversation.ts";
import { limits } from "#protocol/limits.ts";
import type { Author } from "#protocol/people.ts";
import type { SeenHeader } from "./header-of.ts";
import type { Marks } from "./line-view.ts";
import { isOwn, type Participant, type Self } from "./view-line.ts";
import type { Cancel, Clock } from "./world.ts";

const nobody: readonly Participant[] = [];
const nothing: Marks = { delivered: 0, read: 0 };

/** Who else is in the conversation, as its header last said: here, writing, and how far they have read. */
export class Company {
  header: SeenHeader | null = null;
  online: readonly Participant[] = nobody;
  typing: readonly Participant[] = nobody;
  marks: Marks = nothing;
  /** By id. The same map until a name changes. */
  names: ReadonlyMap<string, string> = new Map();
  readonly #clock: Clock;
  readonly #changed: () => void;
  #self: Self;
  /** Those whose message has come before the header could say that they stopped writing. */
  readonly #silent = new Set<string>();
  #cancelExpiry: Cancel | undefined;

  constructor(self: Self, clock: Clock, changed: () => void) {
    this.#self = self;
    this.#clock = clock;
    this.#changed = changed;
  }

  /** A customer's id here is known when the header is. */
  get me(): Author | null {
    if (this.#self.side === "staff") return { side: "staff", id: this.#self.id };
    const id = this.header?.members.find(({ side }) => side === "customer")?.id;
    return id === undefined ? null : { side: "customer", id };
  }

  get ownRead(): number {
    const own = this.header?.members.find(({ id, side }) => isOwn(this.#self, { id, side }))?.read ?? 0;
    return this.#self.side === "customer" ? own : Math.max(own, this.header?.reads?.get(this.#self.id) ?? 0);
  }

  see(header: SeenHeader, self: Self): void {
    this.header = header;
    this.#self = self;
    this.online = same(this.online, this.#online(header));
    for (const { id, typing } of header.members) if (!typing) this.#silent.delete(id);
    this.typing = same(this.typing, this.#typing(header));
    this.marks = this.#marks(header);
    for (const { id, name } of [...header.members, ...header.viewers]) this.#learn(id, name);
    this.confirm();
  }

  /** Names stand in what happened, too: somebody may have left long ago. */
  heard(events: readonly Pick<ConversationEvent, "type" | "by">[]): void {
    for (const event of events) {
      if (event.type === "message.posted") this.#hush(event.by.id);
      if ("name" in event && typeof event.name === "string") this.#learn(event.by.id, event.name);
    }
  }

  learn(id: string, name: string): void {
    this.#learn(id, name);
  }

  /** The header is still in force: the desk has just been heard. */
  confirm(): void {
    this.#cancelExpiry?.();
    if (this.typing.length > 0) this.#cancelExpiry = this.#clock.after(limits.typingExpiresMs, () => this.#expire());
  }

  /** The link is gone: nobody knows who is here. */
  leave(): void {
    this.#cancelExpiry?.();
    this.online = this.typing = nobody;
  }

  #expire(): void {
    this.typing = nobody;
    this.#changed();
  }

  #hush(id: string): void {
    if (!this.typing.some((one) => one.id === id)) return;
    this.#silent.add(id);
    this.typing = this.typing.filter((one) => one.id !== id);
  }

  #online({ members, viewers }: SeenHeader): readonly Participant[] {
    const here = members.filter(({ online }) => online).map(({ id, name, side }) => this.#participant(id, name, side));
    const looking = viewers.filter(({ id }) => !here.some((one) => one.id === id));
    return [...here, ...looking.map(({ id, name }) => this.#participant(id, name, "staff"))];
  }

  #typing({ members }: SeenHeader): readonly Participant[] {
    return members
      .filter(({ id, typing }) => typing && !this.#silent.has(id))
      .map(({ id, name, side }) => this.#participant(id, name, side))
      .filter(({ own }) => !own);
  }

  #participant(id: string, name: string, side: Participant["side"]): Participant {
    return { id, name, side, own: isOwn(this.#self, { id, side }) };
  }

  /** How far anybody on the other side has got. */
  #marks({ members }: SeenHeader): Marks {
    const others = members.filter(({ side }) => side !== this.#self.side);
    const read = Math.max(0, ...others.map((one) => one.read));
    const delivered = Math.max(read, ...others.map((one) => one.delivered));
    return read === this.marks.read && delivered === this.marks.delivered ? this.marks : { read, delivered };
  }

  #learn(id: string, name: string): void {
    if (name && this.names.get(id) !== name) this.names = new Map(this.names).set(id, name);
  }
}

function same(before: readonly Participant[], now: readonly Participant[]): readonly Participant[] {
  const isSame =
    before.length === now.length && before.every(({ id, name }, at) => id === now[at]?.id && name === now[at].name);
  return isSame ? before : now;
}
