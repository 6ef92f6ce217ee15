import { headFor, type Conversation } from "#core/conversation/conversation.ts";
import { decide } from "#core/conversation/decide.ts";
import { evolve } from "#core/conversation/evolve.ts";
import { repeats } from "#core/conversation/repeat.ts";
import { framesFor } from "#core/conversation/visible-to.ts";
import { Mailbox } from "#core/mailbox.ts";
import type { MemoryConversationLog } from "#core/memory/conversation-log.ts";
import type { Ack, Answer, ConversationCommand, ConversationEvent, Refused } from "#protocol/conversation.ts";
import { limits } from "#protocol/limits.ts";
import type { Person } from "#protocol/people.ts";
import { isRefusal, type RefusalCode } from "#protocol/refusals.ts";
import { wire, type LinkListener } from "../link.ts";
import type { Cancel, World } from "../world.ts";
import { Attendants } from "./attendants.ts";

/** Somebody who listens. */
type Guest = { readonly person: Person; readonly listener: LinkListener };

/** One conversation as a server would keep it: one turn at a time, kept before told. */
export class MemoryRoom {
  readonly #id: string;
  readonly #log: MemoryConversationLog;
  readonly #world: Pick<World, "clock" | "newId">;
  readonly #changed: () => void;
  readonly #mailbox = new Mailbox();
  readonly #guests = new Set<Guest>();
  readonly #attendants: Attendants;
  #held: { conversation: Conversation; epoch: number } | undefined;
  #cancelPing: Cancel | undefined;

  constructor(id: string, log: MemoryConversationLog, world: Pick<World, "clock" | "newId">, changed: () => void) {
    this.#id = id;
    this.#log = log;
    this.#world = world;
    this.#changed = changed;
    this.#attendants = new Attendants(world.clock, () => this.#tellHeaders());
  }

  isHere = (personId: string): boolean => [...this.#guests].some(({ person }) => person.id === personId);

  async enter(person: Person, listener: LinkListener): Promise<Cancel> {
    const conversation = await this.#mailbox.post(() => this.#claimed());
    const guest = { person, listener };
    this.#guests.add(guest);
    this.#attendants.enter(person);
    listener.told(wire.welcome, {
      you: { side: person.side, id: person.id },
      head: headFor(conversation, person.side),
    });
    this.#tellHeaders();
    this.#ping();
    this.#changed();
    return () => {
      if (!this.#guests.delete(guest)) return;
      this.#attendants.leave(person);
      this.#tellHeaders();
      this.#changed();
    };
  }

  /** The server goes away: everybody's link breaks. */
  breakAll(code = 1006): void {
    for (const guest of [...this.#guests]) {
      this.#guests.delete(guest);
      this.#attendants.leave(guest.person);
      guest.listener.closed(code);
    }
    this.#held = undefined;
  }

  run(by: Person, command: ConversationCommand): Promise<Answer> {
    return this.#mailbox.post(() => this.#take(by, command)).catch((): Refused => refused("unavailable"));
  }

  signal(by: Person, type: string, payload: unknown): void {
    const head = this.#held ? headFor(this.#held.conversation, by.side) : 0;
    const { on, upTo } = payload as { on: boolean; upTo: number };
    if (type === wire.typing) this.#attendants.typing(by.id, on);
    else if (type === wire.delivered) this.#attendants.delivered(by.id, upTo, head);
    else if (type === wire.read && this.#attendants.read(by.id, upTo, head)) {
      // While the log is down it is known here only, and told again by the next one.
      this.#log.read(this.#id, by, upTo).catch(() => undefined);
      this.#changed();
    }
  }

  async header(person: Person) {
    return this.#attendants.header(await this.#mailbox.post(() => this.#claimed()), person.side);
  }

  async #take(by: Person, command: ConversationCommand): Promise<Answer> {
    const conversation = await this.#claimed();
    const known = await this.#log.byKey(this.#id, by, command.clientId);
    if (known) return repeats(command, known) ? ackOf(known) : refused("key_reused");
    const target = "messageId" in command ? await this.#log.message(this.#id, command.messageId) : undefined;
    const { clock, newId } = this.#world;
    const events = decide(conversation, by, command, { at: clock.now(), newId, target });
    if (isRefusal(events)) return refused(events.refused);
    await this.#keep(events);
    this.#tell(conversation, events);
    return ackOf(events.at(-1));
  }

  async #claimed(): Promise<Conversation> {
    this.#held ??= await this.#claim();
    return this.#held.conversation;
  }

  async #claim() {
    const claimed = await this.#log.claim(this.#id, "memory");
    if (!claimed) throw new Error(`There is no conversation ${this.#id}.`);
    this.#attendants.remember(claimed.reads);
    return claimed;
  }

  async #keep(events: readonly ConversationEvent[]): Promise<void> {
    const held = this.#held;
    if (!held) throw new Error("Not claimed.");
    this.#held = undefined; // until it is known to be kept, nothing is known
    const { epoch, conversation } = held;
    const { outcome } = await this.#log.append({
      conversationId: this.#id,
      epoch,
      expectedHead: conversation.head,
      events,
    });
    if (outcome !== "kept") throw new Error(`The log says ${outcome}.`);
    this.#held = { epoch, conversation: events.reduce(evolve, conversation) };
  }

  #tell(before: Conversation, events: readonly ConversationEvent[]): void {
    for (const { type, by } of events) if (type === "message.posted") this.#attendants.typing(by.id, false);
    for (const { person, listener } of [...this.#guests]) {
      const frames = framesFor(person.side, headFor(before, person.side), events);
      if (frames.length > 0) listener.told(wire.frames, frames);
    }
    this.#tellHeaders();
    this.#changed();
  }

  #tellHeaders(): void {
    const conversation = this.#held?.conversation;
    if (!conversation) return;
    for (const { person, listener } of [...this.#guests])
      listener.header(this.#attendants.header(conversation, person.side));
  }

  #ping(): void {
    this.#cancelPing ??= this.#world.clock.after(limits.pingEveryMs, () => {
      this.#cancelPing = undefined;
      for (const { person, listener } of [...this.#guests])
        listener.told(wire.ping, { head: this.#held ? headFor(this.#held.conversation, person.side) : 0 });
      if (this.#guests.size > 0) this.#ping();
    });
  }
}

const refused = (code: RefusalCode): Refused => ({ ok: false, code });

function ackOf(event: ConversationEvent | undefined): Ack {
  if (!event) throw new Error("Nothing was decided.");
  return { ok: true, seq: event.seq, at: event.at, id: event.id };
}
