import { html } from "lit";
import { expect, test } from "vitest";
import { userEvent } from "vitest/browser";
import { line, ana, ben } from "../testing/people.ts";
import { expectAccessible, heard, inside } from "../testing/stage.ts";
import { give, manyLines, onScreen, scroller, settled, showThread, topOf, wheel } from "../testing/threads.ts";
import { group } from "./group.ts";
import type { RdJumpPill } from "../jump-pill/jump-pill.component.ts";
import type { RdThread } from "./thread.component.ts";
import "./define.ts";

const shown = (lines = manyLines(0, 120), newFrom?: string) =>
  showThread<RdThread>(html`<rd-thread .items=${group(lines, { newFrom })}></rd-thread>`);
const fromBen = (from: number, to: number) => manyLines(from, to).filter(({ own }) => !own);
const rows = (thread: Element) => scroller(thread).querySelectorAll("[data-id]").length;
const atEnd = (thread: Element) => Math.abs(scroller(thread).scrollTop) < 2;

test("it is accessible, with lines of each kind", async () => {
  const lines = [
    ...manyLines(0, 4),
    { kind: "system" as const, id: "s", at: manyLines(4, 5)[0]!.at, text: "Ben joined" },
  ];
  await expectAccessible(await shown([...lines, ...manyLines(5, 8)] as never, "m5"));
});

test("it opens at the end", async () => {
  const thread = await shown();
  expect(atEnd(thread)).toBe(true);
  expect(onScreen(thread).at(-1)).toBe("m119");
});

test("it opens at the first unread message when that is more than a screen up", async () => {
  const thread = await shown(manyLines(0, 120), "m61");
  expect(onScreen(thread)[0]).toBe("m61");
  const near = await shown(manyLines(0, 120), "m118");
  expect(atEnd(near)).toBe(true);
});

test("a new message at the end is followed, without a jump of what is above", async () => {
  const lines = manyLines(0, 120);
  const thread = await shown(lines);
  await give(thread, [...lines, ...manyLines(121, 123)]);
  expect(atEnd(thread)).toBe(true);
  expect(onScreen(thread).at(-1)).toBe("m122");
});

test("a new message never steals the scroll of who reads further up; the pill counts it", async () => {
  const lines = manyLines(0, 120);
  const thread = await shown(lines);
  await wheel(thread, -1500);
  const [, second] = onScreen(thread) as [string, string];
  const before = topOf(thread, second);
  await give(thread, [...lines, ...manyLines(121, 123)]); // m121 and m122 are Ben's
  expect(topOf(thread, second)).toBeCloseTo(before!, 0);
  const pill = inside<RdJumpPill>(thread, "rd-jump-pill");
  expect(pill.count).toBe(2);
});

test("the pill jumps to the first unread message and goes when the end is reached", async () => {
  const lines = manyLines(0, 120);
  const thread = await shown(lines);
  await wheel(thread, -1500);
  await give(thread, [...lines, ...fromBen(121, 160)]);
  inside(inside(thread, "rd-jump-pill"), "button").click();
  await settled(thread);
  expect(onScreen(thread)[0]).toBe("m121");
  thread.toEnd();
  await settled(thread);
  expect(thread.shadowRoot?.querySelector("rd-jump-pill")).toBeNull();
});

test("an own message brings the writer to the end", async () => {
  const lines = manyLines(0, 120);
  const thread = await shown(lines);
  await wheel(thread, -1500);
  await give(thread, [...lines, ...manyLines(120, 121)]);
  expect(atEnd(thread)).toBe(true);
});

test("older pages load without a jump, twenty of them", async () => {
  let lines = manyLines(0, 60);
  const thread = await shown(lines);
  for (let pages = 1; pages <= 20; pages++) {
    await wheel(thread, -100_000);
    const [first] = onScreen(thread) as [string];
    const before = topOf(thread, first);
    lines = [...manyLines(pages * -40, (pages - 1) * -40), ...lines];
    await give(thread, lines);
    expect(topOf(thread, first), `page ${pages}`).toBeCloseTo(before!, 0);
  }
});

test("at most 300 rows are in the page on the way through 900 messages, and all are passed", async () => {
  const thread = await shown(manyLines(0, 900));
  const passed = new Set<string>();
  for (let steps = 0; steps < 400 && !passed.has("m0"); steps++) {
    await wheel(thread, -1100);
    for (const bubble of scroller(thread).querySelectorAll<HTMLElement>("rd-message-bubble"))
      passed.add(bubble.dataset.id!);
    expect(rows(thread)).toBeLessThanOrEqual(300 + 2);
  }
  expect(passed.size).toBe(900);
  await wheel(thread, 100_000);
  thread.toEnd();
  await settled(thread);
  expect(onScreen(thread).at(-1)).toBe("m899");
});

test("what grows above or below the reading eye does not move it", async () => {
  const lines = manyLines(0, 120);
  const thread = await shown(lines);
  await wheel(thread, -2500);
  const [, second] = onScreen(thread) as [string, string];
  const at = lines.findIndex(({ id }) => id === second);
  const before = topOf(thread, second);
  const grown = lines.map((each, index) => (Math.abs(index - at) > 8 ? { ...each, body: "long ".repeat(60) } : each));
  await give(thread, grown);
  expect(topOf(thread, second)).toBeCloseTo(before!, 0);
});

