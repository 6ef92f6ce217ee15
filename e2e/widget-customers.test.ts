import type { Page } from "@playwright/test";
import { expect, test } from "./testing/fixtures.ts";
import { Agent, Customer } from "./testing/people.ts";

const kept = (page: Page) =>
  page.evaluate(async () => {
    const databases = (await indexedDB.databases()).map(({ name }) => name ?? "");
    return [...Object.keys(localStorage), ...databases].filter((name) => name.startsWith("roomdesk"));
  });

/** The demo has told Nora something: as long as she has not read it, the widget leads her there first. */
async function opensFromTheDoor(customer: Customer, lastWords: string): Promise<void> {
  await customer.opensWidget();
  const card = customer.page.locator("rd-home .card").filter({ hasText: lastWords });
  await expect(async () => {
    const back = customer.page.getByRole("button", { name: "Back" });
    if (await back.isVisible()) await back.click();
    await card.click({ timeout: 1000 });
    await expect(customer.bubble(lastWords)).toBeVisible({ timeout: 3000 });
  }).toPass({ timeout: 30_000 });
}

test("Signing in keeps the conversation and joins it to the account; signing out leaves nothing, in no tab", async ({
  desk,
  person,
}) => {
  const page = await person("Nora");
  const nora = await Customer.visits(page, desk);
  await nora.startsConversation();
  await nora.write("Written before I signed in.");
  await expect(page.getByText("Saved").last()).toBeVisible();
  await page.getByRole("button", { name: "Sign in as Nora" }).dispatchEvent("click");
  await expect(page.getByText("Welcome back, Nora Lindqvist.")).toBeVisible();
  await nora.sees("Written before I signed in.");
  await nora.write("And after it.");
  await nora.sees("And after it.");
  await expect(page.getByText("Sending")).toHaveCount(0);

  const elsewhere = new Customer(await person("Nora on her phone"));
  await elsewhere.page.goto(desk.url);
  await elsewhere.page.getByRole("button", { name: "Sign in as Nora" }).dispatchEvent("click");
  await expect(elsewhere.page.getByText("Welcome back, Nora Lindqvist.")).toBeVisible();
  await opensFromTheDoor(elsewhere, "And after it.");
  await elsewhere.sees("Written before I signed in.");

  const second = new Customer(await page.context().newPage());
  await second.page.goto(desk.url);
  await opensFromTheDoor(second, "And after it.");
  await second.composer().fill("A draft that nobody else may read");
  await page.getByRole("button", { name: "Sign out" }).dispatchEvent("click");
  await expect(page.getByText("looking around as a guest")).toBeVisible();
  for (const tab of [page, second.page]) {
    await expect(tab.locator("rd-message-bubble")).toHaveCount(0);
    await expect(tab.getByText("And after it.")).toHaveCount(0);
  }
  await expect.poll(() => kept(page)).toEqual([]);
});

test("What was begun to be written is there after a reload, and what came meanwhile is counted and teased", async ({
  desk,
  person,
}) => {
  const page = await person("Carl");
  const carl = await Customer.visits(page, desk);
  await carl.startsConversation();
  await carl.write("Are the bowls from Zeeland back?");
  await expect(page.getByText("Saved").last()).toBeVisible();
  await carl.composer().fill("And could you also");
  await page.reload();

  const priya = await Agent.signsIn(await person("Priya"), desk, await desk.user("agent"));
  await priya.chooses("New");
  await priya.opens("Are the bowls from Zeeland back?");
  await priya.write("They come back on Monday.");
  await expect(page.locator("roomdesk-widget .teaser")).toContainText("They come back on Monday.");
  await expect(page.getByRole("button", { name: "Open the conversation with us, 1 unread message" })).toBeVisible();
  await expect(priya.page.getByText("Delivered").last()).toBeVisible(); // on the screen, but not read

  await page.getByText("They come back on Monday.").click();
  await expect(carl.composer()).toHaveValue("And could you also");
  await expect(page.locator("rd-thread").getByText("1 new")).toBeVisible();
  await expect(priya.page.getByText("Read").last()).toBeVisible();
  await expect(page.locator("roomdesk-widget .badge")).toHaveCount(0);
});

test("A message is edited and deleted by whoever wrote it, with the keyboard alone", async ({ desk, person }) => {
  const page = await person("Dora");
  const dora = await Customer.visits(page, desk);
  await page.locator("roomdesk-widget .launcher").focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Send us a message" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(dora.composer()).toBeFocused();
  await page.keyboard.type("I ordered two muggs.");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Saved").last()).toBeVisible();

  await page.keyboard.press("Shift+F6");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await page.getByRole("menuitem", { name: "Edit" }).press("Enter");
  await expect(dora.composer()).toHaveValue("I ordered two muggs.");
  await dora.composer().fill("I ordered two mugs.");
  await page.keyboard.press("Enter");
  await dora.sees(/I ordered two mugs\..*Edited/s);

  await page.keyboard.press("Shift+F6");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await page.getByRole("menuitem", { name: "Delete" }).press("Enter");
  await page.getByRole("menuitem", { name: "Yes, delete it" }).press("Enter");
  await dora.sees("You deleted this message");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(page.locator("roomdesk-widget .launcher")).toBeFocused();
});
