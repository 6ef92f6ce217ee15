import { html, type TemplateResult } from "lit";
import { page } from "vitest/browser";
import { group } from "../thread/group.ts";
import type { ThreadElement } from "../thread/thread-element.ts";
import type { MessageLine } from "../thread/thread-item.ts";
import { ana, ben, noon } from "./people.ts";
import { drawn, frame, inside, mount } from "./stage.ts";

const words = [
  "Hello.",
  "A new one please, if the glaze matches.",
  "Yes.\nTwo lines.",
  "W".repeat(160),
  "Thank you, that is kind of you.",
];

/** Messages of several heights by two people; `own` for every third. */
export const manyLines = (from: number, to: number): MessageLine[] =>
  Array.from({ length: to - from }, (_, index) => {
    const at = from + index;
    const own = at % 3 === 0;
    return {
      kind: "message",
      id: `m${at}`,
      at: noon + at * 90_000,
      author: own ? ana : ben,
      own,
      body: `${at} ${words[Math.abs(at) % words.length]}`,
      ...(own && { state: "saved" as const }),
    };
  });

export async function showThread<E extends ThreadElement>(what: TemplateResult): Promise<E> {
  await page.viewport(480, 700);
  const box = await mount(
    html`<div style="display:grid;grid-template-rows:minmax(0,1fr);block-size:500px">${what}</div>`,
  );
  const thread = box.firstElementChild as E;
  await settled(thread);
  return thread;
}

/** Drawn, measured, placed: whatever an update begins has come to rest. */
export async function settled(thread: ThreadElement): Promise<void> {
  await drawn(thread);
  for (let count = 0; count < 4; count++) await frame();
  await drawn(thread);
}

export async function give(thread: ThreadElement, lines: readonly MessageLine[], newFrom?: string): Promise<void> {
  thread.items = group(lines, { newFrom });
  await settled(thread);
}

export const scroller = (thread: Element): HTMLElement => inside(thread, ".scroller");

/** Ids of the messages on screen, from the top. */
export function onScreen(thread: Element): string[] {
  const { top, bottom } = scroller(thread).getBoundingClientRect();
  return [...scroller(thread).querySelectorAll<HTMLElement>("rd-message-bubble")]
    .filter((bubble) => {
      const box = bubble.getBoundingClientRect();
      return box.bottom > top + 1 && box.top < bottom - 1;
    })
    .map((bubble) => bubble.dataset.id ?? "");
}

export const topOf = (thread: Element, id: string): number | undefined =>
  scroller(thread).querySelector(`[data-id="${id}"]`)?.getBoundingClientRect().top;

/** Turns the wheel: as a person scrolls, not as a script does. */
export async function wheel(thread: ThreadElement, by: number): Promise<void> {
  const box = scroller(thread);
  box.scrollBy({ top: by, behavior: "instant" });
  await settled(thread);
}
