import type { ConversationEvent } from "#protocol/conversation.ts";
import type { Keyring } from "../cipher/keyring.ts";
import { eventRow } from "../cipher/rows.ts";

/** Whose texts these are: what they are bound to and sealed with. */
export type TextScope = { readonly orgId: string; readonly conversationId: string; readonly dekId: string };

/** The events' texts for the log: their bodies, and the names of who joined or left. */
export const sealTexts = (
  keyring: Keyring,
  scope: TextScope,
  events: readonly ConversationEvent[],
): Promise<(Buffer | null)[]> => Promise.all(events.map((event) => sealText(keyring, scope, event)));

async function sealText(keyring: Keyring, scope: TextScope, event: ConversationEvent): Promise<Buffer | null> {
  const text = "body" in event ? event.body : "name" in event ? event.name : undefined;
  if (text === undefined) return null;
  if (text === null) throw new Error("A text that could not be read cannot be kept again");
  const field = "body" in event ? "body" : "name";
  return keyring.seal(scope.dekId, rowOf(scope, event.id, field, versionOf(event)), text);
}

/** `null` when it cannot be read (any more); the conversation goes on around it. */
export const openBody = (
  keyring: Keyring,
  scope: TextScope,
  eventId: string,
  version: number,
  sealed: Uint8Array | null,
): Promise<string | null> =>
  sealed === null ? Promise.resolve(null) : keyring.open(scope.dekId, rowOf(scope, eventId, "body", version), sealed);

export const openName = async (
  keyring: Keyring,
  scope: TextScope,
  eventId: string,
  sealed: Uint8Array | null,
): Promise<string> =>
  (sealed === null ? null : await keyring.open(scope.dekId, rowOf(scope, eventId, "name", 1), sealed)) ?? "";

const versionOf = (event: ConversationEvent): number => ("version" in event ? event.version : 1);

const rowOf = (scope: TextScope, eventId: string, field: "body" | "name", version: number): string =>
  eventRow(scope.orgId, scope.conversationId, eventId, field, version);
