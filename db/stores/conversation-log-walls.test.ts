import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { LogUnderTest } from "#core/contract/conversation-log.contract.ts";
import { Owner, type Order } from "#core/contract/owner.ts";
import type { Append } from "#core/ports/conversation-log.ts";
import type { ConversationEvent } from "#protocol/conversation.ts";
import type { Person } from "#protocol/people.ts";
import { connect } from "../open/connect.ts";
import { deskOnPostgres, type DeskOnPostgres } from "./testing/desk-on-postgres.ts";
import { logOn } from "./testing/log-on.ts";

// Here nothing is decided by core: appends are forged, and only the function in the database refuses them.
let desk: DeskOnPostgres;
let under: LogUnderTest;
let stranger: Person & { side: "staff" };
beforeAll(async () => {
  desk = await deskOnPostgres();
  under = await logOn(desk);
  stranger = (await logOn(desk)).ben;
});
afterAll(() => desk.close());

type Scene = { readonly owner: Owner; readonly ana: Person; readonly conversationId: string };

async function scene(): Promise<Scene> {
  const { conversationId, ana } = await under.open();
  return { conversationId, ana, owner: await Owner.claim(under.log, conversationId, "node-a") };
}

const system = { side: "system", id: randomUUID() } as const;

/** What an honest owner would append, with something of it changed. */
async function forged(
  { owner }: Scene,
  by: Person,
  order: Order,
  change: Partial<Omit<ConversationEvent, "type">> & { type?: string; note?: boolean; messageId?: string } = {},
): Promise<Append> {
  const append = await owner.prepare(by, order);
  const events = append.events.map((event, i, { length }) => (i === length - 1 ? { ...event, ...change } : event));
  return { ...append, events: events as ConversationEvent[] };
}

const say = { type: "message.send", body: "Hello" } as const;
const note = { type: "note.post", body: "Angry" } as const;
const message = async ({ owner }: Scene, by: Person) => (await owner.say(by, "Hello")).id;
/** The same append as if it had been prepared after this event. */
const after = ({ seq, at }: ConversationEvent, append: Append): Append => ({
  ...append,
  expectedHead: seq,
  events: append.events.map((event, i) => ({ ...event, seq: seq + 1 + i, at })),
});

const forgeries: Record<string, { readonly forge: (scene: Scene) => Promise<Append>; readonly says: RegExp }> = {
  "[N13] a note by a colleague of another organisation": {
    forge: (at) => forged(at, under.ben, note, { by: stranger }),
    says: /nobody in this conversation/,
  },
  "[N12] a message by a customer of another conversation": {
    forge: async (at) => forged(at, at.ana, say, { by: (await scene()).ana }),
    says: /nobody in this conversation/,
  },
  "[N18] a message by a customer who says to be staff": {
    forge: (at) => forged(at, at.ana, say, { by: { side: "staff", id: at.ana.id } }),
    says: /nobody in this conversation/,
  },
  "[N54] a message by the system": {
    forge: (at) => forged(at, at.ana, say, { by: system }),
    says: /nobody in this conversation/,
  },
  "[N19] a message by an agent who has left": {
    forge: async (at) => {
      await at.owner.say(under.ben, "Hi");
      const late = await forged(at, under.ben, say);
      const left = await at.owner.do(under.ben, { type: "conversation.leave" });
      return after(left, late);
    },
    says: /has not joined/,
  },
  "[CV7] a note by a customer": {
    forge: (at) => forged(at, under.ben, note, { by: { side: "customer", id: at.ana.id } }),
    says: /this side may not/,
  },
  "[CV5] closing by a customer": {
    forge: (at) => forged(at, under.ben, { type: "conversation.close" }, { by: { side: "customer", id: at.ana.id } }),
    says: /this side may not/,
  },
  "[CV4] a message to a closed conversation": {
    forge: async (at) => {
      const closed = await at.owner.do(under.ben, { type: "conversation.close" });
      at.owner.conversation = { ...at.owner.conversation, status: "open" };
      expect(at.owner.conversation.head).toBe(closed.seq);
      return forged(at, at.ana, say);
    },
    says: /is closed/,
  },
  "[CV6] closing it twice": {
    forge: async (at) => {
      await at.owner.do(under.ben, { type: "conversation.close" });
      at.owner.conversation = { ...at.owner.conversation, status: "open" };
      return forged(at, under.ben, { type: "conversation.close" });
    },
    says: /that status already/,
  },
  "[CV8] an edit of somebody else's message": {
    forge: async (at) => {
      const messageId = await message(at, at.ana);
      await at.owner.say(under.ben, "Hi");
      const edit = await forged(at, at.ana, { type: "message.edit", messageId, version: 1, body: "Mine" });
      return { ...edit, events: edit.events.map((event) => ({ ...event, by: under.ben })) };
    },
    says: /not theirs/,
  },
  "[CV8] a deletion by an agent of the customer's message": {
    forge: async (at) => {
      const messageId = await message(at, at.ana);
      const remove = await forged(at, at.ana, { type: "message.delete", messageId, version: 1 });
      return { ...remove, events: remove.events.map((event) => ({ ...event, by: under.ben })) };
    },
    says: /not theirs/,
  },
  "[N16] an edit of a message in another conversation": {
    forge: async (at) => {
      const elsewhere = await scene();
      const messageId = await message(elsewhere, elsewhere.ana);
      const own = await message(at, at.ana);
      const order = { type: "message.edit", messageId: own, version: 1, body: "Mine" } as const;
      return forged(at, at.ana, order, { messageId });
    },
    says: /not theirs/,
  },
  "[CV9] an edit of a version that is not the newest": {
    forge: async (at) => {
      const messageId = await message(at, at.ana);
      const edit = { type: "message.edit", messageId, version: 1, body: "Again" } as const;
      const late = await forged(at, at.ana, edit);
      const first = await at.owner.do(at.ana, edit);
      return after(first, late);
    },
    says: /changed meanwhile/,
  },
  "[CV7] an edit that makes a note public": {
    forge: async (at) => {
      const { id: messageId } = await at.owner.do(under.ben, note);
      return forged(at, under.ben, { type: "message.edit", messageId, version: 1, body: "Angry" }, { note: false });
    },
    says: /not theirs/,
  },
  "[I5] a message with a hole in the numbers": {
    forge: (at) => forged(at, at.ana, say, { seq: 7 }),
    says: /do not follow/,
  },
  "[CV15] a message from before the last one": {
    forge: (at) => forged(at, at.ana, say, { at: 1 }),
    says: /do not follow/,
  },
  "an event of a kind that is not known": {
    forge: (at) => forged(at, at.ana, say, { type: "money.sent" }),
    says: /no known kind/,
  },
};

