import { html } from "lit";
import { expect, test } from "vitest";
import { expectAccessible, heard, inside, mount } from "../testing/stage.ts";
import type { RdJumpPill } from "./jump-pill.component.ts";
import "./define.ts";

const pill = (count: number) => mount<RdJumpPill>(html`<rd-jump-pill count=${count}></rd-jump-pill>`);

test("it is accessible, with a count and without", async () => {
  await expectAccessible(await pill(3));
  await expectAccessible(await pill(0));
});

test("it says how many came, or where it leads", async () => {
  expect(inside(await pill(3), "button").textContent?.trim()).toBe("3 new");
  expect(inside(await pill(3), "bdi").textContent).toBe("3 new"); // from right to left it would read "new 3"
  expect(inside(await pill(0), "button").ariaLabel).toBe("To the newest message");
});

test("pressing it asks to jump", async () => {
  const element = await pill(1);
  const events = heard(element, "rd-jump");
  inside(element, "button").click();
  expect(events).toHaveLength(1);
});
