import type { Page } from "@playwright/test";
import { Desk } from "./testing/desk.ts";
import { expect, test } from "./testing/fixtures.ts";
import { looks } from "./testing/looks.ts";
import { Agent, Customer } from "./testing/people.ts";

const desktop = { width: 1440, height: 900 };
/** Hiding what differs each time takes styles of our own, which the page's policy forbids; other walks keep it. */
const bypassCSP = true;
/** The panel shows it, and a newer Chromium is no other look. */
const userAgent =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36";
const phone = { width: 390, height: 844 };

/** Of its own: what other walks leave behind would stand in the list. */
const theDesk = test.extend<{ ownDesk: Desk }>({
  ownDesk: [
    // eslint-disable-next-line no-empty-pattern -- Playwright wants a destructured first argument
    async ({}, use) => {
      const desk = await Desk.start();
      await use(desk);
      await desk.stop();
    },
    { timeout: 60_000 }, // it may have to build the pages first
  ],
});

async function maraOf(desk: Desk) {
  const mara = (await desk.demo()).users.find(({ role }) => role === "supervisor");
  if (!mara) throw new Error("The demo has no supervisor.");
  return mara;
}

/** Writes first and signs in to the shop then, so that she is somebody and her name is the same each time. */
async function nora(page: Page, desk: Desk, ...texts: string[]): Promise<Customer> {
  const customer = await Customer.visits(page, desk);
  await customer.startsConversation();
  for (const text of texts) await customer.write(text);
  await expect(page.getByText("Saved").last()).toBeVisible();
  await page.getByRole("button", { name: "Sign in as Nora" }).dispatchEvent("click");
  await expect(page.getByText("Welcome back, Nora Lindqvist.")).toBeVisible();
  return customer;
}

theDesk("The workspace looks as it should, and keeps nobody out", async ({ ownDesk: desk, person }) => {
  test.setTimeout(180_000);
  const door = await person("Somebody at the door", { viewport: desktop, bypassCSP });
  await door.clock.setFixedTime(new Date("2026-11-19T09:00:00Z")); // the greeting goes by the hour
  await door.goto(`${desk.url}/workspace/`);
  await expect(door.getByRole("heading", { name: "Good morning" })).toBeVisible();
  await looks(door, "sign-in");
  await door.setViewportSize(phone);
  await looks(door, "sign-in-phone");

  const page = await person("Mara", { viewport: desktop, bypassCSP });
  const mara = await Agent.signsIn(page, desk, await maraOf(desk));
  await mara.chooses("Mine");
  await expect(page.getByText("Your desk is clear")).toBeVisible();
  await looks(page, "mine-empty");

  const customer = await nora(
    await person("Nora", { userAgent }),
    desk,
    "Hello! One of the four mugs in TW-10482 came cracked.",
    "Can you send me a new one?",
  );
  await mara.chooses("New");
  await mara.opens("Can you send me a new one?");
  await mara.sees("Can you send me a new one?");
  await expect(page.getByText("nora@lindqvist.example")).toBeVisible();
  await expect(mara.row("Can you send me a new one?").getByText("unread")).toHaveCount(0);
  await looks(page, "new", ["light", "dark", "contrast"]);

  await page.evaluate(() => (document.documentElement.dir = "rtl"));
  await looks(page, "rtl", ["light"]);
  await page.evaluate(() => (document.documentElement.dir = "ltr"));

  await page.getByRole("button", { name: "Note" }).click();
  await mara.write("Third one from kiln batch 0914. Replace without asking.");
  await mara.sees("Third one from kiln batch 0914.");
  await looks(page, "note");

  await page.setViewportSize({ width: 1000, height: 800 });
  await page.getByRole("button", { name: "About the customer" }).click();
  await expect(page.getByRole("button", { name: "Close the customer panel" })).toBeFocused();
  await looks(page, "panel");
  await page.keyboard.press("Escape");

  await page.setViewportSize(phone);
  await looks(page, "phone-conversation");
  await page.getByRole("button", { name: "Back to the list" }).click();
  await looks(page, "phone-list");
  await page.setViewportSize(desktop);

  await mara.opens("Can you send me a new one?");
  await page.getByRole("button", { name: "Reply" }).click();
  await mara.write("Of course. It leaves tomorrow morning.");
  await customer.sees("It leaves tomorrow morning.");
  await expect(page.getByText("Read").last()).toBeVisible();
  await page.getByRole("button", { name: "Close", exact: true }).click();
  await expect(page.getByText("This conversation is closed.")).toBeVisible();
  await expect(mara.row("It leaves tomorrow morning.")).toHaveCount(0);
  await looks(page, "closed");
});
