import type { Status } from "#protocol/conversation.ts";
import type { Author, Side } from "#protocol/people.ts";

export type Member = {
  readonly id: string;
  readonly side: Side;
  readonly name: string;
  readonly joined: boolean;
};

/** What the rules need to know of a conversation: the fold of its events without their texts. */
export type Conversation = {
  readonly id: string;
  /** The constant author id of its customer. */
  readonly customerAuthor: string;
  readonly status: Status;
  /** Number of the newest event; 0 before the first. */
  readonly head: number;
  /** Number of the newest event that a customer may see. */
  readonly publicHead: number;
  /** `at` of the newest event. */
  readonly lastAt: number;
  readonly members: ReadonlyMap<string, Member>;
};

/** The facts about one message that an edit or deletion is judged by. Loaded by the shell: a log may be long. */
export type MessageFacts = {
  readonly id: string;
  readonly by: Author;
  readonly version: number;
  readonly deleted: boolean;
  readonly note: boolean;
};

export const newConversation = (id: string, customerAuthor: string, customerName: string): Conversation => ({
  id,
  customerAuthor,
  status: "open",
  head: 0,
  publicHead: 0,
  lastAt: 0,
  members: new Map([[customerAuthor, { id: customerAuthor, side: "customer", name: customerName, joined: true }]]),
});

/** The head as this side sees it. */
export const headFor = (conversation: Conversation, side: Side): number =>
  side === "staff" ? conversation.head : conversation.publicHead;
