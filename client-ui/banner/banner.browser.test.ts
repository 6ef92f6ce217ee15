import { html } from "lit";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { expectAccessible, mount } from "../testing/stage.ts";
import type { Connection, RdBanner } from "./banner.component.ts";
import "./define.ts";

let banner: RdBanner;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
});
afterEach(() => {
  vi.useRealTimers();
});

const begin = async (connection: Connection) => {
  banner = await mount<RdBanner>(html`<rd-banner connection=${connection}></rd-banner>`);
};
const becomes = async (connection: Connection) => {
  banner.connection = connection;
  await banner.updateComplete;
};
const after = async (ms: number) => {
  vi.advanceTimersByTime(ms);
  await banner.updateComplete;
};
const words = () => banner.shadowRoot?.querySelector("p")?.textContent?.trim() ?? "";

test("it is accessible in each state", async () => {
  await begin("offline");
  vi.useRealTimers();
  await expectAccessible(banner);
  await becomes("reconnecting");
  await expectAccessible(banner);
  await becomes("online");
  await expectAccessible(banner);
});

test("while all is well it takes no room", async () => {
  await begin("online");
  expect(banner.offsetHeight).toBe(0);
});

test("offline is said at once, and what happens to the words one writes", async () => {
  await begin("online");
  await becomes("offline");
  expect(words()).toBe("Offline. What you write is kept.");
});

test("reconnecting is said only after a second and a half", async () => {
  await begin("online");
  await becomes("reconnecting");
  await after(1499);
  expect(words()).toBe("");
  await after(1);
  expect(words()).toBe("Reconnecting. You can go on writing.");
});

test("a stumble shorter than that is not mentioned, nor its end", async () => {
  await begin("online");
  await becomes("reconnecting");
  await after(1000);
  await becomes("online");
  await after(5000);
  expect(words()).toBe("");
});

test("after a banner was up, the way back is said and leaves after three seconds", async () => {
  await begin("offline");
  await becomes("reconnecting");
  expect(words()).toBe("Reconnecting. You can go on writing.");
  await becomes("online");
  expect(words()).toBe("Back. Nothing is missing.");
  await after(3000);
  expect(words()).toBe("");
});

test("a host may use its own sentences", async () => {
  await begin("offline");
  banner.texts = { offline: "Kein Netz." };
  await banner.updateComplete;
  expect(words()).toBe("Kein Netz.");
});

test("the live region is there before its words are, so that they are read out", async () => {
  await begin("online");
  expect(banner.shadowRoot?.querySelector("[role=status]")).not.toBeNull();
});
