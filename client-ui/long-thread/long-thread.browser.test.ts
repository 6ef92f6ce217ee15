import type {} from "@vitest/browser-playwright"; // what cdp() can do
import { html } from "lit";
import { expect, test } from "vitest";
import { cdp, userEvent } from "vitest/browser";
import { expectAccessible, frame, heard, inside } from "../testing/stage.ts";
import { give, manyLines, onScreen, scroller, settled, showThread, topOf } from "../testing/threads.ts";
import { group } from "../thread/group.ts";
import type { RdJumpPill } from "../jump-pill/jump-pill.component.ts";
import type { RdLongThread } from "./long-thread.component.ts";
import "./define.ts";

const shown = (lines = manyLines(0, 200), newFrom?: string) =>
  showThread<RdLongThread>(html`<rd-long-thread avatars .items=${group(lines, { newFrom })}></rd-long-thread>`);
const rows = (thread: Element) => scroller(thread).querySelectorAll(".row").length;
const fromBen = (from: number, to: number) => manyLines(from, to).filter(({ own }) => !own);
const atEnd = (thread: Element) => {
  const { scrollHeight, clientHeight, scrollTop } = scroller(thread);
  return scrollHeight - clientHeight - scrollTop < 2;
};

/** A real wheel: a script that sets scrollTop competes with the virtualiser's own corrections. */
async function wheel(thread: RdLongThread, deltaY: number): Promise<void> {
  const box = scroller(thread).getBoundingClientRect();
  const page = window.frameElement?.getBoundingClientRect() ?? new DOMRect();
  const place = { x: page.left + box.left + box.width / 2, y: page.top + box.top + box.height / 2 };
  await cdp().send("Input.dispatchMouseEvent", { type: "mouseWheel", ...place, deltaX: 0, deltaY });
  await frame();
  await frame();
}
async function wheelBack(thread: RdLongThread, steps: number): Promise<void> {
  for (let step = 0; step < steps; step++) await wheel(thread, -300);
  await settled(thread);
}

test("it is accessible", async () => {
  await expectAccessible(await shown(manyLines(0, 8)));
});

test("50,000 messages open at the newest, with few rows in the page", async () => {
  const lines = manyLines(0, 50_000);
  const began = performance.now();
  const thread = await shown(lines);
  await expect.poll(() => onScreen(thread).at(-1)).toBe("m49999");
  expect(performance.now() - began).toBeLessThan(3000);
  expect(atEnd(thread)).toBe(true);
  expect(rows(thread)).toBeLessThan(60);
});

test("the wheel moves 50,000 messages by as much as it was turned, and never back", async () => {
  const thread = await shown(manyLines(0, 50_000));
  await wheelBack(thread, 3);
  for (let step = 0; step < 20; step++) {
    const id = onScreen(thread)[0] as string;
    const stood = topOf(thread, id) ?? 0;
    await wheel(thread, -150);
    const moved = (topOf(thread, id) ?? Infinity) - stood;
    expect(moved, `step ${step}`).toBeGreaterThan(100);
    expect(moved, `step ${step}`).toBeLessThan(200);
  }
});

test("older pages load without a jump, twenty of them", async () => {
  let lines = manyLines(0, 100);
  const thread = await shown(lines);
  await wheelBack(thread, 12);
  for (let pages = 1; pages <= 20; pages++) {
    const [, second] = onScreen(thread) as [string, string];
    const before = topOf(thread, second);
    lines = [...manyLines(pages * -100, (pages - 1) * -100), ...lines];
    await give(thread, lines);
    expect(topOf(thread, second), `page ${pages}`).toBeCloseTo(before!, 0);
  }
});

