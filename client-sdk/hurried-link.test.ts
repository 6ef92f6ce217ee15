import { expect, test } from "vitest";
import { unreachable } from "./desk-request.ts";
import { LinkKeeper } from "./link-keeper.ts";
import { manualWorld, settled } from "./testing/manual-world.ts";
import { ScriptedDialer } from "./testing/scripted-dialer.ts";

const gone = 1006;
const nothing = () => undefined;

async function keeping(chance: () => number) {
  const world = manualWorld(chance);
  const socket = new ScriptedDialer();
  const on = { opened: nothing, told: nothing, header: nothing, changed: nothing, ended: nothing };
  const keeper = new LinkKeeper({ socket }, world, on);
  keeper.start();
  await settled();
  return { clock: world.clock, socket, keeper };
}

/** Five dials in vain: the next would be up to 16 s away. */
const outage = async (chance: () => number) => {
  const kept = await keeping(chance);
  kept.socket.next = [unreachable];
  kept.socket.last.listener.closed(gone);
  await kept.clock.pass(15_500);
  return { ...kept, before: kept.socket.dials };
};

test("[DL12] when the desk has answered in another way, a long wait ends within 2 s, and not at once", async () => {
  const { socket, clock, keeper, before } = await outage(() => 0.999);
  keeper.hurry();
  await clock.pass(1900);
  keeper.hurry(); // once in each wait: it neither draws again nor begins anew
  expect(socket.dials).toBe(before);
  await clock.pass(100);
  expect(socket.dials).toBe(before + 1);
  await clock.pass(10_000);
  expect(socket.dials, "the count goes on").toBe(before + 1);
});

test("[DL12] a wait that is over sooner is not made longer, and one the desk has asked for is kept", async () => {
  const { socket, clock, keeper } = await keeping(() => 0.999);
  socket.next = [unreachable, { refused: "unavailable", retryInMs: 9000 }, "link"];
  socket.last.listener.closed(gone);
  await clock.pass(400);
  keeper.hurry();
  await clock.pass(100);
  expect(socket.dials).toBe(2);
  await clock.pass(1000);
  expect(socket.dials).toBe(3);
  keeper.hurry();
  await clock.pass(8900);
  expect(socket.dials).toBe(3);
  await clock.pass(100);
  expect(socket.dials).toBe(4);
  keeper.hurry(); // linked: nothing to hurry
  await clock.pass(5000);
  expect(socket.dials).toBe(4);
});

test("[DL11] a desk that refuses a seat for now is asked again within 5 s, however long that goes on", async () => {
  const { socket, clock, before } = await outage(() => 0.999);
  socket.next = [{ refused: "unavailable" }];
  await clock.pass(16_000 + 60_000);
  expect(socket.dials - before).toBeGreaterThanOrEqual(12);
});
