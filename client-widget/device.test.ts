import { expect, test } from "vitest";
import { deviceMemoryKey } from "#client-sdk/device-memory.ts";
import { deviceKey } from "./device.ts";

test("the widget looks where the session remembers", () => {
  expect(deviceKey("garden")).toBe(deviceMemoryKey("garden"));
});
