import type { ConversationEvent, Frame, Line } from "#protocol/conversation.ts";
import type { Author, Side } from "#protocol/people.ts";
import type { Conversation, MessageFacts } from "../conversation/conversation.ts";

/** A conversation as its new owner takes it over. */
export type Claimed = {
  readonly conversation: Conversation;
  /** The fencing token of this ownership. */
  readonly epoch: number;
  readonly orgId: string;
  readonly inboxId: string;
  /** Read numbers by person. */
  readonly reads: ReadonlyMap<string, number>;
};

/**
 * One step of one conversation: one or more events with consecutive numbers, kept together or not at all. The last is
 * the one that was asked for, and its key is the step's.
 */
export type Append = {
  readonly conversationId: string;
  readonly epoch: number;
  /** The number before the first of `events`, as the owner knows it. */
  readonly expectedHead: number;
  readonly events: readonly ConversationEvent[];
};

/**
 * What became of an append, judged in this order. `fenced`: another owner has a newer epoch. `duplicate`: the author's
 * key was known, `event` is the first one. `behind`: the head is another than expected (an earlier append whose outcome
 * was unknown has been committed): load again and try again. `kept`: committed.
 */
export type Appended =
  | { readonly outcome: "kept" }
  | { readonly outcome: "duplicate"; readonly event: ConversationEvent }
  | { readonly outcome: "fenced" }
  | { readonly outcome: "behind" };

/** The store cannot be reached, or did not say whether it committed. Nothing may be acknowledged; try again later. */
export class Unavailable extends Error {
  override readonly name = "Unavailable";
}

/** The log of the conversations: the only truth. Every method may throw `Unavailable`. */
export interface ConversationLog {
  /** Takes the conversation over: epoch + 1, whoever had it. `undefined` when there is none with this id. */
  claim(conversationId: string, nodeId: string): Promise<Claimed | undefined>;
  /** Gives the ownership up if the epoch is still this one, so that another node need not wait for a lease to end. */
  release(conversationId: string, epoch: number): Promise<void>;
  /** Which of these are still owned with this epoch. Without locks. */
  stillOwned(owned: ReadonlyMap<string, number>): Promise<ReadonlySet<string>>;
  /** Joins the node's next group commit. */
  append(append: Append): Promise<Appended>;
  /** Frames for one side after a number, oldest first; everything up to `upTo` is in them. */
  since(
    conversationId: string,
    side: Side,
    seq: number,
    limit: number,
  ): Promise<{ frames: readonly Frame[]; upTo: number; more: boolean }>;
  /** Lines as they now read, oldest first: the newest `limit` below `before` that this side may see. */
  page(
    conversationId: string,
    side: Side,
    before: number | undefined,
    limit: number,
  ): Promise<{ lines: readonly Line[]; asOf: number; more: boolean }>;
  /** The facts that an edit or deletion is judged by. */
  message(conversationId: string, messageId: string): Promise<MessageFacts | undefined>;
  /** The event an author's key already stands for. */
  byKey(conversationId: string, author: Author, clientId: string): Promise<ConversationEvent | undefined>;
  /** Raises a person's read number; a lower one changes nothing. */
  read(conversationId: string, person: { side: Side; id: string }, upTo: number): Promise<void>;
}
