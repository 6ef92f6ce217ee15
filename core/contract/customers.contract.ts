import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { StaffUser } from "#core/ports/staff.ts";
import { asPerson, Company, hex, type DeskUnderTest, otherSpellings } from "./desk-under-test.ts";
import { identifyContract } from "./identify.contract.ts";

/** What every store of customers must do. */
export function customersContract(start: () => Promise<DeskUnderTest>): void {
  let desk: DeskUnderTest;
  let company: Company;
  beforeAll(async () => {
    desk = await start();
  });
  beforeEach(async () => {
    company = await Company.found(desk);
  });
  afterAll(() => desk.close?.());

  describe("inboxes", () => {
    test("an inbox is found by the key in the page's snippet", async () => {
      const origins = ["https://shop.example"];
      const inbox = await desk.addInbox(company.orgId, { name: "Shop", origins, identitySecret: "s3cret" });
      expect(inbox).toMatchObject({ orgId: company.orgId, organisation: "Brewster", name: "Shop", origins });
      expect(await desk.customers.inbox(inbox.key)).toEqual(inbox);
      expect((await desk.customers.inbox(inbox.key))?.identitySecret).toBe("s3cret");
      expect((await desk.customers.inbox(company.inbox.key))?.identitySecret).toBeNull();
      expect(await desk.customers.inbox("unknown")).toBeUndefined();
      expect(await desk.customers.inbox("unknown\u0000")).toBeUndefined();
    });

    test("[N13] an organisation's list of inboxes holds its own", async () => {
      const other = await Company.found(desk, "Other");
      expect(await desk.setup.inboxes(company.orgId)).toEqual([company.inbox]);
      expect(await desk.setup.inboxes(other.orgId)).toEqual([other.inbox]);
    });
  });

  describe("sessions of customers", () => {
    test("an anonymous visitor has a session bound to inbox and device, until it is ended", async () => {
      const ana = await company.visitor("Ana");
      const { orgId, inbox } = company;
      expect(ana).toMatchObject({ orgId, inboxId: inbox.id, customerName: "Ana", verified: false });
      expect(await desk.customers.session(ana.id)).toEqual(ana);
      await desk.customers.endSession(ana.id, "request");
      expect(await desk.customers.session(ana.id)).toBeUndefined();
    });

    test("two visitors are two customers", async () => {
      expect((await company.visitor("Ana")).customerId).not.toBe((await company.visitor("Ana")).customerId);
    });

    test("a session that never was is none, nor is a colleague's", async () => {
      expect(await desk.customers.session(hex())).toBeUndefined();
      const ben = await company.hire("Ben");
      const id = hex();
      const expiresAt = Date.now() + 60_000;
      await desk.staff.startSession({ id, userId: ben.id, orgId: ben.orgId, expiresAt, device: "" }, "request");
      expect(await desk.customers.session(id)).toBeUndefined();
    });

    test("[N6] a token id opens the door once, also when five come with it at once", async () => {
      const soon = Date.now() + 300_000;
      const used = await Promise.all(
        Array.from({ length: 5 }, () => desk.customers.useOnce(company.orgId, "jti 1", soon)),
      );
      expect(used.filter((one) => one)).toHaveLength(1);
      expect(await desk.customers.useOnce(company.orgId, "jti 1", soon)).toBe(false);
      expect(await desk.customers.useOnce(company.orgId, "jti 2 \u0000", soon)).toBe(true);
      const other = await Company.found(desk, "Other");
      expect(await desk.customers.useOnce(other.orgId, "jti 1", soon)).toBe(true);
    });
  });

  describe("opening", () => opening(() => company));
  describe("listing", () => listing(() => company));
  identifyContract(() => company);
}

