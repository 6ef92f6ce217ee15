import { expect } from "vitest";
import { fold } from "#core/conversation/transcript.ts";
import { visibleTo } from "#core/conversation/visible-to.ts";
import type { ConversationEvent, Line } from "#protocol/conversation.ts";
import type { Side } from "#protocol/people.ts";
import { isRefusal } from "#protocol/refusals.ts";
import type { ConversationSession } from "../conversation-session.ts";
import { CustomerSession } from "../customer-session.ts";
import { pageMemory } from "../device-memory.ts";
import type { Dialer } from "../link.ts";
import { faultyDialer, noFaults, type LinkFaults } from "../memory/link-faults.ts";
import { MemoryHouse } from "../memory/memory-house.ts";
import { memoryCustomerWires, memoryStaffWires } from "../memory/memory-wires.ts";
import type { Outbox } from "../outbox.ts";
import type { MessageView, ViewLine } from "../view-line.ts";
import type { Clock } from "../world.ts";
import { WorkspaceSession } from "../workspace-session.ts";
import { dice } from "./dice.ts";
import { manualWorld, settled, type ManualWorld } from "./manual-world.ts";
import { sharedOutbox } from "./shared-outbox.ts";
import { TabHub } from "./tab-hub.ts";

const desk = "http://desk.example";
const bad: LinkFaults = { drop: 0.1, double: 0.1, delay: 0.3, delayMs: 900, lose: 0.1, cut: 0.05 };

type Page = { readonly chat: ConversationSession; readonly close: () => void };

/** Somebody in a browser: a page that can be reloaded, over a device that stays. */
type Browser = {
  readonly name: string;
  readonly side: Side;
  readonly kept: Outbox;
  readonly open: () => Promise<Page>;
  page: Page;
};

/** Ana in two tabs, Ben and Dee at the desk, and everything between them breaking. */
export class BadDay {
  readonly world: ManualWorld;
  readonly house: MemoryHouse;
  readonly browsers: Browser[] = [];
  readonly #roll: (below: number) => number;
  readonly #sent = new Map<string, { readonly by: string; readonly body: string }>();
  #faults: LinkFaults = bad;
  #isUp = true;
  #conversationId = "";
  #said = 0;

  private constructor(seed: number) {
    const chance = dice(seed);
    this.#roll = (below) => Math.floor(chance() * below);
    this.world = manualWorld(chance);
    this.house = new MemoryHouse({ ...this.world, clock: wholeMilliseconds(this.world.clock) });
  }

  static async begin(seed: number): Promise<BadDay> {
    const day = new BadDay(seed);
    await day.#openTabs();
    for (const name of ["Ben", "Dee"]) await day.#openDesk(name);
    return day;
  }

