import { html } from "lit";
import { expect, test, vi } from "vitest";
import { userEvent } from "vitest/browser";
import { ana, line } from "../testing/people.ts";
import { expectAccessible, heard, inside, mount } from "../testing/stage.ts";
import type { RdMessageMenu } from "./message-menu.component.ts";
import "./define.ts";

const of = line(ana, "Hello", { may: ["edit", "copy", "delete"] });

async function opened(what = of) {
  const both = await mount(html`<div><button>opener</button><rd-message-menu></rd-message-menu></div>`);
  const menu = both.querySelector("rd-message-menu") as RdMessageMenu;
  const opener = both.querySelector("button") as HTMLButtonElement;
  await menu.open(what, opener, opener);
  return { menu, opener };
}
const items = (menu: Element) => [...(menu.shadowRoot?.querySelectorAll<HTMLElement>("[role=menuitem]") ?? [])];
const focused = (menu: Element) => menu.shadowRoot?.activeElement?.textContent?.trim();

test("it is accessible", async () => {
  await expectAccessible((await opened()).menu);
});

test("it offers what may be done, and nothing else", async () => {
  expect(items((await opened()).menu).map((item) => item.textContent?.trim())).toEqual(["Edit", "Copy text", "Delete"]);
  expect(items((await opened({ ...of, may: ["copy"] })).menu)).toHaveLength(1);
});

test("arrows, Home and End walk through it, around the ends", async () => {
  const { menu } = await opened();
  expect(focused(menu)).toBe("Edit");
  await userEvent.keyboard("{ArrowUp}");
  expect(focused(menu)).toBe("Delete");
  await userEvent.keyboard("{ArrowDown}{ArrowDown}");
  expect(focused(menu)).toBe("Copy text");
  await userEvent.keyboard("{End}{Home}");
  expect(focused(menu)).toBe("Edit");
});

test("Escape closes it, gives the focus back, and closes nothing around it", async () => {
  const { menu, opener } = await opened();
  const panel = vi.fn();
  menu.parentElement?.addEventListener("keydown", panel);
  await userEvent.keyboard("{Escape}");
  await menu.updateComplete;
  expect(items(menu)).toHaveLength(0);
  expect(document.activeElement).toBe(opener);
  expect(panel).not.toHaveBeenCalled();
});

test("Edit asks with the text as it stands", async () => {
  const { menu } = await opened();
  const events = heard(menu, "rd-edit");
  await userEvent.keyboard("{Enter}");
  expect(events).toEqual([{ name: "rd-edit", detail: { id: of.id, body: "Hello" } }]);
});

test("Delete asks once more before it is meant", async () => {
  const { menu } = await opened();
  const events = heard(menu, "rd-delete");
  items(menu).at(-1)?.click();
  await menu.updateComplete;
  expect(events).toEqual([]);
  expect(items(menu).at(-1)?.textContent?.trim()).toBe("Yes, delete it");
  items(menu).at(-1)?.click();
  expect(events).toEqual([{ name: "rd-delete", detail: { id: of.id } }]);
});

test("Copy puts the text where it can be pasted from, and tells", async () => {
  const write = vi.spyOn(navigator.clipboard, "writeText").mockResolvedValue();
  const { menu } = await opened();
  const events = heard(menu, "rd-copy");
  items(menu)[1]?.click();
  expect(write).toHaveBeenCalledWith("Hello");
  expect(events).toEqual([{ name: "rd-copy", detail: { id: of.id, body: "Hello" } }]);
});

test("it lies inside the window and on top of everything", async () => {
  const { menu } = await opened();
  const sheet = inside(menu, ".sheet");
  const { left, top, right, bottom } = sheet.getBoundingClientRect();
  expect(sheet.matches(":popover-open")).toBe(true);
  expect([left >= 8, top >= 8, right <= innerWidth - 8, bottom <= innerHeight - 8]).toEqual([true, true, true, true]);
});
