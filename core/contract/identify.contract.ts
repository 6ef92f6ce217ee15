import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { visitorName, type CustomerSessionRow, type Identity } from "#core/ports/customers.ts";
import { asPerson, type Company } from "./desk-under-test.ts";

const someone = (name: string | null = "Ana Brown"): Identity => ({
  externalId: `user ${randomUUID()}`,
  name,
  email: "Ana@Brown.example",
});

/** How an anonymous visitor becomes a known customer, and what becomes of what they had written. */
export function identifyContract(company: () => Company): void {
  const identify = (session: CustomerSessionRow, identity: Identity) =>
    company().desk.customers.identify(session, identity, "request");
  const panelOf = (session: CustomerSessionRow) => company().desk.customers.panel(company().orgId, session.customerId);

  describe("identifying", () => {
    test("[PE1] an identity that is new is the visitor's: the same customer is known from now on", async () => {
      const ana = await company().visitor("Visitor");
      const id = await company().open(ana);
      const identity = someone();
      const known = await identify(ana, identity);
      expect(known).toEqual({ session: { ...ana, customerName: "Ana Brown", verified: true }, moved: [] });
      expect(await company().desk.customers.session(ana.id)).toEqual(known.session);
      const panel = await panelOf(known.session);
      expect(panel).toMatchObject({ name: "Ana Brown", email: identity.email, verified: true });
      expect(panel).toMatchObject({ externalId: identity.externalId, conversations: [{ id }] });
      expect((await company().own(id)).conversation.members.values().next().value).toMatchObject({ name: "Ana Brown" });
    });

    test("the same identity again changes nothing but what it says anew", async () => {
      const identity = someone();
      const { session } = await identify(await company().visitor(), identity);
      expect(await identify(session, identity)).toEqual({ session, moved: [] });
      const silent = await identify(session, { ...identity, name: null, email: null });
      expect(silent).toEqual({ session, moved: [] });
      expect(await panelOf(session)).toMatchObject({ name: "Ana Brown", email: identity.email });
      const renamed = await identify(session, { ...identity, name: "Ana Green", email: "green@brown.example" });
      expect(renamed.session).toEqual({ ...session, customerName: "Ana Green" });
      expect((await panelOf(session))?.email).toBe("green@brown.example");
    });

    test("[PE2] an identity that is known takes the visitor's conversations over, with all that was written", async () => {
      const identity = someone();
      const known = (await identify(await company().visitor(), identity)).session;
      const earlier = await company().open(known, 1000);
      const visitor = await company().visitor("Visitor");
      const ids = [await company().open(visitor, 2000), await company().open(visitor, 3000)];
      const author = await company().author(visitor, ids[0]!);
      const owner = await company().own(ids[0]!);
      const said = await owner.say(author, "Hello, it is me");
      await owner.say(asPerson(await company().hire("Ben")), "Hi");

      const { session, moved } = await identify(visitor, { ...identity, name: null });
      expect([...moved].sort()).toEqual([...ids].sort());
      expect(session).toEqual({ ...visitor, customerId: known.customerId, customerName: "Ana Brown", verified: true });
      const { customers, log } = company().desk;
      expect((await customers.conversations(known)).map((one) => one.id).sort()).toEqual([earlier, ...ids].sort());
      expect(await customers.panel(company().orgId, visitor.customerId)).toMatchObject({ conversations: [] });
      expect(await customers.customerOf(company().orgId, ids[0]!)).toBe(known.customerId);

      // What was written reads as before, under the author it was written under, and its keys still count.
      const seat = await customers.seatOf(session, ids[0]!);
      expect(seat).toEqual({ author: author.id, name: "Ana Brown" });
      const { lines } = await log.page(ids[0]!, "customer", undefined, 10);
      expect(lines.map((line) => "body" in line && line.body)).toEqual([false, "Hello, it is me", false, "Hi"]);
      expect(await log.byKey(ids[0]!, said.by, said.clientId)).toEqual(said);
      expect((await owner.append(await owner.prepare(author, { type: "message.send", body: "on" }))).outcome).toBe(
        "kept",
      );
    });

    test("[PE2] the panel shows the device a known customer came with last", async () => {
      const identity = someone();
      const { session } = await identify(await company().visitor(), identity);
      const phone = { device: "Safari on an iPhone", language: "nl" };
      const visitor = await company().visitor("Visitor", company().inbox, phone);
      expect(await panelOf(session)).toMatchObject({ device: "Firefox on Linux", language: "de" });
      await identify(visitor, identity);
      expect(await panelOf(session)).toMatchObject(phone);
      await identify(session, identity); // a reload on the first device brings no news of it
      expect(await panelOf(session)).toMatchObject(phone);
    });

    test("[CV2] after it the key of an opened conversation still gives the same one back", async () => {
      const identity = someone();
      await identify(await company().visitor(), identity);
      const visitor = await company().visitor();
      const clientId = randomUUID();
      const id = await company().open(visitor, 1, clientId);
      const { session } = await identify(visitor, identity);
      expect(await company().open(session, 2, clientId)).toBe(id);
      expect(await company().open(visitor, 2, clientId)).toBe(id); // a tab that has not heard of it
    });

    test("[PE3] a known customer who comes with another identity is another customer, and leaves everything behind", async () => {
      const ana = (await identify(await company().visitor(), someone())).session;
      const id = await company().open(ana);
      const carl = await identify(ana, someone("Carl"));
      expect(carl.moved).toEqual([]);
      expect(carl.session).toMatchObject({ id: ana.id, customerName: "Carl", verified: true });
      expect(carl.session.customerId).not.toBe(ana.customerId);
      expect(await company().desk.customers.conversations(carl.session)).toEqual([]);
      expect(await company().desk.customers.seatOf(carl.session, id)).toBeUndefined();
      expect(await panelOf(ana)).toMatchObject({ name: "Ana Brown", conversations: [{ id }] });
      const nameless = (await identify(carl.session, { ...someone(null), email: null })).session;
      expect(nameless.customerName).toBe(visitorName);
      expect(await panelOf(nameless)).toMatchObject({ email: null, device: "Firefox on Linux", language: "de" });
    });

    test("[PE4] [N8] two people with one e-mail are two customers", async () => {
      const [one, two] = [await company().visitor(), await company().visitor()];
      const [ana, eve] = [await identify(one, someone()), await identify(two, someone("Eve"))];
      expect(ana.session.customerId).not.toBe(eve.session.customerId);
      expect((await panelOf(ana.session))?.name).toBe("Ana Brown");
    });

    test("[PE5] two tabs that identify at once become one customer, and everything moves once", async () => {
      const identity = someone();
      await identify(await company().visitor(), identity);
      const visitor = await company().visitor();
      const id = await company().open(visitor);
      const answers = await Promise.all([identify(visitor, identity), identify(visitor, identity)]);
      expect(answers[0].session).toEqual(answers[1].session);
      expect(answers.flatMap((one) => one.moved)).toEqual([id]);
    });

    test("[PE5] two visitors who bring a new identity at once become one customer, and nobody's conversation is lost", async () => {
      const identity = someone();
      const visitors = [await company().visitor("A"), await company().visitor("B"), await company().visitor("C")];
      const ids = await Promise.all(visitors.map((visitor) => company().open(visitor)));
      const sessions = (await Promise.all(visitors.map((visitor) => identify(visitor, identity)))).map(
        (one) => one.session,
      );
      expect(new Set(sessions.map((one) => one.customerId)).size).toBe(1);
      const all = (await company().desk.customers.conversations(sessions[0]!)).map((one) => one.id);
      expect(all.sort()).toEqual(ids.sort());
    });

    test("[PE5] a conversation opened while its customer is identified is the known customer's", async () => {
      const identity = someone();
      const known = (await identify(await company().visitor(), identity)).session;
      for (let round = 0; round < 5; round += 1) {
        const visitor = await company().visitor();
        const [id] = await Promise.all([company().open(visitor), identify(visitor, identity)]);
        expect(await company().desk.customers.seatOf(known, id)).toMatchObject({ name: "Ana Brown" });
      }
    });

    test("an ended session identifies nobody", async () => {
      const { customers } = company().desk;
      const visitor = await company().visitor();
      await customers.endSession(visitor.id, "request");
      expect(await identify(visitor, someone())).toEqual({ session: visitor, moved: [] });
      expect(await panelOf(visitor)).toMatchObject({ verified: false });
    });
  });
}
