import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { NodeRegistry } from "#core/ports/node-registry.ts";
import { Company, type DeskUnderTest } from "./desk-under-test.ts";

export type RegistryUnderTest = DeskUnderTest & {
  readonly registry: NodeRegistry;
  /** Lets the store's clock go on. */
  pass(ms: number): Promise<void>;
};

const long = 60_000;
const short = 100;

/** What every registry of nodes must do. */
export function nodeRegistryContract(start: () => Promise<RegistryUnderTest>): void {
  let desk: RegistryUnderTest;
  let registry: NodeRegistry;
  const [one, other] = ["one", "other"].map((id) => ({ id, address: `http://${id}:3000`, isDraining: false })) as [
    { id: string; address: string; isDraining: boolean },
    { id: string; address: string; isDraining: boolean },
  ];
  const ids = async () => (await registry.live()).map(({ id }) => id).sort();

  beforeAll(async () => {
    desk = await start();
    registry = desk.registry;
  });
  afterAll(() => desk.close?.());
  beforeEach(async () => {
    for (const { id } of await registry.live()) await registry.forget(id);
  });

  describe("a node", () => {
    test("is live from its first announcement, and learns with it who else is", async () => {
      expect(await registry.renew(one, long)).toEqual([one]);
      expect(await registry.renew(other, long)).toHaveLength(2);
      expect(await ids()).toEqual(["one", "other"]);
    });

    test("is gone when its lease has run out by the store's clock, and back when it renews it", async () => {
      await registry.renew(one, short);
      await registry.renew(other, long);
      await desk.pass(short + 20);
      expect(await ids()).toEqual(["other"]);
      await registry.renew(one, long);
      expect(await ids()).toEqual(["one", "other"]);
    });

    test("says by the next renewal that it is going away, or that it has moved", async () => {
      await registry.renew(one, long);
      const changed = { ...one, address: "http://elsewhere:3000", isDraining: true };
      await registry.renew(changed, long);
      expect(await registry.live()).toEqual([changed]);
    });

    test("is forgotten at once when it says so itself", async () => {
      await registry.renew(one, long);
      await registry.forget(one.id);
      expect(await ids()).toEqual([]);
    });
  });

  describe("the owner of a conversation", () => {
    const conversation = async () => {
      const company = await Company.found(desk);
      return company.open(await company.visitor());
    };

    test("is the node that claimed it last, while its lease lives", async () => {
      const id = await conversation();
      await registry.renew(one, long);
      await registry.renew(other, short);
      expect(await registry.ownerOf(id)).toBeUndefined();
      await desk.log.claim(id, one.id);
      expect(await registry.ownerOf(id)).toBe("one");
      await desk.log.claim(id, other.id);
      expect(await registry.ownerOf(id)).toBe("other");
      await desk.pass(short + 20);
      expect(await registry.ownerOf(id)).toBeUndefined();
    });

    test("is nobody once it was given up, and nobody for one that does not exist", async () => {
      const id = await conversation();
      await registry.renew(one, long);
      const claimed = await desk.log.claim(id, one.id);
      await desk.log.release(id, claimed!.epoch);
      expect(await registry.ownerOf(id)).toBeUndefined();
      expect(await registry.ownerOf(crypto.randomUUID())).toBeUndefined();
    });
  });
}
