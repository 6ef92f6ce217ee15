import fc from "fast-check";
import { Packr as TheirPackr, RESERVE_START_SPACE as theirs, unpack as theyUnpack } from "msgpackr";
import { expect, test } from "vitest";
import { Packr, RESERVE_START_SPACE, unpack } from "./msgpack.ts";

// As the server has it: plain MessagePack, no records.
const server = new TheirPackr({ useRecords: false });
const seed = Math.floor(Math.random() * 2 ** 31);
// msgpackr renames one key; what we do with that is said below.
const json = fc.jsonValue({ maxDepth: 6 }).filter((value) => !JSON.stringify(value).includes("__proto__"));
const sane = (value: unknown): unknown => JSON.parse(JSON.stringify(value)) as unknown;

test(`what the widget packs, the server unpacks the same (seed ${seed})`, () => {
  fc.assert(
    fc.property(json, (value) => {
      expect(theyUnpack(new Packr().pack(value))).toEqual(value);
    }),
    { seed, numRuns: 500 },
  );
});

test(`what the server packs, the widget unpacks the same (seed ${seed})`, () => {
  fc.assert(
    fc.property(json, (value) => {
      expect(sane(unpack(server.pack(value)))).toEqual(sane(value));
    }),
    { seed, numRuns: 500 },
  );
});

const edges = [0, 127, 128, 255, 256, 65_535, 65_536, 2 ** 32 - 1, 2 ** 32, Number.MAX_SAFE_INTEGER];
test.each([...edges, ...edges.slice(1).map((one) => -one), -32, -33, 0.5, 1e300])("%d travels both ways", (number) => {
  expect(theyUnpack(new Packr().pack(number))).toBe(number);
  expect(unpack(server.pack(number))).toBe(number);
});

test.each([31, 32, 255, 256, 65_535, 65_536])("a text, a list and an object of %d travel both ways", (length) => {
  const values = ["x".repeat(length), "é".repeat(length), Array.from({ length }, (_, at) => at % 7)];
  const keys = Math.min(length, 2000);
  values.push(Object.fromEntries(Array.from({ length: keys }, (_, at) => [`key ${at}`, at])) as never);
  for (const value of values) {
    expect(theyUnpack(new Packr().pack(value))).toEqual(value);
    expect(unpack(server.pack(value))).toEqual(value);
  }
});

test("room for a header is left before it, as the SDK asks for it", () => {
  expect(RESERVE_START_SPACE).toBe(theirs);
  const packed = new Packr().pack({ on: true }, RESERVE_START_SPACE | 9);
  expect([...packed.subarray(0, 9)]).toEqual(Array.from({ length: 9 }, () => 0));
  expect(unpack(packed, { start: 9 })).toEqual({ on: true });
});

test("what is undefined is left out, and read where the server writes it", () => {
  expect(theyUnpack(new Packr().pack({ limit: 1, before: undefined }))).toEqual({ limit: 1 });
  expect(unpack(server.pack({ a: undefined, b: [undefined, null] }))).toEqual({ a: undefined, b: [undefined, null] });
});

test("no key reaches the prototype", () => {
  const evil = JSON.parse('{"__proto__": {"polluted": true}}') as object;
  const read = unpack(new Packr().pack(evil)) as object;
  expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
  expect("polluted" in {}).toBe(false);
});

test("what is cut off, or not ours to read, is said and not guessed", () => {
  expect(() => unpack(server.pack("a longer text").subarray(0, 5))).toThrow("ends too early");
  expect(() => unpack(Uint8Array.of(0xc7, 1, 5, 0))).toThrow("not something we are sent");
  expect(() => new Packr().pack(Symbol("no"))).toThrow("cannot be sent");
});
