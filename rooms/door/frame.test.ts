import { Protocol } from "@colyseus/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { packed, request, signal } from "../testing/frames.ts";
import { readFrame } from "./frame.ts";
import { isPlainMsgpack } from "./msgpack-shape.ts";

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(" ", ""), "hex");

describe("what a person's request can look like", () => {
  test("a request and a signal are read with their number and name", () => {
    expect(readFrame(request(7, "message.send", packed({ body: "hi" })))).toEqual({
      kind: "request",
      id: 7,
      type: "message.send",
    });
    expect(readFrame(signal("typing", packed({ on: true })))).toEqual({ kind: "signal", type: "typing" });
    expect(readFrame(Buffer.from([Protocol.PING]))).toEqual({ kind: "wire" });
  });

  test("large request numbers are read little end first", () => {
    const bytes = Buffer.concat([hex("15 cd 2c01"), Buffer.from([0xa1, 0x78])]);
    expect(readFrame(bytes)).toEqual({ kind: "request", id: 300, type: "x" });
  });

  test("records, the SDK's way to write objects, are plain data, nested and repeated", () => {
    expect(isPlainMsgpack(hex("d4 72 40 92 a1 61 a1 62 01 d4 72 41 91 a1 63 93 01 02 40 01 02"), 0)).toBe(true);
  });

  test("whatever plain data the encoder writes is accepted", () => {
    const plain = fc.object({
      maxDepth: 3,
      values: [fc.string(), fc.double(), fc.integer(), fc.boolean(), fc.constant(null)],
    });
    fc.assert(fc.property(plain, (value) => isPlainMsgpack(packed(value), 0)));
  });
});

describe("[N22] what no request looks like is broken, and nothing is built from it", () => {
  test.each([
    ["an array that claims thirty million members", "dd 01c9c380"],
    ["a map that claims more than there is", "df ffffffff a1 61"],
    ["a text that claims more than there is", "db 7fffffff 61"],
    ["an extension: a date", "d7 ff ed770400 6b033845"],
    ["an extension: an error", "c7 03 65 c0c0c0"],
    ["an extension of many bytes", "c9 ffffffff 72"],
    ["binary data", "c4 01 00"],
    ["a text with a lone surrogate, which the decoder would replace", "a5 61 eda080 62"],
    ["a byte that means nothing", "c1"],
    ["a map with a number for a key", "81 01 01"],
    ["a record whose names are no texts", "d4 72 40 91 01 01"],
    ["two values", "01 02"],
    ["half a value", "92 01"],
  ])("%s", (_, bytes) => {
    expect(isPlainMsgpack(hex(bytes), 0)).toBe(false);
  });

  test("a nest a thousand deep and a million members", () => {
    expect(isPlainMsgpack(Buffer.alloc(1000, 0x91), 0)).toBe(false);
    expect(isPlainMsgpack(Buffer.concat([hex("dc ffff"), Buffer.alloc(65535, 0x01)]), 0)).toBe(false);
  });

  test.each([
    ["nothing at all", ""],
    ["a request that ends in its number", "15 cd 01"],
    ["a request without a name", "15 01"],
    ["a name that claims more than there is", "15 01 d9 ff 61"],
    ["a name that is a number", "15 01 05"],
    ["a code that is the server's to say", "0e 01"],
    ["bytes for a room that takes none", "11 a1 78 00"],
    ["a hello with something behind it", "0a 00"],
  ])("%s", (_, bytes) => {
    expect(readFrame(hex(bytes)).kind).toBe("broken");
  });

  test("a broken request can still be answered when its number was read", () => {
    expect(readFrame(request(9, "message.send", hex("c1")))).toEqual({ kind: "broken", id: 9 });
  });

  test("no bytes make the reader throw", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.constantFrom(13, 21), (bytes, code) => {
        readFrame(Buffer.concat([Buffer.from([code]), bytes]));
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    ["a nest", Buffer.alloc(256 * 1024, 0x91)],
    ["members", Buffer.concat([hex("dd 0003ffff"), Buffer.alloc(256 * 1024, 0x01)])],
    ["empty objects", Buffer.concat([hex("dd 0003ffff"), Buffer.alloc(256 * 1024, 0x80)])],
  ])("the largest frame full of %s costs less than 10 ms", (_, payload) => {
    const frame = request(1, "message.send", payload);
    const from = process.cpuUsage();
    expect(readFrame(frame).kind).toBe("broken");
    expect(process.cpuUsage(from).user).toBeLessThan(10_000);
  });
});
