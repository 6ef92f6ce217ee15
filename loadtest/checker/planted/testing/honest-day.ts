import type { Written } from "./day-clock.ts";
import type { DayConversation } from "./day-conversation.ts";
import { DayDesk, type Command } from "./day-desk.ts";
import type { DayScreen } from "./day-screen.ts";
import { bubbleOf } from "./day-screen.ts";

/** So far apart that no fault disturbs the next. */
const calmMs = 15_000;

/** Who is there on every day: customers ana and cy, ben who answers both, dana who reads along. */
export type Cast = {
  readonly desk: DayDesk;
  readonly ana: DayScreen;
  readonly cy: DayScreen;
  readonly ben: DayScreen;
  readonly dana: DayScreen;
  /** Ana's, with notes. */
  readonly first: DayConversation;
  /** Cy's. */
  readonly second: DayConversation;
};

/**
 * A day on which everything that can be judged happens, and everything is right.
 * @param mischief what happens in the evening that is not right
 */
export function honestDay(seed: number, steps = 40, mischief?: (cast: Cast) => void): readonly Written[] {
  const day = new Day(seed);
  day.morning();
  for (let i = 0; i < steps; i += 1) day.step();
  day.faults();
  for (let i = 0; i < steps; i += 1) day.step();
  mischief?.(day.cast);
  day.evening();
  return day.desk.clock.written;
}

class Day {
  readonly desk: DayDesk;
  readonly #ana: DayScreen;
  readonly #cy: DayScreen;
  readonly #ben: DayScreen;
  /** Reads along without having joined. */
  readonly #dana: DayScreen;
  readonly #first: DayConversation;
  readonly #second: DayConversation;
  #texts = 0;

  constructor(seed: number) {
    this.desk = new DayDesk(seed);
    for (const node of ["a", "b", "c", "d"]) this.desk.node(node);
    this.#ana = this.desk.screen("ana", "customer", "customer ana");
    this.#cy = this.desk.screen("cy", "customer", "customer cy");
    this.#ben = this.desk.screen("ben", "staff", "user ben");
    this.#dana = this.desk.screen("dana", "staff", "user dana");
    this.#first = this.desk.open("customer ana");
    this.#second = this.desk.open("customer cy");
  }

