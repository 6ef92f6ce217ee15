import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "@playwright/test";
import { createServer } from "vite";
import { Desk } from "./testing/desk.ts";
import { expect, test } from "./testing/fixtures.ts";
import { HostSite } from "./testing/host-page.ts";
import { Agent, Customer } from "./testing/people.ts";
import { widgetLooks } from "./testing/widget-looks.ts";

const desktop = { width: 1280, height: 800 };
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
/** Hiding what differs each time takes styles of our own, which the page's policy forbids; other walks keep it. */
const bypassCSP = true;
/** Half an hour after what is said in the rehearsed conversations, whose dates would read otherwise on another day. */
const rehearsedAt = new Date("2026-11-19T14:30:00Z");

async function atTheDesk(page: Page, desk: Desk): Promise<Agent> {
  const priya = await Agent.signsIn(page, desk, await desk.user("agent"));
  await priya.chooses("New");
  return priya;
}

test("The widget looks as it should, and keeps nobody out", async ({ person }) => {
  test.setTimeout(240_000);
  const desk = await Desk.start();
  try {
    const page = await person("Nora", { viewport: desktop, bypassCSP });
    const nora = await Customer.visits(page, desk);
    await nora.opensWidget();
    await expect(page.getByText("Tidewater", { exact: true }).last()).toBeVisible();
    await widgetLooks(page, "home", ["light", "dark", "contrast"]);

    await page.getByRole("button", { name: "Send us a message" }).click();
    await expect(page.getByText("Ask us anything")).toBeVisible();
    await widgetLooks(page, "first-words");

    await nora.write("Hello! One mug came cracked.");
    await expect(page.getByText("Saved").last()).toBeVisible();
    const priya = await atTheDesk(await person("Priya"), desk);
    await priya.opens("One mug came cracked.");
    await priya.write("Hi Nora, thank you for the photo. I am sorry it arrived like this.");
    await priya.write("I can send a **new mug** or refund €17. Which do you prefer?");
    await nora.sees("Which do you prefer?");
    await nora.write("A new one please, if the glaze matches.");
    await expect(page.getByText("Read").last()).toBeVisible();
    await widgetLooks(page, "conversation", ["light", "dark", "contrast"]);

    await page.getByRole("button", { name: "Close", exact: true }).click();
    await priya.write("Same glaze, newer batch. It leaves tomorrow morning.");
    await expect(page.locator("roomdesk-widget .teaser")).toBeVisible();
    await widgetLooks(page, "teaser");
    await page.getByRole("button", { name: /Open the conversation/ }).click();
    await nora.sees("It leaves tomorrow morning.");

    await page.context().setOffline(true);
    await expect(page.getByText("Offline. What you write is kept.")).toBeVisible();
    await nora.write("And please use the side door.");
    await expect(page.getByText("Kept, sent when you are back")).toBeVisible();
    await widgetLooks(page, "offline");

    await priya.page.getByRole("button", { name: "Close", exact: true }).click();
    await expect(priya.page.getByText("This conversation is closed.")).toBeVisible();
    await page.context().setOffline(false);
    await expect(page.getByText("Not saved. This conversation is closed.")).toBeVisible();
    await expect(page.getByText("Back. Nothing is missing.")).toHaveCount(0);
    await widgetLooks(page, "not-saved");
    await page.getByRole("button", { name: "Discard" }).click();
    await expect(page.getByText("Not saved.")).toHaveCount(0);
    await widgetLooks(page, "closed");

    await page.getByRole("button", { name: "Back" }).click();
    await expect(page.getByRole("button", { name: /Priya Raman/ })).toBeVisible();
    await widgetLooks(page, "home-known");

    await page.getByRole("button", { name: /Priya Raman/ }).click();
    await page.getByRole("button", { name: "It is not solved, go on" }).click();
    await expect(nora.composer()).toBeVisible();
    await desk.kill();
    await expect(page.getByText("Reconnecting. You can go on writing.")).toBeVisible({ timeout: 30_000 });
    await widgetLooks(page, "reconnecting");

    await page.reload({ waitUntil: "commit" }).catch(() => undefined); // nobody serves the page any more either
  } finally {
    await desk.stop();
  }
});

