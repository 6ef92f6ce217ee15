import { once } from "node:events";
import { expect, onTestFinished, test, vi } from "vitest";
import { WebSocket } from "ws";
import { addInbox, addOrganisation } from "#core/memory/memory-desk.ts";
import { freePort } from "#db/embedded/free-port.ts";
import { KnownPages } from "./known-pages.ts";
import { runningDesk } from "./testing/running-desk.ts";

const publicUrl = "https://desk.example";
const shop = "https://shop.example";

test("[N24] a socket without a seat is 403 to a page nobody allowed, and 401 to one that may embed", async () => {
  const port = await freePort();
  const desk = await runningDesk({ publicUrl, port });
  onTestFinished(() => desk.close());
  const answerTo = async (origin: string): Promise<number> => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/test/room?sessionId=x`, { origin });
    socket.on("error", () => undefined);
    const [, { statusCode = 0 }] = (await once(socket, "unexpected-response")) as [unknown, { statusCode?: number }];
    socket.terminate();
    return statusCode;
  };
  const { orgId } = addOrganisation(desk.ports.memory, "Harbour", { name: "Shop", origins: [shop] });
  expect(await answerTo(publicUrl)).toBe(401);
  for (const origin of ["https://evil.example", `${shop}.evil.example`, "http://shop.example"])
    expect(await answerTo(origin)).toBe(403);
  await expect.poll(() => answerTo(shop), { timeout: 5000 }).toBe(401);
  addInbox(desk.ports.memory, orgId, { name: "Anywhere" });
  await expect.poll(() => answerTo("https://anybody.example"), { timeout: 5000 }).toBe(401);
});

test("[N24] without an address of its own the desk cannot call a page foreign", () => {
  const pages = new KnownPages({ customers: { embeddingPages: vi.fn() }, publicUrl: undefined, onFault: vi.fn() });
  expect(pages.isKnown("https://anybody.example")).toBe(true);
});

test("what was known holds while the store does not answer, and a stranger does not make it asked all the time", async () => {
  const embeddingPages = vi.fn().mockResolvedValueOnce([shop]).mockRejectedValue(new Error("away"));
  const onFault = vi.fn();
  const pages = new KnownPages({ customers: { embeddingPages }, publicUrl, onFault });
  await pages.look();
  await pages.look();
  expect(onFault).toHaveBeenCalledOnce();
  expect(pages.isKnown(shop)).toBe(true);
  for (let times = 0; times < 50; times += 1) expect(pages.isKnown("https://evil.example")).toBe(false);
  expect(embeddingPages).toHaveBeenCalledTimes(2);
});
