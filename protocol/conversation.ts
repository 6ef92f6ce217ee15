import * as z from "zod/mini";
import { limits } from "./limits.ts";
import type { Author, Side } from "./people.ts";
import type { RefusalCode } from "./refusals.ts";

// ── Requests: answered, idempotent by clientId ──────────────────────────────────────────────────────────────────────

/** Made once when the person presses Send, kept before the first network write; unique per conversation and author. In one spelling. */
const ClientId = z.uuid().check(z.lowercase());
const Body = z.string().check(z.maxLength(limits.frameMaxBytes));
const MessageId = z.uuid().check(z.lowercase());
const Version = z.int().check(z.minimum(1), z.maximum(1_000_000));

export const SendMessage = z.strictObject({ clientId: ClientId, body: Body });
export const PostNote = z.strictObject({ clientId: ClientId, body: Body });
/** `version` is the one the editor saw; a stale one is refused with `version_conflict`. */
export const EditMessage = z.strictObject({ clientId: ClientId, messageId: MessageId, version: Version, body: Body });
export const DeleteMessage = z.strictObject({ clientId: ClientId, messageId: MessageId, version: Version });
export const JoinConversation = z.strictObject({ clientId: ClientId });
export const LeaveConversation = z.strictObject({ clientId: ClientId });
export const CloseConversation = z.strictObject({ clientId: ClientId });
export const ReopenConversation = z.strictObject({ clientId: ClientId });

/** Every request that leaves an event behind, by its name on the wire. */
export const conversationRequests = {
  "message.send": SendMessage,
  "note.post": PostNote,
  "message.edit": EditMessage,
  "message.delete": DeleteMessage,
  "conversation.join": JoinConversation,
  "conversation.leave": LeaveConversation,
  "conversation.close": CloseConversation,
  "conversation.reopen": ReopenConversation,
} as const;

export type ConversationRequests = {
  [K in keyof typeof conversationRequests]: z.infer<(typeof conversationRequests)[K]>;
};
export type ConversationRequestType = keyof ConversationRequests;
/** A request with its name: what the outbox keeps and `decide` is asked. */
export type ConversationCommand = {
  [K in ConversationRequestType]: { readonly type: K } & Readonly<ConversationRequests[K]>;
}[ConversationRequestType];

/** `events.fetch`: frames after a number, oldest first. */
export const FetchEvents = z.strictObject({
  since: z.int().check(z.minimum(0)),
  limit: z._default(z.int().check(z.minimum(1), z.maximum(limits.fetchMax)), limits.fetchMax),
});
export type FetchEvents = z.input<typeof FetchEvents>;
/** `events.page`: lines as they now read, the newest below `before` (the newest of all without it). */
export const FetchPage = z.strictObject({
  before: z.optional(z.int().check(z.minimum(1))),
  limit: z._default(z.int().check(z.minimum(1), z.maximum(limits.pageMax)), 50),
});
export type FetchPage = z.input<typeof FetchPage>;

/** Answer to a request that leaves an event. `ok: true` is said only after the commit. */
export type Ack = { readonly ok: true; readonly seq: number; readonly at: number; readonly id: string };
export type Refused = {
  readonly ok: false;
  readonly code: RefusalCode;
  readonly retryInMs?: number;
  readonly ref?: string;
};
export type Answer = Ack | Refused;

/** Answer to `events.fetch`. Everything this viewer may see up to `upTo` is in `frames`; `more` says to ask again. */
export type Fetched = {
  readonly ok: true;
  readonly frames: readonly Frame[];
  readonly upTo: number;
  readonly more: boolean;
};
/** Answer to `events.page`. `asOf` is the viewer's head that the lines reflect; `more`: there are older lines. */
export type Paged = {
  readonly ok: true;
  readonly lines: readonly Line[];
  readonly asOf: number;
  readonly more: boolean;
};

// ── Signals: forgotten ──────────────────────────────────────────────────────────────────────────────────────────────

export const Typing = z.strictObject({ on: z.boolean() });
/** `read` and `delivered`: everything up to this number; a lower one than before is ignored. */
export const UpTo = z.strictObject({ upTo: z.int().check(z.minimum(0)) });
export const conversationSignals = { typing: Typing, read: UpTo, delivered: UpTo } as const;
export type ConversationSignals = { [K in keyof typeof conversationSignals]: z.infer<(typeof conversationSignals)[K]> };

// ── Events: numbered, kept, replayed ────────────────────────────────────────────────────────────────────────────────

type Envelope = {
  /** Dense per conversation: 1, 2, 3 … */
  readonly seq: number;
  /** Milliseconds since 1970; never goes back within a conversation. */
  readonly at: number;
  /** Made by the server before the insert. */
  readonly id: string;
  readonly by: Author;
  readonly clientId: string;
};

