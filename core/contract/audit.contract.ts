import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { AuditEntry, AuditLog } from "#core/ports/audit.ts";

export type AuditUnderTest = {
  readonly audit: AuditLog;
  /** A fresh organisation. */
  addOrganisation(): Promise<string>;
  /** What a thief with all rights on the store would do; `n` counts from 1. */
  readonly tamper: {
    change(orgId: string, n: number): Promise<void>;
    remove(orgId: string, n: number): Promise<void>;
    swap(orgId: string, n: number, m: number): Promise<void>;
  };
  close?(): Promise<void>;
};

/** What every audit log must do. */
export function auditContract(start: () => Promise<AuditUnderTest>): void {
  let under: AuditUnderTest;
  let orgId: string;
  beforeAll(async () => {
    under = await start();
  });
  beforeEach(async () => {
    orgId = await under.addOrganisation();
  });
  afterAll(() => under.close?.());
  const entry = (object: string, org = orgId): AuditEntry => ({
    orgId: org,
    actorId: randomUUID(),
    actorRole: "agent",
    action: "conversation.close",
    objectType: "conversation",
    objectId: object,
    outcome: "done",
    requestId: randomUUID(),
    detail: { code: "x", n: 1, on: true, none: null },
  });
  const write = async (many: number) => {
    for (let i = 1; i <= many; i += 1) await under.audit.write(entry(`object ${i}`));
  };

  describe("auditing", () => {
    test("[I19] entries written one after the other form a chain that verifies", async () => {
      expect(await under.audit.verify(orgId)).toEqual({ entries: 0, firstBad: null });
      await write(5);
      expect(await under.audit.verify(orgId)).toEqual({ entries: 5, firstBad: null });
    });

    test("[I19] entries written at once form one chain too", async () => {
      await Promise.all(Array.from({ length: 12 }, (_, i) => under.audit.write(entry(`object ${i}`))));
      expect(await under.audit.verify(orgId)).toEqual({ entries: 12, firstBad: null });
    });

    test("[N13] each organisation has a chain of its own", async () => {
      const other = await under.addOrganisation();
      await write(2);
      await under.audit.write(entry("theirs", other));
      await under.tamper.change(other, 1);
      expect(await under.audit.verify(orgId)).toEqual({ entries: 2, firstBad: null });
      expect(await under.audit.verify(other)).toEqual({ entries: 1, firstBad: 1 });
    });

    test("[N71] a changed entry is the first bad one", async () => {
      await write(5);
      await under.tamper.change(orgId, 3);
      expect((await under.audit.verify(orgId)).firstBad).toBe(3);
    });

    test("[N71] a removed entry is noticed where it is missing", async () => {
      await write(5);
      await under.tamper.remove(orgId, 2);
      expect(await under.audit.verify(orgId)).toMatchObject({ firstBad: 2 });
    });

    test("[N71] two entries in each other's place are noticed at the first", async () => {
      await write(5);
      await under.tamper.swap(orgId, 2, 4);
      expect((await under.audit.verify(orgId)).firstBad).toBe(2);
    });
  });
}
