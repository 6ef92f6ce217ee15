import { describe, expect, test } from "vitest";
import { closeCodes } from "#protocol/close-codes.ts";
import { limits } from "#protocol/limits.ts";
import { unreachable } from "./desk-request.ts";
import { noSocket, wire } from "./link.ts";
import { LinkKeeper, type LinkState } from "./link-keeper.ts";
import { manualWorld, settled } from "./testing/manual-world.ts";
import { ScriptedDialer } from "./testing/scripted-dialer.ts";

const gone = 1006;

async function keeping(chance = () => 0.5) {
  const world = manualWorld(chance);
  const socket = new ScriptedDialer();
  const polling = new ScriptedDialer("polling");
  const states: LinkState[] = [];
  const told: [string, unknown][] = [];
  const ends: string[] = [];
  const keeper = new LinkKeeper({ socket, polling }, world, {
    opened: () => undefined,
    told: (...message) => told.push(message),
    header: () => undefined,
    changed: () => states.push(keeper.state),
    ended: (code) => ends.push(code),
  });
  const start = async () => {
    keeper.start();
    await settled();
  };
  const pings = async (ms: number) => {
    for (let passed = 0; passed < ms; passed += limits.pingEveryMs) {
      await world.clock.pass(limits.pingEveryMs);
      socket.last.listener.told(wire.ping, { head: 0 });
    }
  };
  return { world, clock: world.clock, socket, polling, keeper, states, told, ends, start, pings };
}

describe("coming back", () => {
  test("a lost link is dialled again, each time after a random part of twice as long, at most 30 s", async () => {
    const { socket, clock, start } = await keeping(() => 0.999);
    await start();
    socket.next = [unreachable];
    socket.last.listener.closed(gone);
    const dialledAt = [clock.now()];
    const dial = socket.dial.bind(socket);
    socket.dial = (listener) => {
      dialledAt.push(clock.now());
      return dial(listener);
    };
    await clock.pass(150_000);
    const pauses = dialledAt.slice(1).map((at, index) => Math.round((at - dialledAt[index]!) / 0.999));
    expect(pauses).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
  });

  test("the pause is drawn from zero on, so that nobody comes back together", async () => {
    const { socket, clock, start } = await keeping(() => 0);
    await start();
    socket.last.listener.closed(gone);
    await clock.pass(0);
    expect(socket.dials).toBe(2);
  });

  test("ten stable seconds begin the count anew; less do not", async () => {
    const { socket, clock, start, pings } = await keeping(() => 0.999);
    await start();
    for (let losses = 0; losses < 4; losses++) {
      socket.last.listener.closed(gone);
      await clock.pass(5000);
    }
    socket.last.listener.closed(gone);
    await clock.pass(7900);
    expect(socket.dials, "2^4 halves of a second, less a thousandth").toBe(5);
    await clock.pass(100);
    expect(socket.dials).toBe(6);
    await pings(10_000);
    socket.last.listener.closed(gone);
    await clock.pass(500);
    expect(socket.dials).toBe(7);
  });

  test.each(["online", "visible", "awake"] as const)("it dials at once when the device says %s", async (news) => {
    const { socket, clock, world, start } = await keeping(() => 0.999);
    await start();
    socket.next = [unreachable];
    socket.last.listener.closed(gone);
    await clock.pass(20_000);
    const before = socket.dials;
    world.network.say(news);
    await settled();
    expect(socket.dials).toBe(before + 1);
  });

  test("moved: it closes and comes back exactly when it was told to, and nothing makes it hurry", async () => {
    const { socket, clock, world, start, told } = await keeping();
    await start();
    socket.last.listener.told(wire.moved, { retryInMs: 3000 });
    expect(socket.last.isClosed).toBe(true);
    await clock.pass(2999);
    world.network.say("visible");
    await settled();
    expect(socket.dials).toBe(1);
    await clock.pass(1);
    expect(socket.dials).toBe(2);
    expect(told).toEqual([]);
  });

  test("a seat refused for now is asked for again when the desk says", async () => {
    const { socket, clock, start, states } = await keeping();
    socket.next = [{ refused: "unavailable", retryInMs: 700 }, "link"];
    await start();
    await clock.pass(699);
    expect(socket.dials).toBe(1);
    await clock.pass(1);
    expect(states).toEqual(["reconnecting", "online"]);
  });

  test("a refusal for good and a close code for good end it", async () => {
    const refused = await keeping();
    refused.socket.next = [{ refused: "not_found" }];
    await refused.start();
    expect([refused.keeper.state, refused.ends]).toEqual(["ended", ["not_found"]]);

    const signedOut = await keeping();
    await signedOut.start();
    signedOut.socket.last.listener.closed(closeCodes.signed_out.code);
    await signedOut.clock.pass(60_000);
    expect([signedOut.keeper.state, signedOut.ends, signedOut.socket.dials]).toEqual(["ended", ["not_signed_in"], 1]);
  });

  test("a link closed before it was dialled to the end is lost, not kept", async () => {
    const { socket, clock, keeper } = await keeping();
    const dial = socket.dial.bind(socket);
    socket.dial = async (listener) => {
      if (socket.dials === 0) listener.closed(gone);
      return dial(listener);
    };
    keeper.start();
    await settled();
    expect(socket.last.isClosed).toBe(true);
    await clock.pass(500);
    expect([socket.dials, keeper.state]).toEqual([2, "online"]);
  });
});

