import { randomUUID } from "node:crypto";
import { afterEach, describe, expect, test } from "vitest";
import type { KeyRow } from "./key-shelf.ts";
import { Keyring } from "./keyring.ts";
import { masterKey } from "./master-key.ts";
import { Nonces } from "./nonces.ts";
import { eventRow } from "./rows.ts";

const orgId = randomUUID();
const shelf = new Map<string, KeyRow>();
const chain = async (id: string): Promise<KeyRow[]> => {
  const row = shelf.get(id);
  return row ? [row, ...(row.parentId ? await chain(row.parentId) : [])] : [];
};
const rings: Keyring[] = [];
const newRing = (...cache: [ConstructorParameters<typeof Keyring>[2]] | []) => {
  const ring = new Keyring(masterKey("the secret"), { chain }, ...cache);
  rings.push(ring);
  return ring;
};
afterEach(() => rings.splice(0).forEach((ring) => ring.close()));

const shelved = (row: KeyRow): KeyRow => {
  shelf.set(row.id, row);
  return row;
};

/** A customer with a conversation, its keys on the shelf. */
async function conversation(ring: Keyring) {
  const customer = shelved(await ring.forge({ kind: "customer", orgId, subjectId: randomUUID() }));
  const subjectId = randomUUID();
  const key = shelved(await ring.forge({ kind: "conversation", orgId, subjectId, parentId: customer.id }));
  return { id: subjectId, key: key.id, customer: customer.id };
}

describe("sealing", () => {
  test("a text comes back as it was, on another node too", async () => {
    const ring = newRing();
    const { id, key } = await conversation(ring);
    const row = eventRow(orgId, id, randomUUID(), "body", 1);
    for (const text of ["Where is my order?", "", "日本語 🏳️‍🌈 \u0000", "x".repeat(4000)])
      expect(await newRing().open(key, row, await ring.seal(key, row, text))).toBe(text);
  });

  test("the same text is never the same bytes", async () => {
    const ring = newRing();
    const { key } = await conversation(ring);
    expect(await ring.seal(key, "row", "yes")).not.toEqual(await ring.seal(key, "row", "yes"));
  });

  test("[N64] swapped between rows, fields, versions, conversations or organisations, it does not open", async () => {
    const ring = newRing();
    const [here, there] = [await conversation(ring), await conversation(ring)];
    const event = randomUUID();
    const row = eventRow(orgId, here.id, event, "body", 2);
    const bytes = await ring.seal(here.key, row, "secret");
    const elsewhere = [
      eventRow(orgId, here.id, randomUUID(), "body", 2),
      eventRow(orgId, here.id, event, "name", 2),
      eventRow(orgId, here.id, event, "body", 3),
      eventRow(orgId, there.id, event, "body", 2),
      eventRow(randomUUID(), here.id, event, "body", 2),
    ];
    for (const other of elsewhere) expect(await ring.open(here.key, other, bytes)).toBeNull();
    expect(await ring.open(there.key, row, bytes), "with another conversation's key").toBeNull();
    expect(await ring.open(here.key, row, bytes)).toBe("secret");
  });

  test("[N64] with any bit flipped or any byte cut off it does not open", async () => {
    const ring = newRing();
    const { key } = await conversation(ring);
    const bytes = await ring.seal(key, "row", "secret");
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const flipped = Buffer.from(bytes);
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      expect(await ring.open(key, "row", flipped), `bit ${bit}`).toBeNull();
    }
    for (let length = 0; length < bytes.length; length += 1)
      expect(await ring.open(key, "row", bytes.subarray(0, length)), `${length} bytes`).toBeNull();
  });

  test("[N64] a key moved to another row of the key table opens nothing", async () => {
    const ring = newRing();
    const { key, customer } = await conversation(ring);
    const bytes = await ring.seal(key, "row", "secret");
    const other = await conversation(ring);
    const honest = shelf.get(key)!;
    shelf.set(key, { ...honest, wrapped: shelf.get(other.key)!.wrapped });
    expect(await newRing().open(key, "row", bytes)).toBeNull();
    shelf.set(key, { ...honest, parentId: other.customer, kek: other.customer });
    expect(await newRing().open(key, "row", bytes)).toBeNull();
    shelf.set(key, honest);
    expect(await newRing().open(key, "row", bytes)).toBe("secret");
    expect(customer).not.toBe(other.customer);
  });

  test("a destroyed customer's key makes their conversations unreadable", async () => {
    const ring = newRing();
    const { key, customer } = await conversation(ring);
    const bytes = await ring.seal(key, "row", "secret");
    shelf.set(customer, { ...shelf.get(customer)!, wrapped: Buffer.alloc(0) });
    expect(await ring.open(key, "row", bytes), "still in memory").toBe("secret");
    for (const id of [key, customer]) ring.forget(id);
    expect(await ring.open(key, "row", bytes)).toBeNull();
    await expect(ring.seal(key, "row", "more")).rejects.toThrow("There is no key");
  });

  test("a conversation's texts open after its key was wrapped by another customer's", async () => {
    const ring = newRing();
    const [anonymous, known] = [await conversation(ring), await conversation(ring)];
    const bytes = await ring.seal(anonymous.key, "row", "secret");
    const [from, to] = [shelf.get(anonymous.customer)!, shelf.get(known.customer)!];
    shelved(newRing().rewrap(shelf.get(anonymous.key)!, from, to));
    shelf.delete(anonymous.customer);
    expect(await newRing().open(anonymous.key, "row", bytes)).toBe("secret");
  });

  test("another secret opens nothing", async () => {
    const { key } = await conversation(newRing());
    const bytes = await newRing().seal(key, "row", "secret");
    const stranger = new Keyring(masterKey("another secret"), { chain });
    rings.push(stranger);
    expect(await stranger.open(key, "row", bytes)).toBeNull();
  });
});

