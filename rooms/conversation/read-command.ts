import {
  conversationRequests,
  type ConversationCommand,
  type ConversationRequestType,
} from "#protocol/conversation.ts";

export const commandTypes = Object.keys(conversationRequests) as ConversationRequestType[];

/** A command as a person sent it, over the socket or over HTTP; `undefined` when it is none. */
export function readCommand(type: string, payload: unknown): ConversationCommand | undefined {
  if (!isCommandType(type)) return undefined;
  const parsed = conversationRequests[type].safeParse(payload);
  // The schema was chosen by the type; the compiler cannot follow a table that far.
  return parsed.success ? ({ type, ...parsed.data } as ConversationCommand) : undefined;
}

const isCommandType = (type: string): type is ConversationRequestType => Object.hasOwn(conversationRequests, type);
