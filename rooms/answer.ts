import { Unavailable } from "#core/ports/conversation-log.ts";
import type { Ack, ConversationEvent, Refused } from "#protocol/conversation.ts";
import type { Refusal, RefusalCode } from "#protocol/refusals.ts";

/** Answers are values on the wire: `{ok: true, …}` or `{ok: false, code}`, never an error of the transport's. */
export const refused = (code: RefusalCode, more: { retryInMs?: number; ref?: string } = {}): Refused => ({
  ok: false,
  code,
  ...more,
});

export const asAnswer = ({ refused: code, retryInMs }: Refusal): Refused =>
  retryInMs === undefined ? refused(code) : refused(code, { retryInMs });

export const ack = ({ seq, at, id }: ConversationEvent): Ack => ({ ok: true, seq, at, id });

/** There is no such conversation. */
export class NoConversation extends Error {}
/** Another owner has it: what was asked must be asked there. */
export class Moved extends Error {}

/** What a person is answered when their conversation could not be reached. A fault is thrown on, to be told once. */
export function whyNot(error: unknown): Refused {
  if (error instanceof NoConversation) return refused("not_found");
  if (error instanceof Moved) return refused("moved");
  if (error instanceof Unavailable) return refused("unavailable");
  throw error;
}