test("The widget fills a phone, as it should", async ({ desk, person }) => {
  test.setTimeout(120_000);
  const page = await person("Nora", { ...phone, bypassCSP });
  const nora = await Customer.visits(page, desk);
  await nora.opensWidget();
  await widgetLooks(page, "phone-home");
  await page.getByRole("button", { name: "Send us a message" }).click();
  await expect(nora.composer()).toBeVisible();
  await nora.composer().fill("Hello! One mug of the four came cracked.");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await expect(page.getByText("Saved").last()).toBeVisible();
  const priya = await atTheDesk(await person("Priya"), desk);
  await priya.opens("One mug of the four came cracked.");
  await priya.write("I am sorry. I can send a new one. Which glaze is it, ash or tide?");
  await nora.sees("ash or tide?");
  await expect(page.getByText("Read").last()).toBeVisible();
  await widgetLooks(page, "phone-conversation");
  const { width, height } = (await page.getByRole("dialog").boundingBox()) ?? {};
  expect([width, height]).toEqual([390, 844]);
});

test("The widget says in words what stands in the way", async ({ person }) => {
  const site = await HostSite.open();
  const desk = await Desk.start();
  const shop = (key: string) =>
    `<!doctype html><html lang="en"><head><title>A shop</title><meta name="viewport" content="width=device-width">
     <script async src="${desk.url}/widget/loader.js" data-inbox="${key}"></script></head><body><main><h1>A shop</h1></main></body></html>`;
  try {
    const page = await person("Carl", { viewport: desktop });
    const carl = new Customer(page);
    await page.goto(site.put("/wrong", shop("nobody")));
    await carl.opensWidget();
    await expect(page.getByText("a desk that we do not know")).toBeVisible();
    await widgetLooks(page, "wrong-key");

    const key = (await desk.demo()).inboxes[0]?.key ?? "";
    await page.goto(site.put("/right", shop(key)));
    await carl.launcher().hover();
    await page.waitForLoadState("networkidle");
    await page.route("**/api/**", (route) => route.abort());
    await carl.opensWidget();
    await expect(page.getByText("We cannot be reached just now.")).toBeVisible();
    await widgetLooks(page, "unreachable");
  } finally {
    await desk.stop();
    await site.close();
  }
});

test("The widget looks as it should from right to left, and where a page is shown four times as large", async ({
  person,
}) => {
  test.setTimeout(120_000);
  const cacheDir = await mkdtemp(join(tmpdir(), "roomdesk-looks-"));
  const rehearsal = await createServer({
    configFile: false,
    root: fileURLToPath(new URL("../client-widget", import.meta.url)),
    cacheDir,
    logLevel: "error",
    server: { host: "127.0.0.1", port: 0, hmr: false, watch: null },
    optimizeDeps: { noDiscovery: true, include: [] },
  });
  try {
    await rehearsal.listen();
    const at = (query: string) => `${rehearsal.resolvedUrls?.local[0]}testing/looks.html?${query}`;
    const page = await person("Noura", { viewport: desktop, locale: "ar-EG" });
    await page.clock.setFixedTime(rehearsedAt);
    await page.goto(at("look=home-known&lang=ar&theme=auto"));
    await expect(page.getByText("كيف نساعدك؟")).toBeVisible();
    await widgetLooks(page, "rtl-home", ["light"]);
    await page.goto(at("look=states&lang=ar&theme=auto"));
    await expect(page.locator("rd-message-bubble").last()).toBeVisible();
    await widgetLooks(page, "rtl-conversation");
    await page.setViewportSize(phone.viewport);
    await page.goto(at("look=offline&lang=ar&theme=auto"));
    await expect(page.locator("rd-banner p")).toBeVisible();
    await widgetLooks(page, "rtl-phone");

    const near = await person("Nora", { viewport: { width: 320, height: 256 } });
    await near.clock.setFixedTime(rehearsedAt);
    await near.goto(at("look=home&theme=auto"));
    await expect(near.getByText("Send us a message")).toBeVisible();
    await widgetLooks(near, "large-home", ["light"]);
    await near.goto(at("look=conversation&theme=auto"));
    await expect(near.getByRole("textbox")).toBeInViewport({ ratio: 1 });
    await expect(near.getByRole("button", { name: "Back" })).toBeInViewport({ ratio: 1 });
    await widgetLooks(near, "large-conversation", ["light"]);
  } finally {
    await rehearsal.close();
    await rm(cacheDir, { recursive: true, force: true });
  }
});
