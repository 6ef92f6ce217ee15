import { beforeEach, describe, expect, test, vi } from "vitest";
import { colyseusDialer } from "./colyseus-link.ts";
import type { Seat } from "./desk-api.ts";
import { unreachable, type Failed } from "./desk-request.ts";
import { noSocket } from "./link.ts";
import { ManualClock } from "./testing/manual-world.ts";

const taken = vi.hoisted((): Seat[] => []);
vi.mock("./colyseus-room.ts", () => ({
  joinRoom: async ({ seat }: { seat: Seat }) => {
    taken.push(seat);
    return noSocket;
  },
}));

const listener = { told: () => undefined, header: () => undefined, closed: () => undefined };

function dialling() {
  const clock = new ManualClock();
  const desk = { node: "node-1", asked: 0, failure: undefined as Failed | undefined };
  const seat = async (): Promise<Seat | Failed> => {
    desk.asked += 1;
    return desk.failure ?? { name: "conversation", roomId: "r", sessionId: `${desk.asked}`, processId: desk.node };
  };
  const dialer = colyseusDialer({ desk: "https://desk.example", clock, seat });
  return { clock, desk, dialer, dial: () => dialer.dial(listener) };
}

beforeEach(() => void taken.splice(0));

describe("who asks for the owner has asked for a seat", () => {
  test("another owner's is taken by the next dial, once", async () => {
    const { desk, dialer, dial } = dialling();
    await dial();
    desk.node = "node-2";
    expect(await dialer.owner()).toBe("node-2");
    await dial();
    await dial();
    expect([taken.map(({ sessionId }) => sessionId), desk.asked]).toEqual([["1", "2", "3"], 3]);
  });

  test("the same owner's is left, and one that has grown old too", async () => {
    const { clock, desk, dialer, dial } = dialling();
    await dial();
    await dialer.owner();
    await dial();
    expect(taken.at(-1)?.sessionId).toBe("3");
    desk.node = "node-2";
    await dialer.owner();
    await clock.pass(5000);
    await dial();
    expect(taken.at(-1)?.sessionId).toBe("5");
  });

  test("a desk that cannot say who it is keeps nothing", async () => {
    const { desk, dialer, dial } = dialling();
    desk.failure = unreachable;
    expect(await dialer.owner()).toBeUndefined();
    expect(await dial()).toEqual(unreachable);
    expect(taken).toEqual([]);
  });
});
