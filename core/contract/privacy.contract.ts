import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { asPerson, Company, type DeskUnderTest } from "./desk-under-test.ts";

/** [N17] Everything a customer can be told, by the names of its fields: whoever adds one is asked whether it may leave. */
export function privacyContract(start: () => Promise<DeskUnderTest>): void {
  let desk: DeskUnderTest;
  beforeAll(async () => {
    desk = await start();
  });
  afterAll(() => desk.close?.());

  describe("what leaves for a customer", () => {
    test("[N17] holds these fields only: no note, no e-mail or role of a colleague, nothing about the desk", async () => {
      const company = await Company.found(desk);
      const ben = await company.hire("Ben", "supervisor");
      const session = await company.visitor("Ana");
      const id = await company.open(session);
      const [ana, owner] = [await company.author(session, id), await company.own(id)];
      const said = await owner.say(ana, "Hello");
      await owner.say(asPerson(ben), "Hi");
      const note = await owner.do(asPerson(ben), { type: "note.post", body: "canary of a note" });
      await owner.do(asPerson(ben), { type: "message.edit", messageId: note.id, version: 1, body: "canary again" });
      await owner.do(ana, { type: "message.edit", messageId: said.id, version: 1, body: "Hello!" });
      await owner.do(asPerson(ben), { type: "message.delete", messageId: said.id, version: 2 });
      await owner.do(asPerson(ben), { type: "conversation.leave" });
      await owner.do(asPerson(ben), { type: "conversation.close" });
      await owner.do(ana, { type: "conversation.reopen" });

      const told = {
        frames: (await desk.log.since(id, "customer", 0, 200)).frames,
        lines: (await desk.log.page(id, "customer", undefined, 100)).lines,
        conversations: await desk.customers.conversations(session),
        seat: await desk.customers.seatOf(session, id),
      };
      expect(fieldsOf(told)).toEqual(leaving);
      const words = JSON.stringify(told);
      for (const secret of ["canary", note.id, ben.email, "supervisor", company.orgId, "argon2", "Firefox"])
        expect(words).not.toContain(secret);
    });

    test("[N17] a note's key, asked for by a customer's author, finds nothing", async () => {
      const company = await Company.found(desk);
      const ben = await company.hire("Ben");
      const session = await company.visitor("Ana");
      const id = await company.open(session);
      const clientId = randomUUID();
      await (await company.own(id)).do(asPerson(ben), { type: "note.post", body: "hm", clientId });
      const author = (await company.author(session, id)).id;
      expect(await desk.log.byKey(id, { side: "customer", id: author }, clientId)).toBeUndefined();
    });
  });
}

const leaving = [
  "conversations[].id",
  "conversations[].lastAt",
  "conversations[].lastLine",
  "conversations[].status",
  "conversations[].unread",
  "frames[].after",
  "frames[].event.at",
  "frames[].event.body",
  "frames[].event.by.id",
  "frames[].event.by.side",
  "frames[].event.clientId",
  "frames[].event.id",
  "frames[].event.messageId",
  "frames[].event.name",
  "frames[].event.note",
  "frames[].event.seq",
  "frames[].event.type",
  "frames[].event.version",
  "lines[].at",
  "lines[].body",
  "lines[].by.id",
  "lines[].by.side",
  "lines[].clientId",
  "lines[].deleted",
  "lines[].deleted.at",
  "lines[].deleted.by.id",
  "lines[].deleted.by.side",
  "lines[].editedAt",
  "lines[].id",
  "lines[].kind",
  "lines[].name",
  "lines[].seq",
  "lines[].version",
  "seat.author",
  "seat.name",
];

/** The paths of all values in it, each once. */
function fieldsOf(value: unknown): string[] {
  const found = new Set<string>();
  const visit = (path: string, one: unknown) => {
    if (Array.isArray(one)) for (const each of one) visit(`${path}[]`, each);
    else if (typeof one === "object" && one !== null)
      for (const [name, inner] of Object.entries(one)) visit(path ? `${path}.${name}` : name, inner);
    else found.add(path);
  };
  visit("", value);
  return [...found].sort();
}
