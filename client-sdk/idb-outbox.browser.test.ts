import { openDB } from "idb";
import { describe, expect, test } from "vitest";
import { bodies, newRow, outboxContract } from "./contract/outbox.contract.ts";
import { idbOutbox } from "./idb-outbox.ts";

const freshName = () => `outbox-${crypto.randomUUID()}`;

describe("the outbox in IndexedDB", () => {
  outboxContract(async () => {
    const name = freshName();
    return () => idbOutbox(name);
  });

  test("[N63] no text can be read in the database, and no script can read the key", async () => {
    const name = freshName();
    const outbox = await idbOutbox(name);
    await outbox.add(newRow("the canary sings"));
    outbox.close();
    const database = await openDB(name);
    const [row] = (await database.getAll("rows")) as { sealed: { bytes: ArrayBuffer } }[];
    const text = (buffer: ArrayBuffer) => new TextDecoder("latin1").decode(buffer);
    expect(JSON.stringify(row)).not.toContain("canary");
    expect(text(row!.sealed.bytes)).not.toContain("canary");
    const key = (await database.get("keys", "seal")) as CryptoKey;
    await expect(crypto.subtle.exportKey("raw", key)).rejects.toThrow(/not extractable/);
    database.close();
  });

  test("[N64] a text moved to another row does not open", async () => {
    const name = freshName();
    const outbox = await idbOutbox(name);
    await outbox.add(newRow("one"));
    await outbox.add(newRow("two"));
    outbox.close();
    const database = await openDB(name);
    const [one, two] = (await database.getAll("rows")) as { sealed: unknown }[];
    await database.put("rows", { ...two, sealed: one!.sealed });
    database.close();
    const again = await idbOutbox(name);
    expect(bodies(await again.rows())).toEqual(["one"]);
    again.close();
  });

  test("two tabs that open it first at the same moment read each other's rows", async () => {
    const name = freshName();
    const [left, right] = await Promise.all([idbOutbox(name), idbOutbox(name)]);
    await left.add(newRow("from the left"));
    await right.add(newRow("from the right"));
    expect(bodies(await left.rows())).toEqual(["from the left", "from the right"]);
    left.close();
    right.close();
  });

  test("[N74] a tab that still has it open does not keep another from destroying it", async () => {
    const name = freshName();
    const left = await idbOutbox(name);
    const right = await idbOutbox(name);
    await left.add(newRow("secret"));
    await right.destroy();
    expect((await indexedDB.databases()).map((database) => database.name)).not.toContain(name);
    await expect(left.rows()).rejects.toThrow();
  });

  test("where there is no crypto.subtle it keeps the texts plain, and they survive", async () => {
    const subtle = Object.getOwnPropertyDescriptor(Crypto.prototype, "subtle")!;
    Object.defineProperty(Crypto.prototype, "subtle", { configurable: true, value: undefined });
    try {
      const name = freshName();
      const outbox = await idbOutbox(name);
      await outbox.add(newRow("plain"));
      outbox.close();
      expect(bodies(await (await idbOutbox(name)).rows())).toEqual(["plain"]);
    } finally {
      Object.defineProperty(Crypto.prototype, "subtle", subtle);
    }
  });
});