function opening(company: () => Company): void {
  test("a new conversation has its customer's first event as number 1", async () => {
    const { log } = company().desk;
    const ana = await company().visitor("Ana");
    const clientId = randomUUID();
    const id = await company().open(ana, 1_750_000_000_000, clientId);
    const author = await company().author(ana, id);
    expect(author.name).toBe("Ana");
    const { frames } = await log.since(id, "customer", 0, 10);
    const by = { side: "customer", id: author.id };
    const opened = { type: "conversation.opened", seq: 1, at: 1_750_000_000_000, by, clientId };
    expect(frames).toEqual([{ after: 0, event: { ...opened, id: expect.any(String) as unknown } }]);
    expect((await company().own(id)).conversation).toMatchObject({ head: 1, publicHead: 1, status: "open" });
  });

  test("[CV2] [PE5] the same key gives the same conversation back, also when two tabs ask at once", async () => {
    const { customers } = company().desk;
    const ana = await company().visitor("Ana");
    const open = { clientId: randomUUID(), at: 1000 };
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => customers.openConversation(ana, open, "request")),
    );
    expect(new Set(answers.map((one) => one.conversationId)).size).toBe(1);
    expect(answers.filter((one) => one.created)).toHaveLength(1);
    expect(await customers.openConversation(ana, { ...open, at: 2000 }, "request")).toMatchObject({ created: false });
    expect(await customers.conversations(ana)).toHaveLength(1);
  });

  test("[CV2] another key, or the same key of another customer, is another conversation", async () => {
    const [ana, carl] = [await company().visitor("Ana"), await company().visitor("Carl")];
    const clientId = randomUUID();
    const ids = [
      await company().open(ana, 1, clientId),
      await company().open(carl, 1, clientId),
      await company().open(ana),
    ];
    expect(new Set(ids).size).toBe(3);
  });

  test("[N12] [CV16] in a foreign conversation there is no seat, whether it exists or not", async () => {
    const { customers } = company().desk;
    const [ana, carl] = [await company().visitor("Ana"), await company().visitor("Carl")];
    const id = await company().open(ana);
    expect(await customers.seatOf(carl, id)).toBeUndefined();
    expect(await customers.seatOf(carl, randomUUID())).toBeUndefined();
    expect(await customers.seatOf(carl, "no such id\u0000")).toBeUndefined();
    for (const other of otherSpellings(id)) expect(await customers.seatOf(ana, other)).toBeUndefined();
    expect(await customers.conversations(carl)).toEqual([]);
    const stranger = await (await Company.found(company().desk, "Other")).visitor("Zoe");
    expect(await customers.seatOf(stranger, id)).toBeUndefined();
  });
}

