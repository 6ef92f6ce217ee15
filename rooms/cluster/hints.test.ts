import { beforeEach, describe, expect, test } from "vitest";
import { Reception } from "../node/reception.ts";
import { Switchboard } from "../node/switchboard.ts";
import { ManualClock } from "../testing/manual-clock.ts";
import { earOf } from "./ear-of.ts";
import { HintExchange } from "./hint-exchange.ts";

type Listener = (message: unknown) => void;

/** Redis' part in it: everybody hears everything, as JSON, unless it is away. */
class Bus {
  readonly said: unknown[] = [];
  readonly #listeners: Listener[] = [];
  isAway = false;

  hear(_channel: string, call: Listener): void {
    this.#listeners.push(call);
  }

  async publish(_channel: string, message: unknown): Promise<void> {
    if (this.isAway) throw new Error("away");
    this.said.push(message);
    for (const call of this.#listeners) call(JSON.parse(JSON.stringify(message)));
  }
}

const org = "brewster";
const online = { customerOnline: true, customerTyping: false };
const away = { customerOnline: false, customerTyping: false };

let bus: Bus;
let clock: ManualClock;
function node(id: string) {
  const exchange = new HintExchange(bus, id, clock);
  const tell = exchange.send.bind(exchange);
  const [switchboard, reception] = [new Switchboard(tell), new Reception(tell)];
  const seen = {
    changes: 0,
    presence: 0,
    reads: [] as number[],
    closed: [] as string[],
    renewed: [] as string[],
    rolls: 0,
  };
  switchboard.listen(org, {
    changed: () => void seen.changes++,
    presence: () => void seen.presence++,
    read: (_conversation, _person, upTo) => void seen.reads.push(upTo),
  });
  reception.listen(org, () => void seen.rolls++);
  const closeSessions = (ids: readonly string[]) => void seen.closed.push(...ids);
  const renew = (ids: readonly string[]) => void seen.renewed.push(...ids);
  exchange.listen(earOf({ switchboard, reception, closeSessions, renew }));
  return { exchange, switchboard, reception, seen };
}
let one: ReturnType<typeof node>;
let other: ReturnType<typeof node>;

beforeEach(() => {
  bus = new Bus();
  clock = new ManualClock();
  [one, other] = [node("one"), node("other")];
});

describe("what a node tells the others", () => {
  test("that something was kept, once for each moment however often it happened, and never itself again", async () => {
    for (let n = 0; n < 100; n++) one.switchboard.changed(org);
    await clock.pass(20);
    expect(bus.said).toHaveLength(1);
    expect([one.seen.changes, other.seen.changes]).toEqual([100, 1]);
  });

  test("who is online and typing, and the last word counts", async () => {
    one.switchboard.present(org, "talk", online);
    one.switchboard.present(org, "talk", { customerOnline: true, customerTyping: true });
    await clock.pass(20);
    expect(other.switchboard.presenceOf(org, "talk")).toEqual({ customerOnline: true, customerTyping: true });
    one.switchboard.present(org, "talk", away);
    await clock.pass(20);
    expect(other.switchboard.presenceOf(org, "talk")).toEqual(away);
    expect(other.seen.presence).toBe(2);
  });

  test("a customer who moves from one node to the other is online all the while, in whichever order it is told", async () => {
    one.switchboard.present(org, "talk", online);
    await clock.pass(20);
    other.switchboard.present(org, "talk", online);
    one.switchboard.present(org, "talk", away);
    await clock.pass(20);
    for (const { switchboard } of [one, other]) expect(switchboard.presenceOf(org, "talk")).toEqual(online);
  });

  test("how far somebody has read, which sessions ended and which conversations changed hands", async () => {
    one.switchboard.read(org, "talk", "ben", 3);
    one.switchboard.read(org, "talk", "ben", 5);
    one.exchange.send({ type: "closeSessions", sessionIds: ["s1"] });
    one.exchange.send({ type: "closeSessions", sessionIds: ["s2"] });
    one.exchange.send({ type: "renew", conversationIds: ["talk"] });
    await clock.pass(20);
    expect(other.seen).toMatchObject({ reads: [5], closed: ["s1", "s2"], renewed: ["talk"] });
    expect(one.seen).toMatchObject({ reads: [3, 5], closed: [], renewed: [] });
  });

  test("which colleagues are at it", async () => {
    one.reception.here({ orgId: org, userIds: ["ben"] });
    await clock.pass(20);
    expect([...other.reception.elsewhere(org)]).toEqual(["ben"]);
    expect(other.seen.rolls).toBe(1);
    one.reception.hangUp(org);
    await clock.pass(20);
    expect([...other.reception.elsewhere(org)]).toEqual([]);
  });
});

describe("what was missed", () => {
  test("is mended by the next whole picture", async () => {
    one.switchboard.present(org, "stays", online);
    one.switchboard.present(org, "goes", online);
    await clock.pass(20);
    bus.isAway = true;
    one.switchboard.present(org, "goes", away);
    one.switchboard.present(org, "comes", online);
    one.reception.here({ orgId: org, userIds: ["dee"] });
    await clock.pass(20);
    bus.isAway = false;
    one.exchange.sendWhole();
    await clock.pass(20);
    const presence = ["stays", "goes", "comes"].map((id) => other.switchboard.presenceOf(org, id).customerOnline);
    expect(presence).toEqual([true, false, true]);
    expect([...other.reception.elsewhere(org)]).toEqual(["dee"]);
  });

  test("a node that is gone, or silent for long, takes what it told with it", async () => {
    one.switchboard.present(org, "talk", online);
    one.reception.here({ orgId: org, userIds: ["ben"] });
    await clock.pass(20);
    expect(other.exchange.neighbours).toEqual(["one"]);
    await clock.pass(12_001);
    other.exchange.loseSilent(5000); // Redis was away meanwhile: nobody could say anything
    expect(other.switchboard.presenceOf(org, "talk")).toEqual(online);
    other.exchange.loseSilent(13_000);
    expect(other.switchboard.presenceOf(org, "talk")).toEqual(away);
    expect([...other.reception.elsewhere(org)]).toEqual([]);
    expect(other.exchange.neighbours).toEqual([]);
  });

  test("what is no hint of ours does nothing", async () => {
    const hint = { type: "changed", orgId: org };
    for (const message of [null, "x", {}, { nodeId: "x", hints: [{ ...hint, more: 1 }] }, { nodeId: "x", hints: hint }])
      await bus.publish("", message);
    expect(other.seen.changes).toBe(0);
    await bus.publish("", { nodeId: "x", hints: [hint] });
    expect(other.seen.changes).toBe(1);
  });
});
