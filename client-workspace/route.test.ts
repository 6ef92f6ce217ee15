import { expect, test } from "vitest";
import { readRoute, writeRoute } from "./route.ts";

const id = "3e0b7e2c-4a39-4f4e-9a57-0d9f5d1b7a11";

test("a route survives the address bar", () => {
  for (const route of [{ view: "mine", conversation: id } as const, { view: "closed", conversation: null } as const])
    expect(readRoute(writeRoute(route))).toEqual(route);
});

test("an address nobody wrote leads to New", () => {
  for (const hash of ["", "#", "#/somewhere", "#/mine/not-an-id", "#setup=token"])
    expect(readRoute(hash)).toEqual({ view: "new", conversation: null });
});