function listing(company: () => Company): void {
  let ben: StaffUser;
  beforeEach(async () => {
    ben = await company().hire("Ben");
  });

  test("[PE8] a customer's conversations are listed newest first, with what is unread and the last line as it now reads", async () => {
    const { customers, log } = company().desk;
    const session = await company().visitor("Ana");
    const [first, second] = [await company().open(session, 1000), await company().open(session, 2000)];
    const ana = await company().author(session, first);
    const owner = await company().own(first);
    await owner.say(ana, "Hello", 3000);
    const hers = [{ id: first, status: "open", unread: 0, lastAt: 3000, lastLine: "Hello" }];
    const empty = { id: second, status: "open", unread: 0, lastAt: 2000, lastLine: null };
    expect(await customers.conversations(session)).toEqual([...hers, empty]);

    const said = await owner.say(asPerson(ben), "Hi", 4000);
    await owner.say(asPerson(ben), "How can I help?", 5000);
    await owner.do(asPerson(ben), { type: "conversation.close" }, 6000);
    const closed = { id: first, status: "closed", unread: 2, lastAt: 6000, lastLine: "How can I help?" };
    expect((await customers.conversations(session))[0]).toEqual(closed);

    await log.read(first, ana, said.seq);
    expect((await customers.conversations(session))[0]).toEqual({ ...closed, unread: 1 });
  });

  test("[PE8] what was deleted is neither unread nor the last line, and what was edited reads anew", async () => {
    const { customers } = company().desk;
    const session = await company().visitor("Ana");
    const id = await company().open(session);
    const owner = await company().own(id);
    const [one, two] = [await owner.say(asPerson(ben), "one"), await owner.say(asPerson(ben), "two")];
    await owner.do(asPerson(ben), { type: "message.edit", messageId: two.id, version: 1, body: "Two" });
    expect((await customers.conversations(session))[0]).toMatchObject({ unread: 2, lastLine: "Two" });
    await owner.do(asPerson(ben), { type: "message.delete", messageId: two.id, version: 2 });
    expect((await customers.conversations(session))[0]).toMatchObject({ unread: 1, lastLine: null });
    await owner.do(asPerson(ben), { type: "message.delete", messageId: one.id, version: 1 });
    expect((await customers.conversations(session))[0]).toMatchObject({ unread: 0, lastLine: null });
  });

  test("[CV7] a note shows itself to the customer in nothing: no text, no count, no newer time", async () => {
    const { customers } = company().desk;
    const session = await company().visitor("Ana");
    const id = await company().open(session, 1000);
    const owner = await company().own(id);
    await owner.say(await company().author(session, id), "Hello", 2000);
    const before = await customers.conversations(session);
    await owner.do(asPerson(ben), { type: "note.post", body: "He is angry" }, 9000);
    expect(await customers.conversations(session)).toEqual(before);
    expect(before[0]).toMatchObject({ lastAt: 2000, lastLine: "Hello", unread: 0 });
  });

  test("only conversations of the session's inbox are listed", async () => {
    const { customers, addInbox } = company().desk;
    const identity = { externalId: randomUUID(), name: null, email: null };
    const other = await addInbox(company().orgId, { name: "Other shop" });
    const here = await customers.identify(await company().visitor("Ana"), identity, "request");
    const there = await customers.identify(await company().visitor("Ana", other), identity, "request");
    const [mine, theirs] = [await company().open(here.session), await company().open(there.session)];
    expect((await customers.conversations(here.session)).map((one) => one.id)).toEqual([mine]);
    expect((await customers.conversations(there.session)).map((one) => one.id)).toEqual([theirs]);
  });

  test("[N13] the panel shows a customer to their own organisation only", async () => {
    const { customers } = company().desk;
    const session = await company().visitor("Ana");
    const before = Date.now();
    const page = { url: "https://shop.example/cart?a=1", title: "Cart — Brewster" };
    const { conversationId } = await customers.openConversation(
      session,
      { clientId: randomUUID(), at: 1000, page },
      "request",
    );
    await (await company().own(conversationId)).say(await company().author(session, conversationId), "Hello");
    const panel = await customers.panel(company().orgId, session.customerId);
    expect(panel).toEqual({
      id: session.customerId,
      name: "Ana",
      email: null,
      verified: false,
      externalId: null,
      since: expect.any(Number) as unknown,
      page,
      device: "Firefox on Linux",
      language: "de",
      conversations: [{ id: conversationId, status: "open", openedAt: 1000, lastLine: "Hello" }],
    });
    expect(Math.abs(panel!.since - before)).toBeLessThan(60_000);
    const other = await Company.found(company().desk, "Other");
    expect(await customers.panel(other.orgId, session.customerId)).toBeUndefined();
    expect(await customers.panel(company().orgId, randomUUID())).toBeUndefined();
    expect(await customers.panel(company().orgId, "no such id")).toBeUndefined();
  });

  test("[N13] whose a conversation is, is told within its organisation only", async () => {
    const { customers } = company().desk;
    const session = await company().visitor("Ana");
    const id = await company().open(session);
    expect(await customers.customerOf(company().orgId, id)).toBe(session.customerId);
    const other = await Company.found(company().desk, "Other");
    expect(await customers.customerOf(other.orgId, id)).toBeUndefined();
    expect(await customers.customerOf(company().orgId, randomUUID())).toBeUndefined();
    expect(await customers.customerOf(company().orgId, "no such id")).toBeUndefined();
  });

  test("the panel shows the page of the newest conversation", async () => {
    const { customers } = company().desk;
    const session = await company().visitor("Ana");
    const page = { url: "https://shop.example/", title: "Start" };
    await customers.openConversation(session, { clientId: randomUUID(), at: 1000, page }, "request");
    await customers.openConversation(
      session,
      { clientId: randomUUID(), at: 2000, page: { ...page, title: "Cart" } },
      "request",
    );
    const panel = await customers.panel(company().orgId, session.customerId);
    expect(panel?.page?.title).toBe("Cart");
    expect(panel?.conversations.map((one) => one.openedAt)).toEqual([2000, 1000]);
  });
}
