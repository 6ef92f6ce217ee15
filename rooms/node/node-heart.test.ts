import { beforeEach, describe, expect, test, vi } from "vitest";
import { Unavailable } from "#core/ports/conversation-log.ts";
import { ManualClock } from "../testing/manual-clock.ts";
import { NodeHeart, type Owned } from "./node-heart.ts";

let clock: ManualClock;
let owned: Map<string, number>;
let asked: ReadonlyMap<string, number>[];
let answer: () => Promise<void>;
let heart: NodeHeart;
let faults: unknown[];

beforeEach(() => {
  clock = new ManualClock();
  owned = new Map([
    ["a", 1],
    ["b", 1],
  ]);
  asked = [];
  answer = async () => undefined;
  faults = [];
  const stillOwned = async (rooms: ReadonlyMap<string, number>) => {
    asked.push(rooms);
    const then = new Set([...rooms].filter(([id, epoch]) => owned.get(id) === epoch).map(([id]) => id));
    await answer();
    return then;
  };
  heart = new NodeHeart({ stillOwned }, clock, (error) => void faults.push(error));
  heart.start(() => undefined);
});

function room(id: string, epoch: number | undefined): Owned & { lose: ReturnType<typeof vi.fn<() => void>> } {
  const made = { id, epoch, lose: vi.fn<() => void>() };
  heart.watch(made, heart.pauses);
  return made;
}

describe("every two seconds", () => {
  test("all rooms of the node are asked for in one question, and the lost ones lose", async () => {
    const [a, b] = [room("a", 1), room("b", 1)];
    room("unclaimed", undefined);
    owned.set("b", 2);
    await clock.pass(2000);
    expect(asked).toEqual([new Map([["a", 1], ["b", 1]])]); // prettier-ignore
    expect(a.lose).not.toHaveBeenCalled();
    expect(b.lose).toHaveBeenCalledTimes(1);
  });

  test("a room that claimed again while it was asked about is not lost", async () => {
    const a = { id: "a", epoch: 1, lose: vi.fn<() => void>() };
    heart.watch(a, heart.pauses);
    owned.set("a", 2);
    answer = async () => void (a.epoch = 2);
    await clock.pass(2000);
    expect(a.lose).not.toHaveBeenCalled();
  });

  test("a room that ends does not take the place of the next one with its name, and an older epoch is lost", async () => {
    owned.set("a", 2);
    const [next, ending] = [room("a", 2), room("a", 1)];
    await clock.pass(2000);
    expect(asked).toEqual([new Map([["a", 2]])]);
    expect([next.lose.mock.calls.length, ending.lose.mock.calls.length]).toEqual([0, 1]);
    heart.forget(ending);
    owned.set("a", 3);
    await clock.pass(2000);
    expect(next.lose).toHaveBeenCalledTimes(1);
  });

  test("a room that is forgotten is not asked for", async () => {
    const a = room("a", 1);
    heart.forget(a);
    await clock.pass(2000);
    expect(asked).toEqual([]);
  });
});

describe("[I12] a process that stood still for more than a second", () => {
  test("is sure of nothing, from the first look on, before any timer has rung", () => {
    room("a", 1);
    clock.freeze(1251);
    expect(heart.isSure()).toBe(false);
  });

  test("a beat that is late by less says nothing", () => {
    clock.freeze(1249);
    expect(heart.isSure()).toBe(true);
  });

  test("asks at once, and whoever waits goes on when everything is verified", async () => {
    const [a, b] = [room("a", 1), room("b", 1)];
    clock.freeze(5000);
    owned.set("b", 9);
    await heart.sure();
    expect(b.lose).toHaveBeenCalledTimes(1);
    expect(a.lose).not.toHaveBeenCalled();
    expect(heart.isSure()).toBe(true);
  });

  test("an answer to a question from before the pause is not enough", async () => {
    const a = room("a", 1);
    answer = async () => {
      if (asked.length > 1) return;
      owned.set("a", 2); // while we stand still, another claims
      clock.freeze(5000);
    };
    await clock.pass(2000);
    await heart.sure();
    expect(asked).toHaveLength(2);
    expect(a.lose).toHaveBeenCalledTimes(1);
  });

  test("verifies a room whose epoch was asked for before the pause, though everything else has been verified since", async () => {
    const { pauses } = heart;
    clock.freeze(5000);
    owned.set("a", 2); // while we stand still, another claims
    await heart.sure();
    const a = { id: "a", epoch: 1, lose: vi.fn<() => void>() };
    heart.watch(a, pauses); // only now its own claim is answered
    expect(heart.isSure()).toBe(false);
    await heart.sure();
    expect(a.lose).toHaveBeenCalledTimes(1);
  });

  test("is not sure of such a room by an answer that was already on its way", async () => {
    const { pauses } = heart;
    clock.freeze(5000);
    owned.set("a", 2);
    const a = { id: "a", epoch: 1, lose: vi.fn<() => void>() };
    room("b", 1);
    answer = async () => {
      if (asked.length === 1) heart.watch(a, pauses);
    };
    await heart.sure();
    expect(a.lose).toHaveBeenCalledTimes(1);
  });

  test("stays unsure while the log cannot be asked, says so to those who wait, and asks again at each beat", async () => {
    room("a", 1);
    answer = () => Promise.reject(new Unavailable("down"));
    clock.freeze(5000);
    await expect(heart.sure()).rejects.toThrow(Unavailable);
    await clock.pass(250);
    expect(heart.isSure()).toBe(false);
    answer = async () => undefined;
    await clock.pass(250);
    expect(heart.isSure()).toBe(true);
    expect(faults.every((fault) => fault instanceof Unavailable)).toBe(true);
  });
});
