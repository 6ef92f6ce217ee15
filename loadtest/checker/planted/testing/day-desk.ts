import { textHash } from "../../../history/lines.ts";
import type { EventFacts } from "../../../history/shared-lines.ts";
import type { Injection } from "../../../history/run-lines.ts";
import { DayClock } from "./day-clock.ts";
import { DayConversation } from "./day-conversation.ts";
import { bubbleOf, DayScreen } from "./day-screen.ts";

export type Command = { readonly type: string; readonly text?: string; readonly target?: string };
/** What becomes of a command, besides being kept. */
export type Fate = "kept" | "answer lost" | "refused";

const eventTypes: Readonly<Record<string, string>> = {
  "message.send": "message.posted",
  "note.post": "note.posted",
  "message.edit": "message.edited",
  "message.delete": "message.deleted",
  "conversation.join": "member.joined",
  "conversation.close": "conversation.closed",
  "conversation.reopen": "conversation.reopened",
};

/** Nodes, a database and screens that do everything right, and write it down. */
export class DayDesk {
  readonly clock: DayClock;
  readonly conversations: DayConversation[] = [];
  readonly screens: DayScreen[] = [];
  readonly #calls = new Map<string, number>();
  readonly #epochs: {
    readonly conversation: string;
    readonly epoch: number;
    readonly owner: string;
    readonly head: number;
    readonly order: number;
  }[] = [];
  readonly #reads: {
    readonly conversation: string;
    readonly person: string;
    readonly seq: number;
    readonly order: number;
  }[] = [];
  #order = 0;

  constructor(seed: number) {
    this.clock = new DayClock(seed);
    this.clock.note("runner", {
      who: "runner",
      what: "run",
      seed,
      seconds: 60,
      nodes: 2,
      people: 4,
      command: "npm run chaos",
    });
  }

  node(name: string): void {
    this.clock.note(name, { who: name, what: "node", pid: 1 });
  }

  screen(who: string, side: "customer" | "staff", person: string): DayScreen {
    const screen = new DayScreen(this.clock, who, side, person);
    this.screens.push(screen);
    return screen;
  }

  open(customer: string): DayConversation {
    const conversation = new DayConversation(this.clock, () => (this.#order += 1), customer);
    this.conversations.push(conversation);
    return conversation;
  }

  claim(node: string, conversation: DayConversation): void {
    conversation.epoch += 1;
    conversation.owner = node;
    const { id, epoch, head } = conversation;
    this.#epochs.push({ conversation: id, epoch, owner: node, head, order: (this.#order += 1) });
    this.clock.note(node, { who: node, what: "claim", conversation: id, epoch, head });
  }

  release(conversation: DayConversation): void {
    const { id, epoch, owner } = conversation;
    if (owner !== null) this.clock.note(owner, { who: owner, what: "release", conversation: id, epoch });
    conversation.owner = null;
  }

  /** Looking asks the log for a page first. */
  look(screen: DayScreen, conversation: DayConversation): void {
    const node = conversation.owner ?? "a";
    this.clock.note(node, {
      who: node,
      what: "seen",
      conversation: conversation.id,
      upTo: conversation.headFor(screen.side),
    });
    screen.look(conversation);
  }

  /** Pressed and kept on the device; the bubble shows. */
  press(screen: DayScreen, conversation: DayConversation, { type, text, target }: Command): string {
    const key = this.clock.id("key");
    const version = target === undefined ? 0 : (conversation.messages.get(target)?.version ?? 0);
    const more = target === undefined ? {} : { target: { id: target, version } };
    const facts = { conversation: conversation.id, key, type, hash: textHash(text ?? null), ...more };
    screen.note({ who: screen.who, what: "invoke", ...facts });
    if (type === "message.send" || type === "note.post") screen.bubble(conversation, bubbleOf(key, type, text ?? ""));
    return key;
  }

  /** The whole way of a command. */
  run(screen: DayScreen, conversation: DayConversation, command: Command, fate: Fate = "kept"): string {
    const key = this.press(screen, conversation, command);
    this.clock.wait(this.clock.roll(8));
    if (fate === "refused") this.refuse(screen, conversation, key);
    else this.carry(screen, conversation, key, command, fate);
    return key;
  }

  carry(
    screen: DayScreen,
    conversation: DayConversation,
    key: string,
    command: Command,
    fate: Fate = "kept",
  ): EventFacts {
    const { type, text, target } = command;
    const by = { side: screen.side, id: screen.authorIn(conversation) };
    const facts = conversation.make(by, eventTypes[type] ?? type, key, text ?? null, target);
    this.#append(conversation, facts);
    this.#tell(conversation, facts);
    const answer = () => this.#answer(conversation, facts);
    answer();
    if (fate === "answer lost") {
      screen.note({ who: screen.who, what: "info", conversation: conversation.id, key });
      this.clock.wait(40);
      answer(); // asked again with the same key
    }
    const { seq, id } = facts;
    screen.receive(conversation);
    screen.note({ who: screen.who, what: "ok", conversation: conversation.id, key, seq, id });
    for (const other of this.screens) other.receive(conversation);
    return facts;
  }

  /** Kept and told without an answer to anybody. */
  keep(screen: DayScreen, conversation: DayConversation, key: string, { type, text, target }: Command): EventFacts {
    const by = { side: screen.side, id: screen.authorIn(conversation) };
    const facts = conversation.make(by, eventTypes[type] ?? type, key, text ?? null, target);
    this.#append(conversation, facts);
    this.#tell(conversation, facts);
    for (const other of this.screens) other.receive(conversation);
    return facts;
  }

  refuse(screen: DayScreen, conversation: DayConversation, key: string): void {
    const { id, epoch, owner } = conversation;
    const by = { side: screen.side, id: screen.authorIn(conversation) };
    const node = owner ?? "a";
    const code = "conversation_closed";
    this.clock.note(node, { who: node, what: "answer", conversation: id, epoch, by, key, code });
    screen.note({ who: screen.who, what: "fail", conversation: id, key, code });
    screen.restate(conversation, key, "failed");
  }

  read(screen: DayScreen, conversation: DayConversation): void {
    const person = screen.authorIn(conversation);
    const upTo = screen.looks.get(conversation)?.upTo ?? 0;
    if (upTo <= (conversation.reads.get(person) ?? 0)) return;
    screen.note({ who: screen.who, what: "read", conversation: conversation.id, upTo });
    conversation.reads.set(person, upTo);
    this.#reads.push({ conversation: conversation.id, person, seq: upTo, order: (this.#order += 1) });
    const node = conversation.owner ?? "a";
    this.clock.note(node, { who: node, what: "read.kept", conversation: conversation.id, person, upTo });
    const marks = { delivered: upTo, read: upTo };
    for (const other of this.screens) if (other.side !== screen.side) other.mark(conversation, marks);
  }

  did(injection: Injection, targets: readonly string[], from: number, until = from): void {
    this.clock.note("runner", { who: "runner", what: "did", injection, targets: [...targets], from, until });
  }

  /** Sockets break, and everybody comes back to whoever owns the conversations now. */
  rejoin(conversations: readonly DayConversation[]): void {
    for (const screen of this.screens)
      for (const conversation of conversations) {
        if (!screen.looks.has(conversation)) continue;
        screen.note({ who: screen.who, what: "close", conversation: conversation.id, code: 1006 });
        screen.look(conversation);
      }
  }

  dump(): void {
    const who = "dump";
    const note = (noted: Parameters<DayClock["note"]>[1]) => this.clock.note("dump", noted);
    this.conversations.forEach((conversation, i) => {
      const { id, customer, author, status, head, publicHead, epoch, owner, log, messages, reads } = conversation;
      note({
        who,
        what: "kept.conversation",
        conversation: id,
        org: "org",
        customer,
        customerAuthor: author,
        status,
        head,
        publicHead,
        epoch,
        owner,
      });
      for (const { facts, internal, order, epoch: at, owner: by } of log)
        note({
          who,
          what: "kept.event",
          conversation: id,
          event: facts,
          internal,
          at: 1,
          witness: { order, epoch: at, owner: by },
        });
      for (const { post, version, hash, deleted, internal } of messages.values())
        note({
          who,
          what: "kept.message",
          conversation: id,
          seq: post.seq,
          id: post.id,
          internal,
          by: post.by,
          version,
          hash,
          deleted,
        });
      for (const [person, seq] of reads) note({ who, what: "kept.read", conversation: id, person, seq });
      const before = i === 0 ? "" : `hash ${i}`;
      note({
        who,
        what: "kept.audit",
        org: "org",
        n: i + 1,
        action: "conversation.open",
        object: id,
        before,
        hash: `hash ${i + 1}`,
      });
    });
    for (const one of this.#epochs) note({ who, what: "witness.epoch", ...one });
    for (const one of this.#reads) note({ who, what: "witness.read", ...one });
    const n = this.conversations.length;
    note({ who, what: "audit.verdict", org: "org", n, hash: `hash ${n}`, firstBad: null });
    note({ who, what: "dump.end", events: this.conversations.reduce((sum, { head }) => sum + head, 0) });
  }

  #append(conversation: DayConversation, facts: EventFacts): void {
    const { id, epoch, owner } = conversation;
    const who = owner ?? "a";
    const call = (this.#calls.get(who) ?? 0) + 1;
    this.#calls.set(who, call);
    this.clock.note(who, { who, what: "append", call, conversation: id, epoch, events: [facts] });
    conversation.commit(facts);
    this.clock.note(who, { who, what: "appended", call, outcome: "kept" });
  }

  #tell(conversation: DayConversation, { seq, id, key }: EventFacts): void {
    const who = conversation.owner ?? "a";
    const internal = conversation.log[seq - 1]?.internal ?? false;
    for (const side of ["staff", "customer"] as const)
      if (side === "staff" || !internal)
        this.clock.note(who, {
          who,
          what: "tell",
          conversation: conversation.id,
          epoch: conversation.epoch,
          side,
          events: [{ seq, id, key }],
          sessions: 1,
        });
  }

  #answer(conversation: DayConversation, { seq, by, key }: EventFacts): void {
    const who = conversation.owner ?? "a";
    this.clock.note(who, {
      who,
      what: "answer",
      conversation: conversation.id,
      epoch: conversation.epoch,
      by,
      key,
      seq,
    });
  }
}
