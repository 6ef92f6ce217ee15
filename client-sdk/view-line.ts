import type { Author, Side } from "#protocol/people.ts";
import type { RefusalCode } from "#protocol/refusals.ts";

/**
 * What is known of an own message, in the order it becomes true. `kept`: it waits on the device, because we are offline
 * or had no answer in time. `failed`: refused for good, the text is kept.
 */
export type SendState = "sending" | "kept" | "saved" | "delivered" | "read" | "failed";

/** A message or note as a person sees it. A new object whenever anything of it changed, the same one otherwise. */
export type MessageView = {
  readonly kind: "message" | "note";
  /** Stays the same from *sending* to *read*. */
  readonly key: string;
  /** Empty before it is saved. */
  readonly id: string;
  readonly seq: number | null;
  readonly at: number;
  readonly by: Author;
  readonly name: string;
  readonly own: boolean;
  /** `null`: deleted, or no longer readable. With an edit on its way, the new text. */
  readonly body: string | null;
  readonly version: number;
  readonly edited: boolean;
  /** The name of who deleted it. */
  readonly deletedBy: string | null;
  /** `null`: not mine. */
  readonly state: SendState | null;
  /** Three seconds without an answer. */
  readonly late: boolean;
  /** Why it failed, or why it waits. */
  readonly problem: RefusalCode | null;
  /** The same again may succeed. */
  readonly mayRetry: boolean;
  /** The text of an edit that was refused. */
  readonly draft: string | null;
};

export type TurnView = {
  readonly kind: "opened" | "joined" | "left" | "closed" | "reopened";
  readonly key: string;
  readonly seq: number;
  readonly at: number;
  readonly by: Author;
  /** Who joined or left. */
  readonly name: string;
  readonly own: boolean;
};

export type ViewLine = MessageView | TurnView;

/** Whose eyes these are. A customer writes under an id per conversation, so their side says it all. */
export type Self =
  | { readonly side: "customer"; readonly name: string }
  | { readonly side: "staff"; readonly id: string; readonly name: string };

export const isOwn = (self: Self, by: Author): boolean =>
  by.side === self.side && (self.side === "customer" || by.id === self.id);

/** Who is here or typing. */
export type Participant = { readonly id: string; readonly name: string; readonly side: Side; readonly own: boolean };
