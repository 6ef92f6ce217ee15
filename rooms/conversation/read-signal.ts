import { conversationSignals, type ConversationSignals } from "#protocol/conversation.ts";

/** A signal with its name. */
export type ConversationSignal = {
  [K in keyof ConversationSignals]: { readonly type: K } & Readonly<ConversationSignals[K]>;
}[keyof ConversationSignals];

export const signalTypes = Object.keys(conversationSignals) as (keyof ConversationSignals)[];

/** A signal as a person sent it, over the socket or over HTTP; `undefined` when it is none. */
export function readSignal(type: string, payload: unknown): ConversationSignal | undefined {
  if (!isSignalType(type)) return undefined;
  const parsed = conversationSignals[type].safeParse(payload);
  // The schema was chosen by the type; the compiler cannot follow a table that far.
  return parsed.success ? ({ type, ...parsed.data } as ConversationSignal) : undefined;
}

export const isSignalType = (type: string): type is keyof ConversationSignals =>
  Object.hasOwn(conversationSignals, type);
