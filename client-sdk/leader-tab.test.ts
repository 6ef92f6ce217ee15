import { expect, test } from "vitest";
import { manualWorld, settled } from "./testing/manual-world.ts";
import { ack, dispatching, garden, no, say, ScriptedDesk, shown } from "./testing/scripted-desk.ts";
import { sharedOutbox } from "./testing/shared-outbox.ts";
import { TabHub } from "./testing/tab-hub.ts";

async function twoTabs(desk: ScriptedDesk) {
  const world = manualWorld();
  const hub = new TabHub();
  const { open } = sharedOutbox();
  const left = await dispatching(desk, { world, outbox: open(), tabs: hub.tab() });
  const right = await dispatching(desk, { world, outbox: open(), tabs: hub.tab() });
  for (const { dispatch } of [left, right])
    dispatch.attach(garden, { changed: () => undefined, send: () => undefined });
  return { world, left: left.dispatch, right: right.dispatch, hub, open };
}

test("one sends for all, and all show the same bubbles in the same state", async () => {
  const desk = new ScriptedDesk();
  desk.answers = [undefined, no("conversation_closed")];
  const { world, left, right } = await twoTabs(desk);
  await right.add(garden, say("refused"));
  await right.add(garden, say("saved"));
  await settled();
  expect(shown(left)).toEqual([["refused", "queued"], ["saved", "queued"]]); // prettier-ignore
  await world.clock.pass(2000);
  expect(desk.posts).toEqual(["refused", "refused", "saved"]);
  const both = [["refused", "conversation_closed"], ["saved", "saved"]]; // prettier-ignore
  expect([shown(left), shown(right)]).toEqual([both, both]);
});

test("when the sending tab closes, the next one takes over where it was", async () => {
  const desk = new ScriptedDesk();
  const { left, right } = await twoTabs(desk);
  desk.answers = [undefined];
  await right.add(garden, say("hello"));
  await settled();
  expect(desk.log.size).toBe(0);
  left.close();
  await settled();
  expect([desk.log.size, shown(right)]).toEqual([1, [["hello", "saved"]]]);
});

test("a sending tab that does not manage it within five seconds is not waited for", async () => {
  const desk = new ScriptedDesk();
  const { world, right } = await twoTabs(desk);
  const post = desk.post;
  let hangs = 1;
  desk.post = (...args) => (hangs-- > 0 ? new Promise(() => undefined) : post(...args));
  const hub = new TabHub();
  const { open } = sharedOutbox();
  const frozen = await dispatching(desk, { world, outbox: open(), tabs: hub.tab() });
  const visible = await dispatching(desk, { world, outbox: open(), tabs: hub.tab() });
  await visible.dispatch.add(garden, say("hello"));
  await world.clock.pass(4999);
  expect(desk.log.size).toBe(0);
  await world.clock.pass(1);
  expect(desk.log.size).toBe(1);
  frozen.dispatch.close();
  right.close();
});

test("[I8] what another tab wrote before is sent first, also when its word has not come yet", async () => {
  const desk = new ScriptedDesk();
  const { open } = sharedOutbox();
  const { dispatch } = await dispatching(desk, { outbox: open() });
  await open().add({ conversation: garden, command: say("there"), at: 0 });
  await dispatch.add(garden, say("here"));
  await settled();
  expect(desk.posts).toEqual(["there", "here"]);
});

test("[I3] another tab's row that is read after its event has come is no second bubble, and is cleared up", async () => {
  const desk = new ScriptedDesk();
  const hub = new TabHub();
  const { open } = sharedOutbox();
  const { dispatch } = await dispatching(desk, { outbox: open(), tabs: hub.tab() });
  const there = say("there");
  dispatch.seen(there.clientId, ack(1));
  await open().add({ conversation: garden, command: there, at: 0 });
  hub.tab().tell({ rows: garden });
  await settled();
  expect([shown(dispatch), desk.posts, await open().rows()]).toEqual([[], [], []]);
});

test("[I2] what a page kept before it could tell is told by the next page, and not waited for longer than usual", async () => {
  const desk = new ScriptedDesk();
  const world = manualWorld();
  const hub = new TabHub();
  const { open } = sharedOutbox();
  await dispatching(desk, { world, outbox: open(), tabs: hub.tab() });
  await open().add({ conversation: garden, command: say("told"), at: world.clock.now() });
  await dispatching(desk, { world, outbox: open(), tabs: hub.tab() });
  await settled();
  expect(desk.posts).toEqual(["told"]);

  const frozen = new TabHub();
  frozen.tab().lead(() => undefined);
  await open().add({ conversation: garden, command: say("insisted on"), at: world.clock.now() });
  await dispatching(desk, { world, outbox: open(), tabs: frozen.tab() });
  await world.clock.pass(5000);
  expect(desk.posts).toEqual(["told", "insisted on"]);
});

test("[I21] one that was refused here and kept after all is not called failed any more", async () => {
  const desk = new ScriptedDesk();
  desk.answers = [no("conversation_closed")];
  const hub = new TabHub();
  const { open } = sharedOutbox();
  const { dispatch } = await dispatching(desk, { outbox: open(), tabs: hub.tab() });
  dispatch.attach(garden, { changed: () => undefined, send: () => undefined });
  const twice = say("twice");
  await dispatch.add(garden, twice);
  await settled();
  expect(shown(dispatch)).toEqual([["twice", "conversation_closed"]]);
  const other = hub.tab();
  other.tell({ acked: twice.clientId, ack: ack(7) });
  other.tell({ rows: garden }); // the outbox has not been cleared up yet
  await settled();
  expect(shown(dispatch)).toEqual([["twice", "saved"]]);
});

test("discarded in one tab is gone in the other", async () => {
  const desk = new ScriptedDesk();
  desk.answers = [no("too_large")];
  const { left, right } = await twoTabs(desk);
  const large = say("large");
  await left.add(garden, large);
  await settled();
  await right.discard(large.clientId);
  await settled();
  expect([shown(left), shown(right)]).toEqual([[], []]);
});

test("[N74] signing out in one tab empties the device and ends the other tab's sending", async () => {
  const desk = new ScriptedDesk();
  desk.answers = [undefined, undefined, undefined];
  const { world, left, right, open } = await twoTabs(desk);
  await left.add(garden, say("secret"));
  await right.destroy();
  await world.clock.pass(60_000);
  expect(await open().rows()).toEqual([]);
  expect(desk.log.size).toBe(0);
});
