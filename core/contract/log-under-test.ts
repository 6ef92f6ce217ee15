import type { ConversationLog } from "#core/ports/conversation-log.ts";
import type { Person } from "#protocol/people.ts";

/** A log with a desk around it. Staff and nodes must be such as the store accepts in its foreign keys. */
export type LogUnderTest = {
  readonly log: ConversationLog;
  readonly ben: Person & { side: "staff" };
  readonly dee: Person & { side: "staff" };
  readonly nodes: readonly [string, string];
  /** A fresh conversation of a customer called Ana, with its `conversation.opened` as number 1. */
  open(): Promise<{ conversationId: string; ana: Person & { side: "customer" }; orgId: string; inboxId: string }>;
  close?(): Promise<void>;
};
