import { html } from "lit";
import { expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { expectAccessible, inside, mount } from "#client-ui/testing/stage.ts";
import type { Colleague, Counts } from "#protocol/workspace.ts";
import "./define.ts";
import type { RdRail } from "./rail.component.ts";

const user = { id: "ben", name: "Ben Osei", email: "ben@tidewater.example", role: "agent" } as const;
const counts: Counts = { new: 4, mine: 2, all: 1200, closed: 9, unreadMine: 1, unreadNew: 3 };
const colleagues: readonly Colleague[] = [
  { id: "priya", name: "Priya Raman", online: true },
  { id: "sofie", name: "Sofie Maas", online: false },
  { id: "ben", name: "Ben Osei", online: true },
];

const shown = (known = true) =>
  mount<RdRail>(
    html`<rd-rail
      view="new"
      organisation="Tidewater"
      theme="auto"
      .counts=${counts}
      .colleagues=${colleagues}
      .user=${user}
      .known=${known}
    ></rd-rail>`,
    { width: 470 },
  );
const view = (rail: RdRail, name: string) =>
  [...(rail.shadowRoot?.querySelectorAll<HTMLElement>(".view") ?? [])].find((one) => one.textContent?.includes(name));

test("it is accessible at the side, as icons, as a tab bar, and with its menu open", async () => {
  const rail = await shown();
  for (const width of [1400, 1000, 480]) {
    await page.viewport(width, 800);
    await expectAccessible(rail);
  }
  await userEvent.click(inside(rail, ".me"));
  await expectAccessible(rail);
  await page.viewport(480, 700);
});

test("views say how many there are; the closed ones are nobody's concern", async () => {
  const rail = await shown();
  expect(view(rail, "New")?.textContent?.replace(/\s+/g, " ").trim()).toBe("New 4");
  expect(view(rail, "All open")?.textContent).toContain("999+");
  expect(view(rail, "Closed")?.textContent).not.toMatch(/\d/);
  expect(view(rail, "New")?.getAttribute("aria-current")).toBe("page");
});

test("a view is asked for", async () => {
  const rail = await shown();
  const asked: unknown[] = [];
  rail.addEventListener("desk-view", (event) => asked.push((event as CustomEvent).detail));
  view(rail, "Mine")?.click();
  expect(asked).toEqual([{ view: "mine" }]);
});

test("who is online stands there, and nobody while the connection is down", async () => {
  const here = (rail: RdRail) => inside(rail, ".colleagues").textContent?.replace(/\s+/g, " ").trim() ?? "";
  const up = here(await shown());
  expect(up).toContain("Priya Raman");
  expect(up).not.toContain("Sofie");
  expect(up).not.toContain("Ben");
  expect(here(await shown(false))).toBe("");
});

test("the menu changes the appearance and signs out, here or everywhere, and closes", async () => {
  const rail = await shown();
  const asked: unknown[] = [];
  for (const name of ["desk-theme", "desk-sign-out"])
    rail.addEventListener(name, (event) => asked.push((event as CustomEvent).detail));
  const press = async (at: number) => {
    await userEvent.click(inside(rail, ".me"));
    rail.shadowRoot?.querySelectorAll<HTMLElement>(".menu .button")[at]?.click();
  };
  await userEvent.click(inside(rail, ".me"));
  await userEvent.selectOptions(inside(rail, "select"), "dark");
  await press(0);
  await press(1);
  expect(asked).toEqual([{ theme: "dark" }, { everywhere: false }, { everywhere: true }]);
  expect(rail.shadowRoot?.querySelector(":popover-open")).toBeNull();
});

test("on a phone every target is 44 px high", async () => {
  await page.viewport(390, 800);
  const rail = await shown();
  for (const target of rail.shadowRoot?.querySelectorAll(".view, .me") ?? [])
    expect(target.getBoundingClientRect().height).toBeGreaterThanOrEqual(44);
  await page.viewport(480, 700);
});
