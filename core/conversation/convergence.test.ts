import { expect, test } from "vitest";
import { CommandRefused, Owner, type Order } from "#core/contract/owner.ts";
import type { ConversationEvent, Frame } from "#protocol/conversation.ts";
import type { Person } from "#protocol/people.ts";
import { memoryConversationLog } from "../memory/conversation-log.ts";
import { keepConversation, memoryDesk } from "../memory/memory-desk.ts";
import { Dice } from "../testing/dice.ts";
import { ana, ben, dee, sam } from "../testing/people.ts";
import { Viewer } from "../testing/viewer.ts";
import { fold } from "./transcript.ts";
import { framesFor, visibleTo } from "./visible-to.ts";

const conversationId = "00000000-0000-4000-a000-000000000000";
const knownBad: readonly number[] = [1, 20_250_611, 1_773_127_594];
const fresh = Math.floor(Math.random() * 2 ** 31);

for (const seed of [...knownBad, fresh])
  test(`[CV12] [CV13] clients agree after a bad day, and never see past a hole (seed ${seed})`, async () => {
    const day = await BadDay.begin(seed);
    while (day.events.length < 80) await day.hour();
    await day.expectAgreement();
  });

/** One room, six viewers, and wires between them that drop, double, delay and reorder. */
class BadDay {
  readonly dice: Dice;
  readonly owner: Owner;
  readonly viewers = (["customer", "customer", "staff", "staff", "staff", "customer"] as const).map(
    (side) => new Viewer(side),
  );
  readonly onTheWire: Frame[][] = this.viewers.map(() => []);
  readonly events: ConversationEvent[] = [];

  private constructor(dice: Dice, owner: Owner) {
    this.dice = dice;
    this.owner = owner;
  }

  static async begin(seed: number): Promise<BadDay> {
    const desk = memoryDesk();
    const hers = { customerId: "c", customerAuthor: ana.id, epoch: 0, ownerNode: null, changed: 0, reads: new Map() };
    const where = { orgId: "o", inboxId: "i", page: null };
    keepConversation(desk, { id: conversationId, ...where, ...hers, events: [] });
    return new BadDay(new Dice(seed), await Owner.claim(memoryConversationLog(desk), conversationId, "node"));
  }

  async hour(): Promise<void> {
    if (this.dice.roll(3) > 0) await this.somebodyActs();
    for (const [i, viewer] of this.viewers.entries()) {
      this.deliver(viewer, this.onTheWire[i]!);
      if (this.dice.roll(12) === 0) await viewer.fetch(this.owner.log, conversationId, 1 + this.dice.roll(5));
      this.expectPrefix(viewer);
    }
  }

  async somebodyActs(): Promise<void> {
    const append = await this.owner.prepare(...this.action(), this.dice.roll(10_000)).catch((error: unknown) => {
      if (!(error instanceof CommandRefused)) throw error;
      return undefined;
    });
    if (!append) return;
    const before = this.owner.conversation;
    await this.owner.append(append);
    this.events.push(...append.events);
    for (const [i, { side }] of this.viewers.entries())
      this.send(this.onTheWire[i]!, framesFor(side, side === "staff" ? before.head : before.publicHead, append.events));
  }

  action(): [Person, Order] {
    const by = this.dice.pick<Person>([ana, ben, dee, sam]);
    const said = this.events.filter((event) => event.type === "message.posted" || event.type === "note.posted");
    const messageId = said.length > 0 ? this.dice.pick(said).id : conversationId;
    const version = 1 + this.dice.roll(2);
    const body = `text ${this.events.length}`;
    return [
      by,
      this.dice.pick<Order>([
        { type: "message.send", body },
        { type: "message.send", body },
        { type: "note.post", body },
        { type: "message.edit", messageId, version, body },
        { type: "message.delete", messageId, version },
        { type: "conversation.join" },
        { type: "conversation.leave" },
        { type: "conversation.close" },
        { type: "conversation.reopen" },
      ]),
    ];
  }

  send(wire: Frame[], frames: readonly Frame[]): void {
    for (const frame of frames) {
      const copies = this.dice.pick([0, 1, 1, 1, 1, 2]);
      for (let i = 0; i < copies; i += 1) wire.push(frame);
    }
  }

  deliver(viewer: Viewer, wire: Frame[]): void {
    for (let left = this.dice.roll(wire.length + 1); left > 0; left -= 1) {
      // Mostly in order, sometimes not.
      const [frame] = wire.splice(this.dice.roll(4) === 0 ? this.dice.roll(wire.length) : 0, 1);
      viewer.receive(frame!);
    }
  }

  /** [I7] what is shown is all that may be seen up to a number: no hole, nothing doubled, nothing of others. */
  expectPrefix(viewer: Viewer): void {
    const seen = this.events.filter((event) => event.seq <= viewer.contiguous && visibleTo(viewer.side, event));
    const shape = (lines: Viewer["lines"]) =>
      lines.map((line) => [line.seq, line.kind, "version" in line && line.version]);
    expect(shape(viewer.lines)).toEqual(shape(fold([], seen)));
  }

  async expectAgreement(): Promise<void> {
    for (const viewer of this.viewers) {
      await viewer.fetch(this.owner.log, conversationId, 7);
      const visible = this.events.filter((event) => visibleTo(viewer.side, event));
      expect(viewer.lines).toEqual(fold([], visible));
      const page = await this.owner.log.page(conversationId, viewer.side, undefined, 1000);
      expect(viewer.lines).toEqual(page.lines);
    }
  }
}