describe("unwrapped keys", () => {
  const counted = (cache: ConstructorParameters<typeof Keyring>[2]) => {
    const asked: string[] = [];
    const ring = new Keyring(masterKey("the secret"), { chain: (id) => (asked.push(id), chain(id)) }, cache);
    rings.push(ring);
    return { ring, asked };
  };

  test("are asked for once, however many texts come at once", async () => {
    const { key } = await conversation(newRing());
    const bytes = await newRing().seal(key, "row", "secret");
    const { ring, asked } = counted({});
    const texts = await Promise.all(Array.from({ length: 10 }, () => ring.open(key, "row", bytes)));
    expect(texts).toEqual(Array.from({ length: 10 }, () => "secret"));
    expect(asked).toEqual([key]);
  });

  test("are forgotten when there are too many, and asked for again", async () => {
    const conversations = await Promise.all(Array.from({ length: 20 }, () => conversation(newRing())));
    const { ring, asked } = counted({ max: 2 });
    const sealed = await Promise.all(conversations.map(({ key }, i) => ring.seal(key, `row ${i}`, `text ${i}`)));
    for (const [i, { key }] of conversations.entries())
      expect(await ring.open(key, `row ${i}`, sealed[i]!)).toBe(`text ${i}`);
    expect(asked.length).toBeGreaterThan(20);
  });
});

test("[N65] a million nonces, none twice", () => {
  const nonces = new Nonces();
  const [count, into] = [1_000_000, Buffer.alloc(12)];
  const seen = new Set<bigint>();
  for (let i = 0; i < count; i += 1) {
    nonces.write(into, 0);
    seen.add(into.readBigUInt64LE(0) ^ (BigInt(into.readUInt32LE(8)) << 64n));
  }
  expect(seen.size).toBe(count);
});

test("blind indexes are equal for equal values of one purpose only", () => {
  const ring = newRing();
  expect(ring.blindIndex("staff e-mail", "ben@brewster.example")).toEqual(
    newRing().blindIndex("staff e-mail", "ben@brewster.example"),
  );
  expect(ring.blindIndex("staff e-mail", "x")).not.toEqual(ring.blindIndex("customer e-mail", "x"));
  expect(ring.blindIndex("staff e-mail", "x").toString()).not.toContain("x@");
});