export type ConversationOpened = Envelope & { readonly type: "conversation.opened" };
export type MessagePosted = Envelope & { readonly type: "message.posted"; readonly body: string | null };
/** Only staff ever receive it. */
export type NotePosted = Envelope & { readonly type: "note.posted"; readonly body: string | null };
/** `version` is the one the message has now: the first edit makes 2. `note`: the target is a note. */
export type MessageEdited = Envelope & {
  readonly type: "message.edited";
  readonly messageId: string;
  readonly version: number;
  readonly note: boolean;
  readonly body: string | null;
};
export type MessageDeleted = Envelope & {
  readonly type: "message.deleted";
  readonly messageId: string;
  readonly version: number;
  readonly note: boolean;
};
export type MemberJoined = Envelope & { readonly type: "member.joined"; readonly name: string };
export type MemberLeft = Envelope & { readonly type: "member.left"; readonly name: string };
export type ConversationClosed = Envelope & { readonly type: "conversation.closed" };
export type ConversationReopened = Envelope & { readonly type: "conversation.reopened" };

/** `body: null` is a text that can no longer be decrypted; the conversation lives on around it. */
export type ConversationEvent =
  | ConversationOpened
  | MessagePosted
  | NotePosted
  | MessageEdited
  | MessageDeleted
  | MemberJoined
  | MemberLeft
  | ConversationClosed
  | ConversationReopened;
export type EventType = ConversationEvent["type"];

/**
 * An event on its way to one viewer. `after` is the number of the event before it that this viewer may see, so a viewer
 * from whom notes are hidden can still prove that nothing is missing.
 */
export type Frame = { readonly after: number; readonly event: ConversationEvent };

// ── What a person sees ──────────────────────────────────────────────────────────────────────────────────────────────

/** A message or a turn of the conversation as it now reads. Ordered by `seq`. */
export type Line =
  | {
      readonly kind: "message" | "note";
      readonly seq: number;
      readonly at: number;
      readonly id: string;
      readonly clientId: string;
      readonly by: Author;
      /** `null` when deleted or unreadable. */
      readonly body: string | null;
      readonly version: number;
      readonly editedAt: number | null;
      readonly deleted: { readonly by: Author; readonly at: number } | null;
    }
  | {
      readonly kind: "opened" | "joined" | "left" | "closed" | "reopened";
      readonly seq: number;
      readonly at: number;
      readonly id: string;
      readonly by: Author;
      /** The name of who joined or left; empty for the others. */
      readonly name: string;
    };

export type Status = "open" | "closed";

/** One member of a conversation as its header shows it. */
export type MemberHeader = {
  readonly id: string;
  readonly side: Side;
  readonly name: string;
  /** A customer is always joined; an agent after joining and until leaving. */
  readonly joined: boolean;
  /** Has at least one live connection. For agents shown to customers only when joined. */
  readonly online: boolean;
  readonly typing: boolean;
  readonly read: number;
  readonly delivered: number;
};

/** The room's Schema state as plain data: signals and header, the same for every transport. */
export type Header = {
  readonly status: Status;
  readonly assigneeId: string | null;
  /** The newest number this viewer may see. */
  readonly head: number;
  readonly members: readonly MemberHeader[];
  /** Agents who look at the conversation without having joined; empty for customers. */
  readonly viewers: readonly { readonly id: string; readonly name: string }[];
};

// ── What a room says unasked ────────────────────────────────────────────────────────────────────────────────────────

/** First message after a join. `you` is the author id the viewer writes under. */
export type Welcome = {
  readonly protocol: number;
  readonly conversationId: string;
  readonly you: Author;
  readonly head: number;
};
/** Every five seconds; a client answers only when it is behind. */
export type Ping = { readonly head: number };
export type Moved = { readonly retryInMs: number };

// ── HTTP ────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** `POST /api/conversations`: a customer opens a conversation; the same `clientId` gives the same one. */
export const OpenConversation = z.strictObject({
  clientId: ClientId,
  page: z.optional(
    z.strictObject({
      url: z.string().check(z.maxLength(limits.urlMaxChars)),
      title: z.string().check(z.maxLength(limits.pageTitleMaxChars)),
    }),
  ),
});
export type OpenConversation = z.infer<typeof OpenConversation>;
export type ConversationOpenedAnswer = { readonly conversationId: string };

/** `POST /api/conversations/:id/events`: a command or a signal without a socket, the same handler behind it. */
export const PostEvent = z.strictObject({
  type: z.string().check(z.maxLength(40)),
  payload: z.record(z.string(), z.unknown()),
});

/** `GET /api/conversations/:id/events?since=N`: the polling twin of the room, header included. */
export type Polled = Fetched & { readonly header: Header; readonly you: Author };