describe("suspicion", () => {
  test("no frame at all for 11 s: it closes and dials again", async () => {
    const { socket, clock, start, pings, keeper, states } = await keeping();
    await start();
    await pings(20_000);
    expect(socket.dials).toBe(1);
    await clock.pass(limits.silenceMaxMs - 1);
    expect(keeper.state).toBe("online");
    const [silent] = socket.links;
    await clock.pass(1);
    expect([states, silent!.isClosed, socket.dials]).toEqual([["online", "reconnecting", "online"], true, 2]);
  });

  test("after silence each step is hurried, once: what closed in order has no frozen node in the way", async () => {
    const { socket, clock, start } = await keeping();
    await start();
    await clock.pass(limits.silenceMaxMs);
    expect(socket.hurried).toEqual([false, true]);
    socket.last.listener.closed(gone);
    await clock.pass(500);
    expect(socket.hurried).toEqual([false, true, false]);
  });

  test("a page that slept finds its link dead when it is looked at, not eleven seconds later", async () => {
    const { clock, world, start, keeper } = await keeping();
    await start();
    clock.jump(60_000);
    world.network.say("visible");
    expect(keeper.state).not.toBe("online");
  });

  test("a request unanswered for 2 s asks who owns the room, and another owner is dialled at once", async () => {
    const { socket, clock, start, keeper } = await keeping(() => 0.999);
    await start();
    void keeper.request("message.send", {});
    socket.ownerNow = "node-2";
    await clock.pass(1999);
    expect(socket.dials).toBe(1);
    await clock.pass(1);
    expect([socket.dials, socket.last.owner]).toEqual([2, "node-2"]);
  });

  test("a request answered in time asks nobody, and the same owner is stayed with", async () => {
    const { socket, clock, start, keeper } = await keeping();
    await start();
    let asked = 0;
    socket.owner = async () => {
      asked += 1;
      return "node-1";
    };
    const first = keeper.request("message.send", {});
    socket.last.requests[0]!.answer({ ok: true });
    expect(await first).toEqual({ ok: true });
    await clock.pass(2000);
    expect(asked).toBe(0);
    void keeper.request("message.send", {});
    await clock.pass(2000);
    expect([asked, socket.dials]).toEqual([1, 1]);
  });

  test("the end of a link answers what was asked over it: a frozen node never will", async () => {
    const { socket, clock, start, keeper } = await keeping();
    await start();
    const answers: unknown[] = [];
    void keeper.request("message.send", {}).then((answer) => answers.push(answer));
    socket.ownerNow = "node-2";
    await clock.pass(2000);
    expect([answers, keeper.state]).toEqual([[undefined], "online"]);
  });

  test("the same owner, and still no answer after 3.8 s: it is the wire, and another is dialled at once", async () => {
    const { socket, clock, start, keeper } = await keeping(() => 0.999);
    await start();
    const answers: unknown[] = [];
    void keeper.request("message.send", {}).then((answer) => answers.push(answer));
    await clock.pass(3799);
    expect(socket.dials).toBe(1);
    await clock.pass(1);
    expect([socket.dials, answers, keeper.state]).toEqual([2, [undefined], "online"]);
  });

  test("two requests without an answer bring a fresh socket", async () => {
    const { socket, clock, start, keeper } = await keeping();
    await start();
    for (const request of [0, 1]) {
      const asked = keeper.request("message.send", {});
      socket.last.requests[request]!.answer(undefined);
      expect(await asked).toBeUndefined();
    }
    await clock.pass(500);
    expect(socket.dials).toBe(2);
  });
});

