import fc from "fast-check";
import { expect, test } from "vitest";
import { spliceOf } from "./screen-recorder.ts";
import type { Shown } from "./screen-lines.ts";

const shown = fc.record<Shown>({
  seq: fc.constantFrom(null, 1, 2),
  id: fc.constantFrom("", "a"),
  key: fc.constantFrom("a", "b"),
  kind: fc.constant("message"),
  hash: fc.constantFrom(null, "x"),
  state: fc.constantFrom(null, "saved" as const),
});

test("a splice makes the list before into the list after, and equal lists need none", () => {
  fc.assert(
    fc.property(fc.array(shown), fc.array(shown), (before, after) => {
      const splice = spliceOf(before, after);
      const made = splice ? before.toSpliced(splice.at, splice.gone, ...splice.lines) : before;
      expect(made).toEqual(after);
      expect(spliceOf(after, structuredClone(after))).toBeUndefined();
    }),
  );
});
