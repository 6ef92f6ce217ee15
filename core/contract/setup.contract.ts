import { byServer } from "#core/audit-entries.ts";
import { describe, expect, onTestFinished, test } from "vitest";
import { hex, type DeskUnderTest } from "./desk-under-test.ts";

const first = {
  organisation: "Brewster",
  inboxName: "Web shop",
  admin: { email: "ada@brewster.example", name: "Ada", passwordHash: "$argon2id$none" },
};

/** What every store must do about a first start. Each test takes an empty desk. */
export function setupContract(start: () => Promise<DeskUnderTest>): void {
  const empty = async () => {
    const desk = await start();
    onTestFinished(async () => void (await desk.close?.()));
    return desk;
  };

  describe("nodes that start together", () => {
    test("do what must be done once in turn, and one that fails lets the next go on", async () => {
      const { setup } = await empty();
      const told: string[] = [];
      const step = (name: string) => async () => {
        told.push(`${name} begins`);
        await setup.isDone();
        if (name === "second") throw new Error("cut off");
        told.push(`${name} ends`);
        return name;
      };
      const turns = await Promise.allSettled(["first", "second", "third"].map((name) => setup.inTurn(step(name))));
      expect(turns.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
      const whole = told.filter((line) => !line.startsWith("second"));
      expect(whole.map((line) => line.split(" ")[1])).toEqual(["begins", "ends", "begins", "ends"]);
      for (const name of ["first", "third"])
        expect(told.indexOf(`${name} ends`)).toBe(told.indexOf(`${name} begins`) + 1);
    });
  });

  describe("a first start", () => {
    test("is done when there is an organisation with an admin", async () => {
      const { setup, staff } = await empty();
      expect(await setup.isDone()).toBe(false);
      const made = await setup.complete(first, "server", "request");
      expect(await setup.isDone()).toBe(true);
      const found = await staff.credentials(first.admin.email);
      expect(made).toEqual(found?.user);
      expect(found?.passwordHash).toBe(first.admin.passwordHash);
      expect(found?.user).toMatchObject({
        name: "Ada",
        email: first.admin.email,
        role: "admin",
        organisation: "Brewster",
      });
    });

    test("gives the organisation an inbox with a key and a secret of its own", async () => {
      const { setup, staff, customers } = await empty();
      await setup.complete(first, "server", "request");
      const { orgId } = (await staff.credentials(first.admin.email))!.user;
      const [inbox, ...more] = await setup.inboxes(orgId);
      expect(more).toEqual([]);
      expect(inbox).toMatchObject({ orgId, organisation: "Brewster", name: "Web shop", origins: [] });
      expect(inbox!.key.length).toBeGreaterThanOrEqual(8);
      expect(inbox!.identitySecret!.length).toBeGreaterThanOrEqual(32);
      expect(await customers.inbox(inbox!.key)).toEqual(inbox);
    });

    test("[PE7] happens once", async () => {
      const { setup, staff } = await empty();
      await setup.complete(first, "server", "request");
      const second = { ...first, admin: { ...first.admin, email: "eve@brewster.example", name: "Eve" } };
      expect(await setup.complete(second, "server", "request")).toBeUndefined();
      expect(await staff.credentials("eve@brewster.example")).toBeUndefined();
    });

    test("[PE7] happens once, also when five people press the button at once", async () => {
      const { setup, staff } = await empty();
      const emails = Array.from({ length: 5 }, (_, i) => `admin${i}@brewster.example`);
      const done = await Promise.all(
        emails.map((email) => setup.complete({ ...first, admin: { ...first.admin, email } }, "server", "request")),
      );
      expect(done.filter((one) => one)).toHaveLength(1);
      const found = await Promise.all(emails.map((email) => staff.credentials(email)));
      expect(found.map((one) => one?.user)).toEqual(done);
    });

    test("is not done by a colleague who is no admin", async () => {
      const { setup, addOrganisation } = await empty();
      const { orgId } = await addOrganisation("Brewster");
      await setup.addUser({ ...first.admin, orgId, role: "supervisor" }, byServer("request"));
      expect(await setup.isDone()).toBe(false);
    });

    test("[N24] the pages that may embed are those of all inboxes, until one may stand anywhere", async () => {
      const { customers, addOrganisation, addInbox } = await empty();
      expect(await customers.embeddingPages()).toEqual([]);
      const { orgId } = await addOrganisation("Brewster");
      const [shop, blog] = ["https://shop.example", "https://blog.example"];
      await addInbox(orgId, { name: "Shop", origins: [shop] });
      await addInbox((await addOrganisation("Other")).orgId, { name: "Both", origins: [shop, blog] });
      expect([...((await customers.embeddingPages()) ?? [])].sort()).toEqual([blog, shop]);
      await addInbox(orgId, { name: "Anywhere" });
      expect(await customers.embeddingPages()).toBeUndefined();
    });

    test("leaves no inbox to organisations that are not there", async () => {
      const { setup } = await empty();
      expect(await setup.inboxes("00000000-0000-4000-8000-000000000000")).toEqual([]);
    });
  });

  describe("[N2] the link of a first start", () => {
    const link = { tokenHash: hex() };

    test("works once, and nothing but it works", async () => {
      const { setup } = await empty();
      await setup.offer(link.tokenHash);
      expect(await setup.isOffered(link.tokenHash)).toBe(true);
      const wrong = { tokenHash: hex() };
      expect([await setup.isOffered(wrong.tokenHash), await setup.complete(first, wrong, "request")]).toEqual([
        false,
        undefined,
      ]);
      expect(await setup.complete(first, link, "request")).toMatchObject({ email: first.admin.email, role: "admin" });
      expect([await setup.isOffered(link.tokenHash), await setup.complete(first, link, "request")]).toEqual([
        false,
        undefined,
      ]);
    });

    test("takes the place of the one before it", async () => {
      const { setup } = await empty();
      const newer = { tokenHash: hex() };
      await setup.offer(link.tokenHash);
      await setup.offer(newer.tokenHash);
      expect([await setup.isOffered(link.tokenHash), await setup.complete(first, link, "request")]).toEqual([
        false,
        undefined,
      ]);
      expect(await setup.complete(first, newer, "request")).toBeDefined();
    });

    test("of many offered at once is one", async () => {
      const { setup } = await empty();
      const links = Array.from({ length: 6 }, hex);
      await Promise.all(links.map((tokenHash) => setup.offer(tokenHash)));
      const offered = await Promise.all(links.map((tokenHash) => setup.isOffered(tokenHash)));
      expect(offered.filter((one) => one)).toHaveLength(1);
    });

    test("makes one admin of five who hold it", async () => {
      const { setup } = await empty();
      await setup.offer(link.tokenHash);
      const done = await Promise.all(Array.from({ length: 5 }, () => setup.complete(first, link, "request")));
      expect(done.filter((one) => one)).toHaveLength(1);
    });
  });
}