  get cast(): Cast {
    const [ana, cy, ben, dana] = [this.#ana, this.#cy, this.#ben, this.#dana];
    return { desk: this.desk, ana, cy, ben, dana, first: this.#first, second: this.#second };
  }

  morning(): void {
    const { desk } = this;
    desk.claim("a", this.#first);
    desk.claim("b", this.#second);
    for (const [screen, conversation] of this.#seats()) desk.look(screen, conversation);
    desk.run(this.#ben, this.#first, { type: "conversation.join" });
    desk.run(this.#ben, this.#second, { type: "conversation.join" });
    for (const [screen, conversation] of this.#seats()) this.#send(screen, conversation);
    desk.run(this.#ben, this.#first, this.#note());
    desk.run(this.#ana, this.#first, this.#message(), "answer lost");
    this.#change(this.#ana, this.#first, "message.edit");
    this.#change(this.#ana, this.#first, "message.edit");
    this.#change(this.#ben, this.#first, "message.edit");
    for (const [screen, conversation] of this.#seats()) desk.read(screen, conversation);
    this.#change(this.#ben, this.#second, "message.delete");
    this.#refusal();
  }

  /** Anything of an ordinary day. */
  step(): void {
    const { clock } = this.desk;
    clock.wait(clock.roll(400));
    const [screen, conversation] = clock.pick(this.#seats());
    const kind = clock.roll(12);
    if (kind === 0) this.#change(screen, conversation, "message.edit");
    else if (kind === 1) this.#change(screen, conversation, "message.delete");
    else if (kind === 2) this.desk.read(screen, conversation);
    else if (kind === 3) this.#reload(screen);
    else if (kind === 4) this.desk.run(screen, conversation, this.#message(), "answer lost");
    else if (kind === 5 && screen.side === "staff") this.desk.run(screen, conversation, this.#note());
    else this.#send(screen, conversation);
  }

  faults(): void {
    for (const fault of [
      this.#kill,
      this.#freeze,
      this.#drain,
      this.#database,
      this.#redis,
      this.#reconnect,
      this.#offline,
    ]) {
      this.desk.clock.wait(calmMs);
      fault.call(this);
    }
    this.#reloadMidSend();
    this.#ackFirst();
    this.desk.clock.wait(calmMs);
  }

  evening(): void {
    const { desk } = this;
    const note = (noted: Parameters<typeof desk.clock.note>[1]) => desk.clock.note("runner", noted);
    note({ who: "runner", what: "phase", phase: "healed" });
    note({ who: "runner", what: "phase", phase: "drained" });
    for (const { who } of desk.screens) note({ who, what: "rest", outbox: `outbox of ${who}`, rows: [] });
    for (const [screen, conversation] of this.#seats()) screen.catchUp(conversation);
    note({ who: "runner", what: "phase", phase: "fetched" });
    for (const who of ["c", "d"])
      desk.clock.note(who, { who, what: "counts", phase: "end", rooms: 0, connections: 0, heapBytes: 40_000_000 });
    desk.dump();
  }

  #kill(): void {
    const { desk } = this;
    const message = this.#message();
    const from = desk.clock.t;
    const key = desk.press(this.#ana, this.#first, message);
    desk.clock.wait(180);
    desk.claim("b", this.#first);
    desk.rejoin([this.#first]);
    desk.carry(this.#ana, this.#first, key, message);
    desk.did("kill9", ["a"], from);
  }

  #freeze(): void {
    const { desk } = this;
    const message = this.#message();
    const from = desk.clock.t;
    const key = desk.press(this.#ben, this.#second, message);
    desk.clock.wait(2400);
    for (const conversation of desk.conversations) desk.claim("c", conversation);
    desk.rejoin(desk.conversations);
    desk.carry(this.#ben, this.#second, key, message);
    desk.clock.wait(7600);
    const until = desk.clock.t;
    desk.clock.note("b", { who: "b", what: "woke", pausedMs: until - from });
    desk.clock.note("b", { who: "b", what: "dispose", conversation: this.#second.id });
    desk.did("freeze", ["b"], from, until);
  }

  #drain(): void {
    const { desk } = this;
    const from = desk.clock.t;
    desk.clock.note("c", { who: "c", what: "drain", phase: "begin" });
    for (const conversation of desk.conversations) {
      desk.release(conversation);
      desk.claim("d", conversation);
    }
    desk.rejoin(desk.conversations);
    this.#send(this.#ana, this.#first);
    desk.clock.note("c", { who: "c", what: "drain", phase: "end" });
    desk.did("sigterm", ["c"], from, desk.clock.t);
  }

  #database(): void {
    const { desk } = this;
    const message = this.#message();
    const from = desk.clock.t;
    const key = desk.press(this.#ana, this.#first, message);
    this.#ana.note({ who: "ana", what: "info", conversation: this.#first.id, key, code: "unavailable" });
    desk.clock.wait(3000);
    this.#ana.restate(this.#first, key, "kept");
    desk.clock.wait(2000);
    const until = desk.clock.t;
    desk.clock.wait(900);
    desk.carry(this.#ana, this.#first, key, message);
    desk.did("postgresStopped", ["postgres"], from, until);
  }

  #redis(): void {
    const { desk } = this;
    const from = desk.clock.t;
    for (let i = 0; i < 24; i += 1) this.#send(this.#cy, this.#second);
    desk.did("redisStopped", ["redis"], from, desk.clock.t);
  }

  #reconnect(): void {
    const from = this.desk.clock.t;
    this.desk.rejoin(this.desk.conversations);
    this.desk.did("everybodyReconnects", [], from);
  }

  #offline(): void {
    const { desk } = this;
    const from = desk.clock.t;
    this.#cy.banner = "offline";
    this.#cy.show(this.#second);
    const message = this.#message();
    const key = desk.press(this.#cy, this.#second, message);
    this.#cy.restate(this.#second, key, "kept");
    desk.clock.wait(20_000);
    this.#cy.banner = "back";
    this.#cy.look(this.#second);
    desk.carry(this.#cy, this.#second, key, message);
    desk.did("offline", ["cy"], from, desk.clock.t);
  }

  #refusal(): void {
    const { desk } = this;
    desk.run(this.#ben, this.#second, { type: "conversation.close" });
    const key = desk.run(this.#cy, this.#second, this.#message(), "refused");
    this.#cy.note({ who: "cy", what: "discarded", conversation: this.#second.id, key });
    this.#cy.restate(this.#second, key, "gone");
    desk.run(this.#cy, this.#second, { type: "conversation.reopen" });
  }

  #reloadMidSend(): void {
    const { desk } = this;
    const message = this.#message();
    const key = desk.press(this.#ana, this.#first, message);
    this.#ana.reload();
    const again = {
      conversation: this.#first.id,
      key,
      type: message.type,
      hash: bubbleOf(key, message.type, message.text).hash,
    };
    this.#ana.note({ who: "ana", what: "invoke", ...again });
    desk.look(this.#ana, this.#first);
    this.#ana.bubble(this.#first, bubbleOf(key, message.type, message.text));
    desk.carry(this.#ana, this.#first, key, message);
  }

  /** Acknowledgements over HTTP, while frames of others and of one's own are still to come. */
  #ackFirst(): void {
    const { desk } = this;
    const message = this.#message();
    desk.run(this.#ana, this.#first, message);
    const { id } = this.#first.log.at(-1)!.facts;
    this.#ana.isDeaf = true;
    this.#change(this.#ben, this.#first, "message.edit");
    this.#send(this.#ben, this.#first);
    for (const command of [this.#message(), { type: "message.edit", target: id, text: this.#text() }]) {
      const key = desk.press(this.#ana, this.#first, command);
      this.#ana.acked(this.#first, desk.carry(this.#ana, this.#first, key, command));
    }
    this.#ana.isDeaf = false;
    this.#ana.catchUp(this.#first);
  }

  #reload(screen: DayScreen): void {
    screen.reload();
    for (const [one, conversation] of this.#seats()) if (one === screen) this.desk.look(screen, conversation);
  }

  #change(screen: DayScreen, conversation: DayConversation, type: "message.edit" | "message.delete"): void {
    const own = [...conversation.messages.values()].filter(
      ({ post, deleted }) => !deleted && post.by.id === screen.authorIn(conversation),
    );
    if (own.length === 0) return;
    const target = this.desk.clock.pick(own).post.id;
    this.desk.run(
      screen,
      conversation,
      type === "message.edit" ? { type, target, text: this.#text() } : { type, target },
    );
  }

  #send(screen: DayScreen, conversation: DayConversation): void {
    this.desk.run(screen, conversation, this.#message());
  }

  #message(): Command & { readonly text: string } {
    return { type: "message.send", text: this.#text() };
  }

  #note(): Command {
    return { type: "note.post", text: this.#text() };
  }

  #text(): string {
    this.#texts += 1;
    return `Text ${this.#texts}`;
  }

  #seats(): readonly (readonly [DayScreen, DayConversation])[] {
    return [
      [this.#ana, this.#first],
      [this.#cy, this.#second],
      [this.#ben, this.#first],
      [this.#ben, this.#second],
      [this.#dana, this.#first],
    ];
  }
}
