import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { byServer } from "#core/audit-entries.ts";
import { EmailTaken, type StaffUser } from "#core/ports/staff.ts";
import { Company, hex, type DeskUnderTest } from "./desk-under-test.ts";

const soon = () => Date.now() + 3_600_000;

/** What every store of staff must do. */
export function staffContract(start: () => Promise<DeskUnderTest>): void {
  let desk: DeskUnderTest;
  let company: Company;
  let ben: StaffUser;
  beforeAll(async () => {
    desk = await start();
  });
  beforeEach(async () => {
    company = await Company.found(desk);
    ben = await company.hire("Ben");
  });
  afterAll(() => desk.close?.());
  const signIn = async (user: StaffUser, expiresAt = soon()) => {
    const id = hex();
    await desk.staff.startSession(
      { id, userId: user.id, orgId: user.orgId, expiresAt, device: "Firefox on Linux" },
      "request",
    );
    return id;
  };

  describe("staff", () => {
    test("a colleague is found by their address, however it is written", async () => {
      expect(ben).toMatchObject({ orgId: company.orgId, organisation: "Brewster", role: "agent", name: "Ben" });
      const found = await desk.staff.credentials(` ${ben.email.toUpperCase()}\t`);
      expect(found).toEqual({ user: ben, passwordHash: "$argon2id$none" });
    });

    test("an unknown address has no credentials", async () => {
      expect(await desk.staff.credentials("nobody@brewster.example")).toBeUndefined();
      expect(await desk.staff.credentials("")).toBeUndefined();
    });

    test("[PE6] an address has one account, over all organisations and spellings", async () => {
      const other = await Company.found(desk, "Other");
      const again = { email: ben.email.toUpperCase(), name: "Ben", role: "agent", passwordHash: "x" } as const;
      await expect(desk.setup.addUser({ orgId: company.orgId, ...again }, byServer("request"))).rejects.toThrow(
        EmailTaken,
      );
      await expect(desk.setup.addUser({ orgId: other.orgId, ...again }, byServer("request"))).rejects.toThrow(
        EmailTaken,
      );
    });

    test("[N13] colleagues are those of one organisation", async () => {
      const dee = await company.hire("Dee", "supervisor");
      const other = await Company.found(desk, "Other");
      await other.hire("Otto");
      const listed = await desk.staff.list(company.orgId);
      expect([...listed].sort((a, b) => a.name.localeCompare(b.name))).toEqual([ben, dee]);
      expect(await desk.staff.list(randomUUID())).toEqual([]);
    });

    test("a new password is the one that counts", async () => {
      await desk.staff.setPassword(ben.id, "$argon2id$new", byServer("request"));
      expect((await desk.staff.credentials(ben.email))?.passwordHash).toBe("$argon2id$new");
    });
  });

  describe("sessions of staff", () => {
    test("a session says who signed in, until it is ended", async () => {
      const expiresAt = soon();
      const id = await signIn(ben, expiresAt);
      expect(await desk.staff.session(id)).toEqual({ id, user: ben, expiresAt });
      await desk.staff.endSession(id, "request");
      expect(await desk.staff.session(id)).toBeUndefined();
      await desk.staff.endSession(id, "request");
    });

    test("a session that has run out is none, nor is one that never was, nor a customer's", async () => {
      expect(await desk.staff.session(await signIn(ben, Date.now() - 1000))).toBeUndefined();
      expect(await desk.staff.session(hex())).toBeUndefined();
      expect(await desk.staff.session((await company.visitor()).id)).toBeUndefined();
    });

    test("[N5] signing out everywhere ends all sessions of that person and nobody else's", async () => {
      const dee = await company.hire("Dee");
      const [one, two, hers] = [await signIn(ben), await signIn(ben), await signIn(dee)];
      expect([...(await desk.staff.endAllSessions(ben.id, "request"))].sort()).toEqual([one, two].sort());
      expect(await desk.staff.session(one)).toBeUndefined();
      expect(await desk.staff.session(two)).toBeUndefined();
      expect((await desk.staff.session(hers))?.user).toEqual(dee);
      expect(await desk.staff.endAllSessions(ben.id, "request")).toEqual([]);
      expect(await desk.staff.endAllSessions(randomUUID(), "request")).toEqual([]);
    });

    test("[N5] of many sessions those are told that have ended, run out or never were, staff's and customers'", async () => {
      const [live, ended, over] = [await signIn(ben), await signIn(ben), await signIn(ben, Date.now() - 1000)];
      const [ana, carl] = [await company.visitor("Ana"), await company.visitor("Carl")];
      await desk.staff.endSession(ended, "request");
      await desk.customers.endSession(carl.id, "request");
      const never = hex();
      const told = await desk.staff.ended([live, ended, over, ana.id, carl.id, never]);
      expect([...told].sort()).toEqual([ended, over, carl.id, never].sort());
      expect(await desk.staff.ended([])).toEqual([]);
    });
  });
}
