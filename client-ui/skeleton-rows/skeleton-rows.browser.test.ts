import { html } from "lit";
import { expect, test } from "vitest";
import { expectAccessible, inside, mount } from "../testing/stage.ts";
import "./define.ts";

const rows = (kind = "list") => mount(html`<rd-skeleton-rows rows="4" kind=${kind}></rd-skeleton-rows>`);

test("it is accessible, and says in words what is going on", async () => {
  for (const kind of ["list", "thread"]) await expectAccessible(await rows(kind));
  expect(inside(await rows(), "[role=status]").textContent).toBe("Opening");
});

test("it appears only after 200 ms, and then holds still", async () => {
  const element = await rows();
  expect(getComputedStyle(element).visibility).toBe("hidden");
  await expect.poll(() => getComputedStyle(element).visibility).toBe("visible");
  const moving = document.getAnimations().filter(({ playState }) => playState === "running");
  expect(moving).toEqual([]);
});
