import type { Answer, ConversationEvent } from "#protocol/conversation.ts";
import type { Author, Side } from "#protocol/people.ts";

/** Somebody who writes down what a node says, as tests under faults do. Told at once, before it is said. */
export type Witness = {
  telling(said: Said): void;
  answering(answered: Answered): void;
  disposed(conversationId: string): void;
};

export type Said = {
  readonly conversationId: string;
  readonly epoch: number;
  readonly side: Side;
  readonly events: readonly ConversationEvent[];
  /** How many sockets of that side hear it. */
  readonly listeners: number;
};

export type Answered = {
  readonly conversationId: string;
  readonly epoch: number;
  readonly by: Author;
  readonly clientId: string;
  readonly answer: Answer;
};