  /** A few moments in which somebody does something, and something breaks. */
  async hour(): Promise<void> {
    if (this.#roll(3) > 0) await this.#act(this.#pick(this.browsers));
    if (this.#roll(4) === 0) await this.#break();
    await this.world.clock.pass(this.#roll(1500));
    this.expectHonesty();
  }

  /** Everything is mended, and all are given time. */
  async heal(): Promise<void> {
    this.#faults = noFaults;
    this.#isUp = true;
    this.house.log.faults.down = false;
    this.world.network.say("online");
    await this.world.clock.pass(90_000);
    this.expectHonesty();
  }

  /** At any moment: nothing past a hole, nothing twice, nothing called saved that is not. */
  expectHonesty(): void {
    for (const { page, side, name } of this.browsers) {
      const { messages } = page.chat;
      const log = fold([], this.#visible(side));
      const from = log.findIndex(({ seq }) => seq === messages[0]?.seq);
      const holds = messages.findIndex((line, at) => from < 0 || line.seq !== log[from + at]?.seq);
      const bubbles = holds < 0 ? [] : messages.slice(holds);
      expect(
        bubbles.filter((line) => !isBubble(line)),
        `[I7] ${name} sees nothing past a hole`,
      ).toEqual([]);
      const keys = messages.map(({ key }) => key);
      expect(new Set(keys).size, `[I3] ${name} sees nothing twice`).toBe(keys.length);
      const ids = new Set(log.map(({ id }) => id));
      const phantoms = messagesOf(page.chat).filter(({ state, id }) => isSaved(state) && !ids.has(id));
      expect(phantoms, `[I4] ${name} sees nothing saved that is not`).toEqual([]);
    }
  }

  async expectAgreement(): Promise<void> {
    const events = this.#visible("staff");
    expect(
      events.map(({ seq }) => seq),
      "[I5] the numbers are dense",
    ).toEqual(events.map((_, at) => at + 1));
    for (const { page, side, name } of this.browsers) {
      while (page.chat.hasOlder) await page.chat.loadOlder();
      const fresh = fold([], this.#visible(side)).map(plain);
      const seen = page.chat.messages.filter(({ seq }) => seq !== null).map(plain);
      expect(seen, `[I6] ${name} sees what a fresh fold shows`).toEqual(fresh);
    }
  }

  async expectNothingLost(): Promise<void> {
    const keys = this.#visible("staff").map(({ clientId }) => clientId);
    const kept = await Promise.all(this.browsers.map((browser) => browser.kept.rows()));
    const parked = new Map(kept.flat().map((row) => [row.command.clientId, row.parked]));
    for (const [clientId, { by, body }] of this.#sent) {
      const times = keys.filter((key) => key === clientId).length;
      const isParked = parked.get(clientId) !== undefined && parked.get(clientId) !== null;
      expect(times + (isParked ? 1 : 0), `[I2] "${body}" by ${by} is there once, or parked`).toBe(1);
    }
    for (const name of ["Ana", "Ben", "Dee"]) {
      const sent = [...this.#sent].filter(([, { by }]) => by === name).map(([clientId]) => clientId);
      const order = keys.filter((key) => sent.includes(key));
      expect(order, `[I8] ${name}'s messages are in the order of sending`).toEqual(
        sent.filter((key) => order.includes(key)),
      );
    }
  }

  async #act({ page: { chat }, side, name }: Browser): Promise<void> {
    const own = messagesOf(chat).filter((line) => line.own && line.id !== "" && line.body !== null);
    const what = this.#roll(12);
    if (what < 7) await this.#say(chat, name);
    else if (what === 7 && own.length > 0) await chat.editMessage(this.#pick(own).key, `edited ${++this.#said}`);
    else if (what === 8 && own.length > 0) await chat.deleteMessage(this.#pick(own).key);
    else if (what === 9) chat.markRead();
    else if (what === 10 && side === "staff") await chat.postNote(`a note ${++this.#said}`);
    else if (what === 11 && this.#roll(4) === 0) void (chat.status === "open" ? chat.close() : chat.reopen());
    else chat.sendTypingIndicator();
  }

  async #say(chat: ConversationSession, by: string): Promise<void> {
    const body = `${by} says ${++this.#said}`;
    const kept = await chat.sendMessage(body);
    if (!isRefusal(kept)) this.#sent.set(kept.clientId, { by, body });
  }

  async #break(): Promise<void> {
    const { faults } = this.house.log;
    const what = this.#roll(9);
    if (what === 0) this.house.room(this.#conversationId).breakAll();
    else if (what === 1) faults.loseNext();
    else if (what === 2) faults.loseNextAnswer();
    else if (what === 3) faults.down = !faults.down;
    else if (what === 4) this.#isUp = !this.#isUp;
    else if (what === 5) this.world.network.say(this.world.network.onLine ? "offline" : "online");
    else if (what === 6) await this.#reload(this.#pick(this.browsers));
    else if (what === 7) this.world.clock.jump(this.#roll(20_000));
    else this.world.network.say("visible");
  }

  async #reload(browser: Browser): Promise<void> {
    browser.page.close();
    browser.page = await browser.open();
  }

  async #openTabs(): Promise<void> {
    const [memory, outbox, hub] = [pageMemory(), sharedOutbox(), new TabHub()];
    const { world, house } = this;
    const keeping = async () => ({ outbox: outbox.open(), tabs: hub.tab() });
    const wires = memoryCustomerWires(house, this.#wires);
    const enter = async () => {
      const customer = new CustomerSession({ desk, inboxKey: house.inboxKey, world, memory, keeping, wires });
      void customer.open();
      await settled();
      return customer;
    };
    this.#faults = noFaults;
    const first = await enter();
    await this.#say(first.conversation(), "Ana");
    await settled();
    this.#conversationId = [...house.desk.conversations.keys()][0] ?? "";
    this.#faults = bad;
    first.destroy();
    const open = async () => {
      const customer = await enter();
      return { chat: customer.conversation(this.#conversationId), close: () => customer.destroy() };
    };
    for (const name of ["Ana", "Ana"])
      this.browsers.push({ name, side: "customer", kept: outbox.kept, open, page: await open() });
  }

  async #openDesk(name: string): Promise<void> {
    const { email } = await this.house.addStaff(name);
    const [outbox, hub] = [sharedOutbox(), new TabHub()];
    const keeping = async () => ({ outbox: outbox.open(), tabs: hub.tab() });
    const wires = memoryStaffWires(this.house, this.#wires);
    const open = async () => {
      const session = new WorkspaceSession({ desk, world: this.world, keeping, wires });
      const isUp = this.#isUp;
      this.#isUp = true; // a sign-in that fails is for another test
      await session.signIn({ email, password: "secret" });
      this.#isUp = isUp;
      return { chat: session.conversation(this.#conversationId), close: () => session.destroy() };
    };
    this.browsers.push({ name, side: "staff", kept: outbox.kept, open, page: await open() });
  }

  get #wires() {
    return {
      isUp: () => this.#isUp,
      line: (dialer: Dialer) => faultyDialer(dialer, () => this.#faults, this.world),
    };
  }

  #visible(side: Side): readonly ConversationEvent[] {
    const { events } = this.house.desk.conversations.get(this.#conversationId)!;
    return events.filter((event) => visibleTo(side, event));
  }

  #pick<T>(some: readonly T[]): T {
    return some[this.#roll(some.length)] as T;
  }
}

/** A desk's clock has no parts of a millisecond, as those of chance would leave in ours. */
const wholeMilliseconds = (clock: Clock): Clock => ({
  now: () => Math.floor(clock.now()),
  after: (ms, call) => clock.after(ms, call),
});

const messagesOf = (chat: ConversationSession): readonly MessageView[] =>
  chat.messages.filter((line): line is MessageView => "body" in line);

const isSaved = (state: MessageView["state"]): boolean =>
  state !== null && ["saved", "delivered", "read"].includes(state);

/** Mine, and not in the log, or acknowledged and its event not here yet. */
const isBubble = (line: ViewLine): boolean =>
  "state" in line && line.own && (line.seq === null || line.state === "saved");

/** What a line and its view have in common. */
function plain(line: Line | ViewLine): unknown {
  const { kind, seq, at } = line;
  return "body" in line ? { kind, seq, at, body: line.body, version: line.version } : { kind, seq, at };
}
