import { html } from "lit";
import { expect, test } from "vitest";
import { ana, ben } from "../testing/people.ts";
import { expectAccessible, inside, mount } from "../testing/stage.ts";
import type { RdAvatar } from "./avatar.component.ts";
import "./define.ts";

const shown = (person = ana, presence = "") =>
  mount<RdAvatar>(html`<rd-avatar .person=${person} size="32" presence=${presence}></rd-avatar>`);

test("it is accessible, with each presence", async () => {
  for (const presence of ["online", "away", "offline", ""]) await expectAccessible(await shown(ana, presence));
});

test("each of the eight tints is readable in every theme", async () => {
  for (let index = 0; index < 24; index++) {
    await expectAccessible(await shown({ ...ben, id: `person-${index}` }));
  }
});

test("who asks is round, who answers is square", async () => {
  const radius = async (person = ana) =>
    Number.parseFloat(getComputedStyle(inside(await shown(person), ".face")).borderTopLeftRadius);
  expect(await radius(ana)).toBe(50);
  expect(await radius(ben)).toBeLessThan(30);
});

test("presence is said in a word, and not at all while it is not known", async () => {
  expect(inside(await shown(ana, "away"), ".dot").ariaLabel).toBe("away");
  expect((await shown(ana, "")).shadowRoot?.querySelector(".dot")).toBeNull();
});
