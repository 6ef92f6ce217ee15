import { html } from "lit";
import { expect, test } from "vitest";
import { expectAccessible, inside, mount } from "../testing/stage.ts";
import type { RdTypingLid } from "./typing-lid.component.ts";
import "./define.ts";

const lid = (names: string[], more = {}) => {
  const { preview = "", notice = "", bubble = false } = more as Partial<RdTypingLid>;
  return mount<RdTypingLid>(
    html`<rd-typing-lid .names=${names} .preview=${preview} .notice=${notice} ?bubble=${bubble}></rd-typing-lid>`,
  );
};
const words = (element: Element) => inside(element, ".who").textContent?.trim();

test("it is accessible, in the workspace and in the widget", async () => {
  await expectAccessible(await lid(["Nora"], { preview: "would the refund", notice: "Nora knows you see this" }));
  await expectAccessible(await lid(["Priya"], { bubble: true }));
});

test("its 28 px are kept free, so that typing never moves the thread", async () => {
  expect((await lid([])).offsetHeight).toBe(28);
  expect((await lid(["Nora"], { preview: "word ".repeat(200), notice: "Nora knows you see this" })).offsetHeight).toBe(
    28,
  );
});

test("it names who types, and how many more", async () => {
  expect(words(await lid(["Nora"]))).toBe("Nora is typing");
  expect(words(await lid(["Priya"], { bubble: true }))).toBe("Priya is writing");
  expect(words(await lid(["Ben", "Dee", "Ada"]))).toBe("Ben and 2 more are typing");
});

test("its dots stop after six seconds", async () => {
  const { animationDuration, animationIterationCount } = getComputedStyle(inside(await lid(["Nora"]), "i"));
  expect(Number.parseFloat(animationDuration) * Number(animationIterationCount)).toBeCloseTo(6);
});

test("it is not read out", async () => {
  expect((await lid(["Nora"])).shadowRoot?.querySelector("[aria-live], [role=status], [role=log]")).toBeNull();
});
