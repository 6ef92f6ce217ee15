import fc from "fast-check";
import { expect, test } from "vitest";
import { conversationRequests, type ConversationCommand } from "#protocol/conversation.ts";
import type { Person } from "#protocol/people.ts";
import { refusals } from "#protocol/refusals.ts";
import { ada, ana, ben, carl, dee, sam } from "../testing/people.ts";
import { countedIds } from "../memory/memory-desk.ts";
import { newConversation, type Conversation, type MessageFacts } from "./conversation.ts";
import { decide } from "./decide.ts";
import { evolve } from "./evolve.ts";

const person = fc.constantFrom<Person[]>(ana, carl, ben, dee, sam, ada);
const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.constantFrom("", " ", "\u0000", "\ud800", "x".repeat(4001), "ok"),
);
const payload = fc.record({
  clientId: fc.uuid(),
  messageId: fc.uuid(),
  version: fc.integer({ min: 1, max: 1_000_000 }),
  body: anyText,
});

/** Every command that the schemas accept: each payload goes through its own schema. */
const command = fc
  .tuple(fc.constantFrom(...(Object.keys(conversationRequests) as (keyof typeof conversationRequests)[])), payload)
  .map(([type, all]): ConversationCommand => {
    const schema = conversationRequests[type];
    const fields = Object.fromEntries(Object.entries(all).filter(([name]) => name in schema.shape));
    return { type, ...schema.parse(fields) } as ConversationCommand;
  });

const target = fc.option(
  fc.record<MessageFacts>({
    id: fc.uuid(),
    by: person.map(({ side, id }) => ({ side, id })),
    version: fc.integer({ min: 1, max: 3 }),
    deleted: fc.boolean(),
    note: fc.boolean(),
  }),
  { nil: undefined },
);

const conversation = fc
  .record({
    status: fc.constantFrom("open" as const, "closed" as const),
    head: fc.nat(1000),
    lastAt: fc.nat(),
    joined: fc.boolean(),
  })
  .map(({ joined, ...rest }): Conversation => {
    const fresh = newConversation("00000000-0000-4000-a000-000000000000", ana.id, ana.name);
    const members = new Map(fresh.members).set(ben.id, { id: ben.id, side: "staff", name: ben.name, joined });
    return { ...fresh, ...rest, publicHead: rest.head, members };
  });

test("[CV1] [CV15] for any command the schemas accept, decide answers with dense events or a known refusal, and never throws", () => {
  fc.assert(
    fc.property(conversation, person, command, target, fc.nat(), (now, by, asked, facts, at) => {
      const decided = decide(now, by, asked, { at, newId: countedIds(), target: facts });
      if ("refused" in decided) {
        expect(Object.keys(refusals)).toContain(decided.refused);
        return;
      }
      expect(decided.length).toBeGreaterThan(0);
      expect(decided.map((event) => event.seq)).toEqual(decided.map((_, i) => now.head + 1 + i));
      for (const event of decided) expect(event.at).toBeGreaterThanOrEqual(now.lastAt);
      expect(decided.at(-1)!.clientId).toBe(asked.clientId);
      expect(decided.reduce(evolve, now).head).toBe(now.head + decided.length);
    }),
    { numRuns: 2000 },
  );
});

test("[CV16] for any command the schemas accept, a customer gets nothing out of a foreign conversation", () => {
  fc.assert(
    fc.property(conversation, command, target, (now, asked, facts) => {
      expect(decide(now, carl, asked, { at: 1, newId: countedIds(), target: facts })).toEqual({ refused: "not_found" });
    }),
  );
});
