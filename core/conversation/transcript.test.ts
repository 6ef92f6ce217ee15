import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ConversationEvent, Line } from "#protocol/conversation.ts";
import { ana, ben, dee } from "../testing/people.ts";
import { Talk } from "../testing/talk.ts";
import { fold, prepend } from "./transcript.ts";

const shown = (lines: readonly Line[]) =>
  lines.map((line) => ("body" in line ? line.body : `${line.kind} ${line.name}`));

/** A day with every kind of event; opened, one, joined, two, three, note, closed, reopened, left. */
function day(): { events: readonly ConversationEvent[]; lines: readonly Line[] } {
  const talk = new Talk();
  const one = talk.say(ana, "one");
  talk.say(ben, "two");
  const three = talk.say(ana, "three");
  const note = talk.do(dee, { type: "note.post", body: "note" });
  talk.at = 2000;
  talk.do(ana, { type: "message.edit", messageId: one.id, version: 1, body: "One" });
  talk.do(dee, { type: "message.edit", messageId: note.id, version: 1, body: "Note" });
  talk.do(ana, { type: "message.edit", messageId: one.id, version: 2, body: "ONE" });
  talk.do(ana, { type: "message.delete", messageId: three.id, version: 1 });
  talk.do(ben, { type: "conversation.close" });
  talk.do(ana, { type: "conversation.reopen" });
  talk.do(ben, { type: "conversation.leave" });
  return { events: talk.events, lines: fold([], talk.events) };
}

describe("lines", () => {
  test("[CV14] a line keeps its place when it is edited or deleted", () => {
    const { lines } = day();
    expect(shown(lines)).toEqual([
      "opened ",
      "ONE",
      "joined Ben",
      "two",
      null,
      "Note",
      "closed ",
      "reopened ",
      "left Ben",
    ]);
    expect(lines.map((line) => line.seq)).toEqual([1, 2, 3, 4, 5, 6, 11, 12, 13]);
  });

  test("[CV14] an edited line knows its version and when it was edited, and keeps when and by whom it was said", () => {
    expect(day().lines[1]).toMatchObject({ version: 3, editedAt: 2000, at: 1000, deleted: null, by: { id: ana.id } });
  });

  test("[CV10] the text of a deleted line is gone; who deleted it, and when, stays", () => {
    expect(day().lines[4]).toMatchObject({ body: null, deleted: { by: { side: "customer", id: ana.id }, at: 2000 } });
  });

  test("[CV13] an event folded twice changes nothing, and the very same lines come back", () => {
    const { events, lines } = day();
    expect(fold(lines, events)).toBe(lines);
    for (const event of events) expect(fold(lines, [event])).toBe(lines);
  });

  test("[CV13] whatever the batches, and whatever is repeated from before, the lines are the same", () => {
    const { events, lines } = day();
    const batches = fc.array(fc.record({ size: fc.integer({ min: 1, max: 5 }), again: fc.nat(5) }), { minLength: 13 });
    fc.assert(
      fc.property(batches, (sizes) => {
        let folded: readonly Line[] = [];
        for (let from = 0, i = 0; from < events.length; from += sizes[i]!.size, i += 1)
          folded = fold(folded, events.slice(Math.max(0, from - sizes[i]!.again), from + sizes[i]!.size));
        expect(folded).toEqual(lines);
      }),
    );
  });

  test("[CV13] late events find lines of a page that is ahead of them, and change nothing", () => {
    const { events, lines } = day();
    for (let from = 0; from < events.length; from += 1) expect(fold(lines, events.slice(from))).toBe(lines);
  });

  test("[CV13] a change of a line that is not loaded is left to the page that will load it", () => {
    const { events, lines } = day();
    const newest = lines.slice(3);
    expect(fold(newest, events.slice(6))).toEqual(newest);
  });

  test("[CV13] what had not arrived is put where it belongs", () => {
    const { lines, events } = day();
    const missing = lines.filter((line) => line.seq !== 4);
    expect(fold(missing, [events[3]!])).toEqual(lines);
  });

  test("[CV14] an older page is put before, and its overlap does not double a line", () => {
    const { lines } = day();
    expect(prepend(lines.slice(4), lines.slice(0, 6))).toEqual(lines);
    expect(prepend([], lines)).toEqual(lines);
    expect(prepend(lines, lines.slice(2))).toBe(lines);
  });
});