describe("three states", () => {
  test("connecting, online, reconnecting, offline: each when it is true", async () => {
    const { socket, world, clock, start, states, keeper } = await keeping();
    expect(keeper.state).toBe("connecting");
    await start();
    socket.next = [unreachable];
    socket.last.listener.closed(gone);
    world.network.say("offline");
    socket.next = ["link"];
    world.network.say("online");
    await clock.pass(0);
    expect(states).toEqual(["online", "reconnecting", "offline", "online"]);
  });

  test("a page put aside closes its link, and has one again when it comes back", async () => {
    const { socket, world, clock, start, keeper } = await keeping();
    await start();
    world.network.say("asleep");
    await clock.pass(60_000);
    expect([socket.last.isClosed, socket.dials]).toEqual([true, 1]);
    world.network.say("awake");
    await settled();
    expect([socket.dials, keeper.state]).toEqual([2, "online"]);
  });

  test("a page put aside while the desk had it wait has a link again when it comes back", async () => {
    const { socket, world, start, keeper } = await keeping();
    await start();
    socket.last.listener.told(wire.moved, { retryInMs: 5000 });
    world.network.say("asleep");
    world.network.say("awake");
    await settled();
    expect([socket.dials, keeper.state]).toEqual([2, "online"]);
  });

  test("once stopped nothing is dialled and nothing told", async () => {
    const { socket, world, clock, start, keeper, told } = await keeping();
    await start();
    keeper.stop();
    socket.last.listener.told(wire.ping, { head: 3 });
    world.network.say("online");
    await clock.pass(60_000);
    expect([socket.dials, told, socket.last.isClosed]).toEqual([1, [], true]);
  });
});

describe("networks that block WebSockets", () => {
  test("two sockets that did not come about while HTTP works: it polls", async () => {
    const { socket, polling, clock, start, keeper } = await keeping();
    socket.next = [noSocket];
    await start();
    await clock.pass(500);
    expect([socket.dials, polling.dials, keeper.kind, keeper.state]).toEqual([2, 1, "polling", "online"]);
  });

  test("a desk that cannot be reached at all is no reason to poll", async () => {
    const { socket, polling, clock, start } = await keeping();
    socket.next = [unreachable];
    await start();
    await clock.pass(60_000);
    expect(socket.dials).toBeGreaterThan(2);
    expect(polling.dials).toBe(0);
  });

  test("while it polls the socket is tried from time to time, and taken when it comes about", async () => {
    const { socket, polling, clock, start, keeper, pings } = await keeping();
    socket.next = [noSocket];
    await start();
    await clock.pass(500);
    const alive = async (ms: number) => {
      for (let passed = 0; passed < ms; passed += 5000) {
        polling.last.listener.told(wire.ping, { head: 0 });
        await clock.pass(5000);
      }
    };
    await alive(30_000);
    expect([socket.dials, keeper.kind]).toEqual([3, "polling"]);
    socket.next = ["link"];
    await alive(60_000);
    expect([socket.dials, keeper.kind, polling.last.isClosed, keeper.state]).toEqual([4, "socket", true, "online"]);
    await pings(60_000);
    expect([socket.dials, polling.dials]).toEqual([4, 1]);
  });
});