describe("the second wall of the log", () => {
  test.each(Object.entries(forgeries))("%s: refused, and nothing of it is kept", async (_, { forge, says }) => {
    const at = await scene();
    const append = await forge(at);
    const before = await under.log.since(at.conversationId, "staff", 0, 100);
    await expect(under.log.append(append)).rejects.toThrow(says);
    expect(await under.log.since(at.conversationId, "staff", 0, 100)).toEqual(before);
    const honest = { ...at.owner.conversation, head: before.upTo, lastAt: Date.now(), status: "open" as const };
    at.owner.conversation = honest;
    await at.owner.do(under.ben, note); // the conversation lives on
  });

  test("[DL4] one forged append in a batch is refused alone", async () => {
    const [bad, ...good] = await Promise.all(Array.from({ length: 8 }, scene));
    const appends = await Promise.all([
      forged(bad!, bad!.ana, say, { by: system }),
      ...good.map((at) => forged(at, at.ana, say)),
    ]);
    const outcomes = await Promise.allSettled(appends.map((append) => under.log.append(append)));
    expect(outcomes.map(({ status }) => status)).toEqual(["rejected", ...good.map(() => "fulfilled")]);
  });

  test("[DL4] what PostgreSQL cannot even read is refused alone", async () => {
    const [bad, ...good] = await Promise.all(Array.from({ length: 8 }, scene));
    const appends = await Promise.all([
      forged(bad!, bad!.ana, say, { type: "message\0posted" }),
      ...good.map((at) => forged(at, at.ana, say)),
    ]);
    const outcomes = await Promise.allSettled(appends.map((append) => under.log.append(append)));
    expect(outcomes.map(({ status }) => status)).toEqual(["rejected", ...good.map(() => "fulfilled")]);
  });
});

describe("the writer's login", () => {
  test("[N48] can append, and nothing else", async () => {
    const { conversationId } = await scene();
    await using log = await connect(desk.fresh.urlOf("log"));
    const tries = [
      "select * from roomdesk.chat_events",
      "insert into roomdesk.chat_events (conversation_id) values (gen_random_uuid())",
      `select roomdesk.claim_conversation('${conversationId}', 'me')`,
      "select roomdesk.key_chain(gen_random_uuid())",
      "set role roomdesk_owner",
    ];
    for (const sql of tries) await expect(log.query(sql), sql).rejects.toMatchObject({ code: "42501" });
  });

  test("[N51] nobody changes or deletes an event, not even the owner of the table", async () => {
    await scene();
    for (const url of [desk.fresh.urlOf("owner"), desk.fresh.adminUrl]) {
      await using owner = await connect(url);
      for (const sql of [
        "update roomdesk.chat_events set seq = seq",
        "delete from roomdesk.chat_events",
        "truncate roomdesk.chat_events",
      ])
        await expect(owner.query(sql), sql).rejects.toThrow("chat_events is append-only");
    }
  });
});
