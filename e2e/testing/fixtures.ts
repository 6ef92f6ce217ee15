import { test as base, type BrowserContext, type BrowserContextOptions, type Page } from "@playwright/test";
import { Desk } from "./desk.ts";

type Fixtures = {
  /** A browser of another person: their own cookies, storage and network. */
  person: (name: string, options?: BrowserContextOptions) => Promise<Page>;
};
type WorkerFixtures = { desk: Desk };

/**
 * Every test runs against a real desk, and fails when a page asks anybody else than this machine for anything, or when a
 * page reports an error nobody caught.
 */
export const test = base.extend<Fixtures, WorkerFixtures>({
  desk: [
    // eslint-disable-next-line no-empty-pattern -- Playwright wants a destructured first argument
    async ({}, use) => {
      const desk = await Desk.start();
      await use(desk);
      await desk.stop();
    },
    { scope: "worker", timeout: 60_000 },
  ],
  person: async ({ browser }, use) => {
    const contexts: BrowserContext[] = [];
    const complaints: string[] = [];
    await use(async (name, options) => {
      const context = await browser.newContext(options);
      contexts.push(context);
      const check = (url: string) => {
        const { hostname, protocol } = new URL(url);
        if (/^(http|ws)s?:$/.test(protocol) && !["localhost", "127.0.0.1", "[::1]"].includes(hostname))
          complaints.push(`${name} asked ${hostname} for something`);
      };
      context.on("request", (request) => check(request.url()));
      context.on("page", (page) => page.on("websocket", (socket) => check(socket.url())));
      context.on("weberror", (error) => complaints.push(`${name}'s page failed: ${error.error().message}`));
      return context.newPage();
    });
    for (const context of contexts) await context.close();
    if (complaints.length > 0) throw new Error(complaints.join("\n"));
  },
});

export { expect } from "@playwright/test";
