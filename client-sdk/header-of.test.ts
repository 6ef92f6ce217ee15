import { expect, test } from "vitest";
import { headerOf } from "./header-of.ts";

const nobody = new Map<string, never>();

test("[DL10] a state that has not come yet is no header", () => {
  expect(headerOf({})).toBeUndefined();
  expect(headerOf({ members: nobody, staffReads: nobody, viewers: nobody })).toBeUndefined();
});

test("an empty conversation's state is one", () => {
  const header = headerOf({ status: "open", assigneeId: "", head: 0, members: nobody });
  expect(header).toEqual({
    ...{ status: "open", assigneeId: null, head: 0 },
    ...{ members: [], viewers: [], reads: new Map() },
  });
});
