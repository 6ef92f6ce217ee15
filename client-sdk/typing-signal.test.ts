import { expect, test } from "vitest";
import { manualWorld } from "./testing/manual-world.ts";
import { TypingSignal } from "./typing-signal.ts";

function typing() {
  const { clock } = manualWorld();
  const sent: [number, boolean][] = [];
  const began = clock.now();
  const signal = new TypingSignal(clock, (on) => sent.push([clock.now() - began, on]));
  const keys = async (count: number) => {
    for (let key = 0; key < count; key++) {
      signal.set(true);
      await clock.pass(500);
    }
  };
  return { signal, clock, sent, keys };
}

test("however many keys are pressed, it is said every three seconds", async () => {
  const { keys, sent } = typing();
  await keys(14);
  expect(sent).toEqual([[0, true], [3000, true], [6000, true]]); // prettier-ignore
});

test("the end is said once: by the host, or after six seconds without a key", async () => {
  const { signal, clock, keys, sent } = typing();
  await keys(1);
  signal.set(false);
  signal.set(false);
  expect(sent).toEqual([[0, true], [500, false]]); // prettier-ignore
  await keys(1);
  await clock.pass(5500);
  expect(sent.slice(2)).toEqual([[500, true], [6500, false]]); // prettier-ignore
  await clock.pass(60_000);
  expect(sent).toHaveLength(4);
});

test("a message says it by itself, and the next key is said at once", async () => {
  const { signal, clock, keys, sent } = typing();
  await keys(1);
  signal.forget();
  await clock.pass(500);
  await keys(1);
  expect(sent).toEqual([[0, true], [1000, true]]); // prettier-ignore
});