test("older pages are asked for once, near the oldest row, and again when they did not come", async () => {
  const lines = manyLines(0, 60);
  const thread = await shown(lines);
  const events = heard(thread, "rd-older");
  await wheel(thread, -100_000);
  await wheel(thread, 20);
  expect(events).toHaveLength(1);
  thread.loadingOlder = true;
  await settled(thread);
  thread.loadingOlder = false;
  await settled(thread);
  await wheel(thread, -20);
  expect(events).toHaveLength(2);
});

test("a thread shorter than its window asks for older pages at once", async () => {
  const asked = new Promise((resolve) => document.addEventListener("rd-older", resolve, { once: true }));
  await shown(manyLines(0, 2));
  await asked;
});

test("seen is what was on screen, the newest of others, and only ever rising", async () => {
  const lines = manyLines(0, 120);
  const thread = await shown(lines.slice(0, 100));
  const events = heard(thread, "rd-seen");
  await wheel(thread, -1500);
  await give(thread, [...lines.slice(0, 100), ...fromBen(100, 120)]);
  expect(events).toEqual([]);
  thread.toEnd();
  await settled(thread);
  expect(events.at(-1)?.detail).toEqual({ id: "m119" });
  await wheel(thread, -3000);
  expect(events).toHaveLength(1);
});

test("nothing is seen in a page that is not visible, nor in a panel that is shut", async () => {
  const lines = manyLines(0, 20);
  const thread = await shown(lines.slice(0, 10));
  const events = heard(thread, "rd-seen");
  thread.style.display = "none";
  await give(thread, lines);
  expect(events).toEqual([]);
  thread.style.display = "";
  Object.defineProperty(document, "visibilityState", { configurable: true, value: "hidden" });
  await give(thread, [...lines, ...manyLines(20, 21)]);
  expect(events).toEqual([]);
  Reflect.deleteProperty(document, "visibilityState");
  document.dispatchEvent(new Event("visibilitychange"));
  expect(events.at(-1)?.detail).toEqual({ id: "m20" });
});

test("it is a log that reads out what others write, not ticks and not one's own", async () => {
  const lines = manyLines(0, 5);
  const thread = await shown(lines);
  const said = () => inside(thread, ".sr[aria-live]").textContent;
  expect(inside(thread, "[role=log]").ariaLive).toBe("off");
  await give(thread, [...lines, line(ana, "mine", { at: lines[4]!.at, state: "sending" })]);
  await give(thread, [...lines.map((each) => ({ ...each, ...(each.own && { state: "read" as const }) }))]);
  expect(said()).toBe("");
  await give(thread, [...lines, line(ben, "Good news", { at: lines[4]!.at })]);
  expect(said()).toBe("Ben Osei: Good news");
});

test("arrows walk from message to message, Enter opens what may be done", async () => {
  const lines = manyLines(0, 30).map((each) => ({ ...each, may: ["copy" as const] }));
  const thread = await shown(lines);
  const focused = () => (thread.shadowRoot?.activeElement as HTMLElement | null)?.dataset.id;
  scroller(thread).focus();
  await userEvent.keyboard("{ArrowUp}");
  await expect.poll(focused).toBe("m29");
  await userEvent.keyboard("{ArrowUp}");
  await expect.poll(focused).toBe("m28");
  await userEvent.keyboard("{Home}");
  await expect.poll(focused).toBe("m0");
  await userEvent.keyboard("{ArrowDown}{Enter}");
  const menu = inside(thread, "rd-message-menu");
  await expect.poll(() => menu.shadowRoot?.activeElement?.textContent?.trim()).toBe("Copy text");
  await userEvent.keyboard("{Escape}");
  await expect.poll(focused).toBe("m1");
});

test("a bubble is kept, not drawn anew, from sending to read", async () => {
  const lines = manyLines(0, 3);
  const mine = line(ana, "hi", { at: lines[2]!.at, state: "sending" });
  const thread = await shown([...lines, mine]);
  const bubble = scroller(thread).querySelector(`[data-id="${mine.id}"]`);
  for (const state of ["saved", "delivered", "read"] as const) await give(thread, [...lines, { ...mine, state }]);
  expect(scroller(thread).querySelector(`[data-id="${mine.id}"]`)).toBe(bubble);
});

test("another conversation opens at its own end, and nothing of it counts as new", async () => {
  const thread = await shown(manyLines(0, 120));
  await wheel(thread, -1500);
  const events = heard(thread, "rd-seen");
  await give(thread, manyLines(5000, 5100));
  await expect.poll(() => onScreen(thread).at(-1)).toBe("m5099");
  expect(atEnd(thread)).toBe(true);
  expect(thread.shadowRoot?.querySelector("rd-jump-pill")).toBeNull();
  expect(inside(thread, ".sr[aria-live]").textContent).toBe("");
  await expect.poll(() => events.at(-1)?.detail).toEqual({ id: "m5099" });
});