test("a new message at the end is followed; for who reads further up it is counted", async () => {
  const lines = manyLines(0, 200);
  const thread = await shown(lines);
  await give(thread, [...lines, ...fromBen(200, 202)]);
  await expect.poll(() => onScreen(thread).at(-1)).toBe("m200");
  expect(atEnd(thread)).toBe(true);
  await wheelBack(thread, 8);
  const [, second] = onScreen(thread) as [string, string];
  const before = topOf(thread, second);
  await give(thread, [...lines, ...fromBen(200, 206)]);
  expect(topOf(thread, second)).toBeCloseTo(before!, 0);
  expect(inside<RdJumpPill>(thread, "rd-jump-pill").count).toBe(3);
});

test("an own message brings the writer to the end", async () => {
  const lines = manyLines(0, 200);
  const thread = await shown(lines);
  await wheelBack(thread, 8);
  await give(thread, [...lines, ...manyLines(201, 202)]);
  await expect.poll(() => onScreen(thread).at(-1)).toBe("m201");
});

test("it opens at the first unread message when that is more than a screen up", async () => {
  const thread = await shown(manyLines(0, 200), "m101");
  await expect.poll(() => onScreen(thread)[0]).toBe("m101");
});

test("the pill leads to the first unread message", async () => {
  const lines = manyLines(0, 200);
  const thread = await shown(lines);
  await wheelBack(thread, 8);
  await give(thread, [...lines, ...fromBen(200, 240)]);
  inside(inside(thread, "rd-jump-pill"), "button").click();
  await expect.poll(() => onScreen(thread)[0]).toBe("m200");
});

test("older pages are asked for near the oldest row, not on opening a long thread", async () => {
  const thread = await shown(manyLines(0, 200));
  const events = heard(thread, "rd-older");
  expect(events).toEqual([]);
  thread.toItem("m0");
  await expect.poll(() => events.length).toBe(1);
});

test("seen is what was on screen", async () => {
  const lines = manyLines(0, 200);
  const thread = await shown(lines);
  const events = heard(thread, "rd-seen");
  await wheelBack(thread, 8);
  await give(thread, [...lines, ...fromBen(200, 210)]);
  expect(events).toEqual([]);
  thread.toEnd();
  await expect.poll(() => events.at(-1)?.detail).toEqual({ id: "m209" });
});

test("arrows reach messages far away, and the focus is not lost by scrolling on", async () => {
  const thread = await shown(manyLines(0, 2000));
  const focused = () => (thread.shadowRoot?.activeElement as HTMLElement | null)?.dataset.id;
  scroller(thread).focus();
  await userEvent.keyboard("{Home}");
  await expect.poll(focused).toBe("m0");
  await userEvent.keyboard("{ArrowDown}");
  await expect.poll(focused).toBe("m1");
  for (let step = 0; step < 10; step++) await wheel(thread, 400);
  expect(focused()).toBe("m1");
  await userEvent.keyboard("{ArrowUp}");
  await expect.poll(focused).toBe("m0");
});

test("rows keep the height they were measured at, so nothing lies over anything", async () => {
  const thread = await shown(manyLines(0, 300));
  await wheelBack(thread, 10);
  const boxes = [...scroller(thread).querySelectorAll(".row")].map((row) => row.getBoundingClientRect());
  boxes.sort((one, other) => one.top - other.top);
  for (let at = 1; at < boxes.length; at++) expect(Math.abs(boxes[at]!.top - boxes[at - 1]!.bottom)).toBeLessThan(1.5);
});

test("another conversation opens at its own end, and nothing of it counts as new", async () => {
  const thread = await shown(manyLines(0, 120));
  await wheelBack(thread, 8);
  const events = heard(thread, "rd-seen");
  await give(thread, manyLines(5000, 5100));
  await expect.poll(() => onScreen(thread).at(-1)).toBe("m5099");
  expect(atEnd(thread)).toBe(true);
  expect(thread.shadowRoot?.querySelector("rd-jump-pill")).toBeNull();
  expect(inside(thread, ".sr[aria-live]").textContent).toBe("");
  await expect.poll(() => events.at(-1)?.detail).toEqual({ id: "m5099" });
});
