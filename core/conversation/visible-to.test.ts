import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ConversationEvent } from "#protocol/conversation.ts";
import { ana, ben, sam } from "../testing/people.ts";
import { Talk } from "../testing/talk.ts";
import { headFor } from "./conversation.ts";
import { framesFor, visibleTo } from "./visible-to.ts";

describe("notes", () => {
  test("[CV7] a note by an agent is never told to the customer, nor are its edits and its deletion", () => {
    const talk = new Talk();
    const note = talk.do(ben, { type: "note.post", body: "He is angry" });
    talk.do(ben, { type: "message.edit", messageId: note.id, version: 1, body: "He is very angry" });
    talk.do(sam, { type: "message.delete", messageId: note.id, version: 2 });
    talk.say(ana, "Hello?");
    const seen = talk.events.filter((event) => visibleTo("customer", event));
    expect(seen.map((event) => event.type)).toEqual(["conversation.opened", "message.posted"]);
    expect(talk.events.every((event) => visibleTo("staff", event))).toBe(true);
  });

  test("[CV7] a note does not move the head that customers are told", () => {
    const talk = new Talk();
    talk.say(ana, "Hello?");
    talk.do(ben, { type: "note.post", body: "He is angry" });
    expect(headFor(talk.conversation, "customer")).toBe(2);
    expect(headFor(talk.conversation, "staff")).toBe(3);
  });
});

describe("frames", () => {
  /** A log of n events of which some are notes. */
  const log = fc.array(fc.boolean(), { minLength: 1, maxLength: 60 }).map((notes) =>
    notes.map((isNote, i): ConversationEvent => {
      const id = `e${i + 1}`;
      const by = { side: "staff", id: ben.id } as const;
      return { type: isNote ? "note.posted" : "message.posted", seq: i + 1, at: i, id, clientId: id, by, body: id };
    }),
  );

  test("[CV12] each frame names the event before it that this viewer may see; for staff that is every event", () => {
    fc.assert(
      fc.property(log, (events) => {
        for (const side of ["staff", "customer"] as const) {
          const visible = events.filter((event) => visibleTo(side, event));
          expect(framesFor(side, 0, events)).toEqual(
            visible.map((event, i) => ({ after: visible[i - 1]?.seq ?? 0, event })),
          );
        }
        expect(framesFor("staff", 0, events).every(({ after, event }) => after === event.seq - 1)).toBe(true);
      }),
    );
  });

  test("[CV12] framed in batches, each after the one before, the frames are the same as framed at once", () => {
    fc.assert(
      fc.property(log, fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 60, maxLength: 60 }), (events, sizes) => {
        const inBatches = [];
        let after = 0;
        for (let from = 0, i = 0; from < events.length; from += sizes[i]!, i += 1) {
          const frames = framesFor("customer", after, events.slice(from, from + sizes[i]!));
          after = frames.at(-1)?.event.seq ?? after;
          inBatches.push(...frames);
        }
        expect(inBatches).toEqual(framesFor("customer", 0, events));
      }),
    );
  });
});
