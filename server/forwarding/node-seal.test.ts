import { describe, expect, test } from "vitest";
import { NodeSeal } from "./node-seal.ts";

const secret = "s".repeat(40);
const request = { method: "POST", url: "/api/conversations/1/events?x=1", body: Buffer.from('{"a":1}') };
const nodes = () => ({ entry: new NodeSeal(secret, "node-1"), owner: new NodeSeal(secret, "node-2") });

describe("the seal between nodes", () => {
  test("is believed by the node it was made for, with the client's address and the body", () => {
    const { entry, owner } = nodes();
    const vouched = owner.open(entry.seal("node-2", "2001:db8::7", request), request);
    expect(vouched?.ip).toBe("2001:db8::7");
    expect(vouched?.isBody(request.body)).toBe(true);
    expect(vouched?.isBody(Buffer.from('{"a":2}'))).toBe(false);
    expect(vouched?.isBody(undefined)).toBe(false);
  });

  test("is good once", () => {
    const { entry, owner } = nodes();
    const seal = entry.seal("node-2", "10.0.0.1", request);
    expect(owner.open(seal, request)).toBeDefined();
    expect(owner.open(seal, request)).toBeUndefined();
    expect(owner.open(entry.seal("node-2", "10.0.0.1", request), request)).toBeDefined();
  });

  test("is for one node: another, and the same machine after a restart, refuse it", () => {
    const { entry } = nodes();
    const seal = entry.seal("node-2", "10.0.0.1", request);
    expect(new NodeSeal(secret, "node-3").open(seal, request)).toBeUndefined();
  });

  test("is for one request: another method or path refuses it", () => {
    const { entry, owner } = nodes();
    const seal = () => entry.seal("node-2", "10.0.0.1", request);
    expect(owner.open(seal(), { ...request, method: "GET" })).toBeUndefined();
    expect(owner.open(seal(), { ...request, url: "/api/conversations/2/events?x=1" })).toBeUndefined();
  });

  test("of another secret, changed in any letter, cut, or made up is refused, and uses nothing up", () => {
    const { entry, owner } = nodes();
    const foreign = new NodeSeal("another-secret".repeat(3), "node-1");
    expect(owner.open(foreign.seal("node-2", "10.0.0.1", request), request)).toBeUndefined();
    const seal = entry.seal("node-2", "10.0.0.1", request);
    for (let at = 0; at < seal.length; at += 1) {
      // The last letter of 32 bytes in base64url carries two bits that mean nothing: compared as text, it counts too.
      const letter = seal[at] === "A" ? "B" : "A";
      expect(owner.open(seal.slice(0, at) + letter + seal.slice(at + 1), request), `letter ${at}`).toBeUndefined();
    }
    for (const made of ["", "1", seal.slice(0, -1), `${seal} `, `${seal}, ${seal}`, "1 node-1 2 10.0.0.1 x y"])
      expect(owner.open(made, request), made).toBeUndefined();
    expect(owner.open(seal, request)).toBeDefined();
  });

  test("needs no clock: a node whose clock is an hour off is believed", () => {
    const { entry, owner } = nodes();
    const now = Date.now;
    Date.now = () => now() + 3_600_000;
    const seal = entry.seal("node-2", "10.0.0.1", request);
    Date.now = now;
    expect(owner.open(seal, request)).toBeDefined();
  });

  test("numbers that come in another order are each good once, and those of long ago not at all", () => {
    const { entry, owner } = nodes();
    const seals = Array.from({ length: 1100 }, () => entry.seal("node-2", "10.0.0.1", request));
    const late = seals.slice(100).reverse();
    expect(late.every((seal) => owner.open(seal, request))).toBe(true);
    expect(late.some((seal) => owner.open(seal, request))).toBe(false);
    expect(owner.open(seals[0]!, request)).toBeUndefined();
  });
});
