import type { Page } from "@playwright/test";
import type { Desk } from "./testing/desk.ts";
import { HostSite } from "./testing/host-page.ts";
import { Customer } from "./testing/people.ts";
import { expect, test } from "./testing/fixtures.ts";

let site: HostSite;
test.beforeAll(async () => {
  site = await HostSite.open();
});
test.afterAll(() => site.close());

type Call = (...call: unknown[]) => Promise<unknown>;
type Globals = { Roomdesk: Call & { q?: unknown[] }; heard: unknown[]; violations: string[]; off: () => void };

const key = async (desk: Desk) => (await desk.demo()).inboxes[0]?.key ?? "";
const snippet = async (desk: Desk, how = "async") =>
  `<script ${how} src="${desk.url}/widget/loader.js" data-inbox="${await key(desk)}"></script>`;
const plain = (head: string, body = "<h1>A shop</h1><p>Some goods.</p>") =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A shop</title>${head}</head><body>${body}</body></html>`;

/** The whole way: door, conversation, a message that the desk keeps, over a socket. */
async function walks(page: Page): Promise<void> {
  const socket = page.waitForEvent("websocket");
  await writes(page);
  await socket;
}

async function writes(page: Page): Promise<void> {
  const customer = new Customer(page);
  await customer.startsConversation();
  await customer.write("Hello from another site.");
  await customer.sees("Hello from another site.");
  await expect(page.getByText("Saved").first()).toBeVisible();
}

test("[features 18] a page carries the loader and nothing else until somebody reaches for it, and no task is long", async ({
  desk,
  person,
}) => {
  const page = await person("Carl");
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await page.goto(site.put("/light", plain(await snippet(desk))));
  await expect(page.locator("roomdesk-widget .launcher")).toBeVisible();
  await page.waitForLoadState("networkidle");
  expect(asked.filter((path) => path !== "/light" && path !== "/favicon.ico")).toEqual(["/widget/loader.js"]);
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  const { metrics } = await session.send("Performance.getMetrics");
  // All of the page's scripts together: no single task of theirs can be longer.
  expect((metrics.find(({ name }) => name === "ScriptDuration")?.value ?? 1) * 1000).toBeLessThan(50);
  await page.locator("roomdesk-widget .launcher").hover();
  await expect.poll(() => asked).toContain("/widget/app.js");
  expect(asked.filter((path) => path.startsWith("/api/"))).toEqual([]);
});

test("[N32] a page with the strictest policy that names the desk runs it all, and breaks no rule of it", async ({
  desk,
  person,
}) => {
  const page = await person("Carl");
  const policy = [
    "default-src 'none'",
    `script-src 'self' ${desk.url}`,
    `connect-src ${desk.url} ${desk.url.replace("http", "ws")}`,
    "style-src 'self'",
    "require-trusted-types-for 'script'",
    "trusted-types lit-html",
  ].join(";");
  site.put(
    "/watch.js",
    "self.violations = []; addEventListener('securitypolicyviolation', (e) => violations.push(e.violatedDirective + ' ' + e.blockedURI))",
  );
  const html = plain(`<script src="/watch.js"></script>${await snippet(desk)}`);
  await page.goto(site.put("/strict", html, { "content-security-policy": policy }));
  await walks(page);
  const violations = await page.evaluate(() => (window as unknown as Globals).violations);
  expect(violations.filter((violation) => !violation.includes("favicon"))).toEqual([]);
});

test("[features 20] calls made before anything has loaded are done in order, and listeners are heard", async ({
  desk,
  person,
}) => {
  const page = await person("Carl");
  const queue = `<script>
    window.Roomdesk = (...call) => void (Roomdesk.q = Roomdesk.q || []).push(call);
    heard = [];
    Roomdesk("on", "open", () => heard.push("open"));
    Roomdesk("on", "ready", () => heard.push("ready"));
    Roomdesk("prefill", "I have a question: ");
    Roomdesk("open");
  </script>`;
  await page.goto(site.put("/queue", plain(queue + (await snippet(desk)))));
  await expect(new Customer(page).composer()).toHaveValue("I have a question: ");
  await expect.poll(() => page.evaluate(() => (window as unknown as Globals).heard)).toEqual(["open", "ready"]);

  await page.evaluate(() => {
    const { Roomdesk, heard } = window as unknown as Globals;
    (window as unknown as Globals).off = Roomdesk("on", "close", () => heard.push("close")) as unknown as () => void;
  });
  await page.evaluate(() => (window as unknown as Globals).Roomdesk("close"));
  await page.evaluate(() => (window as unknown as Globals).off());
  await page.evaluate(() => (window as unknown as Globals).Roomdesk("toggle"));
  await page.evaluate(() => (window as unknown as Globals).Roomdesk("toggle"));
  expect(await page.evaluate(() => (window as unknown as Globals).heard)).toEqual(["open", "ready", "close", "open"]);
});

test("the script may stand in the head, before there is a body, and twice", async ({ desk, person }) => {
  const page = await person("Carl");
  const twice = (await snippet(desk, "")) + (await snippet(desk, ""));
  await page.goto(site.put("/head", plain(twice)));
  await expect(page.locator("roomdesk-widget")).toHaveCount(1);
  await expect(page.locator("roomdesk-widget .launcher")).toBeVisible();
  await new Customer(page).opensWidget();
});

test("[features 20] it outlives a page that swaps its body, and comes again after destroy and init", async ({
  desk,
  person,
}) => {
  const page = await person("Carl");
  await page.goto(site.put("/swap", plain(await snippet(desk))));
  const swap = () =>
    page.evaluate(() => {
      const body = document.createElement("body");
      body.append(Object.assign(document.createElement("h1"), { textContent: "Another page" }));
      document.body.replaceWith(body);
    });
  await swap();
  await expect(page.locator("roomdesk-widget .launcher")).toBeVisible();
  await walks(page);
  await swap();
  await expect(page.getByText("Another page")).toBeVisible();
  await new Customer(page).sees("Hello from another site.");
  await page.evaluate(() => (document.body.textContent = ""));
  await new Customer(page).sees("Hello from another site.");

  await page.evaluate(() => (window as unknown as Globals).Roomdesk("destroy"));
  await expect(page.locator("roomdesk-widget")).toHaveCount(0);
  await swap();
  await expect(page.locator("roomdesk-widget")).toHaveCount(0);
  const options = { inbox: await key(desk), server: desk.url };
  await page.evaluate((how) => (window as unknown as Globals).Roomdesk("init", how), options);
  await page.evaluate(() => (window as unknown as Globals).Roomdesk("open"));
  await page.locator("rd-home section .card").first().click();
  await new Customer(page).sees("Hello from another site.");
});

test("a part that does not come is said near the launcher, and another press brings it", async ({ desk, person }) => {
  const page = await person("Carl");
  let isBroken = true;
  await page.route(/widget\/(app|chunks\/base)/, (route) => (isBroken ? route.abort() : route.continue()));
  await page.goto(site.put("/broken", plain(await snippet(desk))));
  await page.locator("roomdesk-widget .launcher").click();
  await expect(page.getByText("The chat did not load. Please try again.")).toBeVisible();
  isBroken = false;
  await page.locator("roomdesk-widget .launcher").click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await expect(page.getByText("The chat did not load.")).toHaveCount(0);
});

test("on a slow line the launcher says that it opens, and the focus goes where it was meant to", async ({
  desk,
  person,
}) => {
  const page = await person("Carl");
  const line = Promise.withResolvers<void>();
  await page.route("**/widget/app.js", async (route) => {
    await line.promise;
    await route.continue();
  });
  await page.goto(site.put("/slow", plain(await snippet(desk))));
  await page.locator("roomdesk-widget .launcher").focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText("Opening the chat")).toBeVisible();
  line.resolve();
  await expect(page.getByRole("button", { name: "Send us a message" })).toBeFocused();
  await expect(page.getByText("Opening the chat")).toHaveCount(0);

  await page.keyboard.press("Escape");
  await expect(page.locator("roomdesk-widget .launcher")).toBeFocused();
});

test("a press that the app's arrival falls into is not lost", async ({ desk, person }) => {
  const page = await person("Carl");
  const line = Promise.withResolvers<void>();
  await page.route("**/widget/app.js", async (route) => {
    await line.promise;
    await route.continue();
  });
  await page.goto(site.put("/press", plain(await snippet(desk))));
  await page.locator("roomdesk-widget .launcher").hover();
  await page.mouse.down();
  line.resolve();
  await expect(page.locator("roomdesk-widget .launcher[part]")).toBeVisible(); // the app's own stands there now
  await page.mouse.up();
  await expect(page.getByRole("dialog")).toBeVisible();
});

test("inside the panel, too, a part that does not come is said, and another try brings it", async ({
  desk,
  person,
}) => {
  const page = await person("Carl");
  let isBroken = true;
  await page.route(/widget\/chunks\/(customer-session|define)/, (route) =>
    isBroken ? route.abort() : route.continue(),
  );
  await page.goto(site.put("/half", plain(await snippet(desk))));
  await page.locator("roomdesk-widget .launcher").click();
  await expect(page.getByText("Part of this window did not load.")).toBeVisible();
  isBroken = false;
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByText("What can we do?")).toBeVisible();
  await page.getByRole("button", { name: "Send us a message" }).click();
  await expect(new Customer(page).composer()).toBeVisible();
});

test("[N35] a page that pollutes Object.prototype and Array.prototype does not stop it", async ({ desk, person }) => {
  const page = await person("Carl");
  const pollution = `<script>
    Object.prototype.extend = function (more) { return Object.assign(this, more); };
    Object.prototype.theme = "neon"; Object.prototype.name = "polluted"; Object.prototype.length2 = 3;
    Array.prototype.remove = function (one) { return this.filter((other) => other !== one); };
    String.prototype.trimLeft2 = function () { return this; };
  </script>`;
  await page.goto(site.put("/polluted", plain(pollution + (await snippet(desk)))));
  await writes(page); // Colyseus' SDK gives up on such a page, so this goes by polling
});

test("a page with a wrong key says so to its visitor, and promises nothing", async ({ desk, person }) => {
  const page = await person("Carl");
  const wrong = (await snippet(desk)).replace(/data-inbox="[^"]*"/, 'data-inbox="nobody"');
  await page.goto(site.put("/wrong", plain(wrong)));
  await new Customer(page).opensWidget();
  await expect(page.getByText("This page asks for a desk that we do not know.")).toBeVisible();
  await expect(page.getByText("Send us a message")).toHaveCount(0);
});

test("[features 20] an application may import the element and use it bare", async ({ desk, person }) => {
  const page = await person("Carl");
  const bare = `<script type="module" src="${desk.url}/widget/app.js"></script>`;
  await page.goto(site.put("/bare", plain(bare, "<h1>An app</h1><roomdesk-widget></roomdesk-widget>")));
  await expect(page.locator("roomdesk-widget button")).toHaveCount(0);
  await page.locator("roomdesk-widget").evaluate(
    (widget, [inbox = "", server = ""]) => {
      widget.setAttribute("server", server);
      widget.setAttribute("inbox", inbox);
    },
    [await key(desk), desk.url],
  );
  await walks(page);
});
