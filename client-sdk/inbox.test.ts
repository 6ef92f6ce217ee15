import fc from "fast-check";
import { expect, test } from "vitest";
import { framesFor } from "#core/conversation/visible-to.ts";
import type { ConversationEvent, Frame } from "#protocol/conversation.ts";
import type { Side } from "#protocol/people.ts";
import { Inbox } from "./inbox.ts";

const by = { side: "staff", id: "ben" } as const;
const event = (seq: number, type: "message.posted" | "note.posted" = "message.posted"): ConversationEvent => ({
  type,
  seq,
  at: seq,
  id: `event-${seq}`,
  by,
  clientId: `key-${seq}`,
  body: `${seq}`,
});
const log = (...seqs: number[]) =>
  framesFor(
    "staff",
    seqs[0]! - 1,
    seqs.map((seq) => event(seq)),
  );
const numbers = (events: readonly ConversationEvent[]) => events.map(({ seq }) => seq);
const begun = (asOf = 0) => {
  const inbox = new Inbox();
  inbox.begin(asOf);
  return inbox;
};

test("[CV12] frames that follow are given out at once", () => {
  const inbox = begun();
  expect(numbers(inbox.take(log(1, 2, 3)))).toEqual([1, 2, 3]);
  expect(inbox.contiguous).toBe(3);
  expect(inbox.missing).toBe(0);
});

test("[I3] a frame that comes twice is given out once", () => {
  const inbox = begun();
  const [first, second] = log(1, 2);
  expect(numbers(inbox.take([first!, first!]))).toEqual([1]);
  expect(numbers(inbox.take([second!, first!, second!]))).toEqual([2]);
});

test("[I7] frames past a hole are held until it is filled", () => {
  const inbox = begun(3);
  const [four, five, six] = log(4, 5, 6);
  expect(inbox.take([six!])).toEqual([]);
  expect(inbox.take([five!])).toEqual([]);
  expect([inbox.contiguous, inbox.head, inbox.missing]).toEqual([3, 6, 3]);
  expect(numbers(inbox.take([four!]))).toEqual([4, 5, 6]);
});

test("[CV12] a viewer from whom notes are hidden sees no hole where they are", () => {
  const events = [
    event(1),
    event(2, "note.posted"),
    event(3),
    event(4, "note.posted"),
    event(5, "note.posted"),
    event(6),
  ];
  const inbox = begun();
  expect(numbers(inbox.take(framesFor("customer", 0, events)))).toEqual([1, 3, 6]);
  expect(inbox.missing).toBe(0);
});

test("[I7] a head from a ping shows a hole that no frame told of", () => {
  const inbox = begun(3);
  inbox.hear(5);
  expect(inbox.missing).toBe(2);
  inbox.hear(4);
  expect(inbox.head).toBe(5);
});

test("[I6] a fetch fills the hole, and what was held behind it follows", () => {
  const inbox = begun(1);
  inbox.take(log(1, 2, 3, 4, 5).slice(4));
  expect(numbers(inbox.fetched(1, { ok: true, frames: log(2, 3, 4), upTo: 4, more: false }))).toEqual([2, 3, 4, 5]);
});

test("[I6] a fetch that ends in hidden events closes the hole all the same", () => {
  const inbox = begun(1);
  inbox.hear(4);
  expect(inbox.fetched(1, { ok: true, frames: [], upTo: 4, more: false })).toEqual([]);
  expect(inbox.missing).toBe(0);
});

test("[I6] a fetch that comes late, asked from further back, repeats nothing", () => {
  const inbox = begun();
  inbox.take(log(1, 2, 3));
  expect(inbox.fetched(0, { ok: true, frames: log(1, 2), upTo: 2, more: true })).toEqual([]);
  expect(inbox.contiguous).toBe(3);
});

test("[I7] a fetch that was asked from beyond what is there now closes no hole", () => {
  const inbox = begun(3);
  expect(inbox.fetched(5, { ok: true, frames: log(6), upTo: 6, more: false })).toEqual([]);
  expect([inbox.contiguous, inbox.missing]).toEqual([3, 3]);
});

test("[I7] before the first page everything is held, and afterwards what it does not show is given out", () => {
  const inbox = new Inbox();
  expect(inbox.take(log(4, 5, 6))).toEqual([]);
  expect(numbers(inbox.begin(4))).toEqual([5, 6]);
});

test("[I7] while a snapshot is on its way nothing is given out", () => {
  const inbox = begun(3);
  inbox.pause();
  expect(inbox.take(log(4))).toEqual([]);
  expect(inbox.fetched(3, { ok: true, frames: log(4, 5), upTo: 5, more: false })).toEqual([]);
  expect(numbers(inbox.begin(3))).toEqual([4, 5]);
});

test("[CV12] whatever the order, the doubling and the losses, what is given out is the log without a hole", () => {
  const notes = fc.array(fc.boolean(), { minLength: 1, maxLength: 40 });
  const side = fc.constantFrom<Side>("customer", "staff");
  fc.assert(
    fc.property(notes, side, fc.infiniteStream(fc.nat(1000)), (isNote, viewer, dice) => {
      const roll = (below: number) => dice.next().value! % below;
      const events = isNote.map((note, index) => event(index + 1, note ? "note.posted" : "message.posted"));
      const frames = framesFor(viewer, 0, events);
      const inbox = begun();
      const seen: ConversationEvent[] = [];
      const fetch = () => {
        const since = inbox.contiguous ?? 0;
        const beyond = frames.filter(({ event: { seq } }) => seq > since);
        const some = beyond.slice(0, 1 + roll(5));
        const more = some.length < beyond.length;
        const upTo = more ? some.at(-1)!.event.seq : Math.max(since, events.length);
        seen.push(...inbox.fetched(since, { ok: true, frames: some, upTo, more }));
      };
      const wire: Frame[] = frames
        .filter(() => roll(4) > 0)
        .flatMap((frame) => (roll(4) === 0 ? [frame, frame] : [frame]));
      while (wire.length > 0) {
        seen.push(...inbox.take(wire.splice(roll(Math.min(4, wire.length)), 1)));
        expect(numbers(seen)).toEqual(frames.slice(0, seen.length).map((frame) => frame.event.seq));
        if (roll(6) === 0) fetch();
      }
      inbox.hear(frames.at(-1)?.event.seq ?? 0);
      while (inbox.missing > 0) fetch();
      expect(seen).toEqual(frames.map((frame) => frame.event));
    }),
  );
});

test("[DL10] a head that is no number, from a header that was empty, hides no later one", () => {
  const inbox = begun(8);
  for (const none of [Number.NaN, undefined as unknown as number]) inbox.hear(none); // what a wire may say, typed or not
  expect([inbox.head, inbox.missing]).toEqual([8, 0]);
  inbox.hear(44);
  expect(inbox.missing).toBe(36);
});
