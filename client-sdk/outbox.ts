import type { ConversationCommand } from "#protocol/conversation.ts";
import type { RefusalCode } from "#protocol/refusals.ts";

/** A command that the desk has not acknowledged. Sent in the order of `order`, one after the other per conversation. */
export type OutboxRow = {
  /** The conversation's id, or the key of one that is opened with its first message. */
  readonly conversation: string;
  readonly command: ConversationCommand;
  /** When it was pressed, milliseconds since 1970. */
  readonly at: number;
  /** Rises with each row, over all tabs. */
  readonly order: number;
  /** Parked: refused for good, waiting for a person to decide. `null`: queued. */
  readonly parked: RefusalCode | null;
};

export type NewRow = Pick<OutboxRow, "conversation" | "command" | "at">;

/**
 * What was pressed and is not acknowledged, kept on the device. A promise that resolved means: it survives the end of
 * this page or process, as far as `isPersistent` says so.
 */
export interface Outbox {
  readonly isPersistent: boolean;
  /** A row whose key is there already is given back as it is. */
  add(row: NewRow): Promise<OutboxRow>;
  /** In order. */
  rows(conversation?: string): Promise<readonly OutboxRow[]>;
  park(clientId: string, code: RefusalCode): Promise<void>;
  /** Back among those to be sent, at its old place. */
  unpark(clientId: string): Promise<void>;
  remove(clientId: string): Promise<void>;
  /** The conversation has its id now. */
  rename(from: string, to: string): Promise<void>;
  /** Drops what is older, and says how many. */
  expire(before: number): Promise<number>;
  /** Nothing is left of it, also for the other tabs. */
  destroy(): Promise<void>;
  close(): void;
}

export const outboxTtlMs = 7 * 24 * 60 * 60_000;
