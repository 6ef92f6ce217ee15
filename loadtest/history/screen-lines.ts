import * as z from "zod";
import { By, EventFacts, Hash, Head, Id, Seq, stamp } from "./shared-lines.ts";

// A screen is one page of one person on one device; `who` names it and stays the same when it is reloaded.

/** The page has begun, for the first time or after `gone`. `outbox` names what it shares with other tabs of the device. */
export const ScreenBegan = z.strictObject({
  ...stamp,
  what: z.literal("screen"),
  side: z.enum(["customer", "staff"]),
  /** The user's id for staff, the customer's for customers. */
  person: Id,
  outbox: Id,
  /** Whether what is pressed survives the page. */
  persistent: z.boolean(),
});
/** The page has ended, by a reload, a crash or a visit to the end: what only it knew is forgotten. */
export const ScreenGone = z.strictObject({ ...stamp, what: z.literal("gone") });

/**
 * Pressed, and on the disk of the device; noted before anything is sent. A page that begins notes again what it finds in
 * its outbox, since a kill may have come between the two. `conversation` is `new:…` while it has no id.
 */
export const Invoke = z.strictObject({
  ...stamp,
  what: z.literal("invoke"),
  conversation: Id,
  key: Id,
  /** `message.send`, `note.post`, `message.edit`, … */
  type: z.string(),
  hash: Hash,
  target: z.strictObject({ id: Id, version: z.int() }).optional(),
});
/** It has an id now. The list on the screen goes on as it was. */
export const Named = z.strictObject({ ...stamp, what: z.literal("named"), from: Id, conversation: Id });
/** The desk has answered: it is kept. */
export const Ok = z.strictObject({ ...stamp, what: z.literal("ok"), conversation: Id, key: Id, seq: Seq, id: Id });
/** The desk has refused for good; the row is parked. */
export const Fail = z.strictObject({ ...stamp, what: z.literal("fail"), conversation: Id, key: Id, code: z.string() });
/** No answer, or one that says to try again: it may have been kept. */
export const Info = z.strictObject({
  ...stamp,
  what: z.literal("info"),
  conversation: Id,
  key: Id,
  code: z.string().optional(),
});
/** The person asked for a parked one to be sent again, or gave it up. */
export const Retried = z.strictObject({ ...stamp, what: z.literal("retried"), conversation: Id, key: Id });
export const Discarded = z.strictObject({ ...stamp, what: z.literal("discarded"), conversation: Id, key: Id });

export const Welcomed = z.strictObject({ ...stamp, what: z.literal("welcome"), conversation: Id, you: By, head: Head });
/** A ping or a header told this number of the newest event; written when it rises. */
export const HeadTold = z.strictObject({ ...stamp, what: z.literal("head"), conversation: Id, head: Head });
export const Closed = z.strictObject({ ...stamp, what: z.literal("close"), conversation: Id, code: z.int() });

/** The screen no longer looks at this conversation: its list is forgotten. */
export const Left = z.strictObject({ ...stamp, what: z.literal("left"), conversation: Id });

/** Frames as they came over the wire, before the client put them in order; doubled and late ones too. */
export const Received = z.strictObject({
  ...stamp,
  what: z.literal("recv"),
  conversation: Id,
  via: z.enum(["told", "fetch", "poll"]),
  frames: z.array(z.strictObject({ after: Head, event: EventFacts })),
  /** Of an answer to a fetch. */
  upTo: Head.optional(),
});
/** A line of a page: a message, note or turn as it now reads. */
export const LineFacts = z.strictObject({
  seq: Seq,
  id: Id,
  kind: z.string(),
  by: By,
  hash: Hash,
  version: z.int().optional(),
});
export const ReceivedPage = z.strictObject({
  ...stamp,
  what: z.literal("page"),
  conversation: Id,
  lines: z.array(LineFacts),
  asOf: Head,
  more: z.boolean(),
});

/** A line on the screen. */
export const Shown = z.strictObject({
  /** `null` before it is saved. */
  seq: Seq.nullable(),
  /** The event's id; empty before it is saved. */
  id: z.string(),
  /** What the list is keyed by. */
  key: Id,
  kind: z.string(),
  hash: Hash,
  /** `null`: not an own message. `kept`: said to wait on this device. With an edit on its way: how that stands. */
  state: z.enum(["sending", "kept", "saved", "delivered", "read", "failed"]).nullable(),
});
export type Shown = z.infer<typeof Shown>;
/** The list has changed: from `at`, `gone` lines went and `lines` came. Written on every change, see `screen-recorder.ts`. */
export const OnScreen = z.strictObject({
  ...stamp,
  what: z.literal("ui"),
  conversation: Id,
  at: z.int().min(0),
  gone: z.int().min(0),
  lines: z.array(Shown),
  /** There are older lines that are not loaded. */
  older: z.boolean(),
  /** How the connection stands, in the client's own word. */
  banner: z.string(),
});
/** The person has read everything up to this number; told to the desk. */
export const Read = z.strictObject({ ...stamp, what: z.literal("read"), conversation: Id, upTo: Seq });

/** At the very end, healed and drained: what is still in an outbox, parked or not. */
export const Rest = z.strictObject({
  ...stamp,
  what: z.literal("rest"),
  outbox: Id,
  rows: z.array(z.strictObject({ conversation: Id, key: Id, parked: z.string().nullable() })),
});

export const screenLines = [
  ...[ScreenBegan, ScreenGone, Invoke, Named, Ok, Fail, Info, Retried, Discarded, Welcomed, HeadTold, Closed, Left],
  ...[Received, ReceivedPage, OnScreen, Read, Rest],
] as const;
