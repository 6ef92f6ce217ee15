/** Who wrote something, as a thread shows them. Customers are circles, staff rounded squares. */
export type Speaker = {
  readonly id: string;
  readonly name: string;
  readonly side: "customer" | "staff" | "assistant";
};

/**
 * What is known of an own message, in the order it becomes true. `kept` is `sending` while offline: it waits on the
 * device. `not_saved` is for an answer that was no, never for waiting.
 */
export type SendState = "sending" | "kept" | "saved" | "delivered" | "read" | "not_saved";

/** `history`: "Edited" can be pressed. The others stand in the menu of the message. */
export type MessageAction = "edit" | "delete" | "copy" | "history";

/** A message or an internal note as a host hands it to `group`. */
export type MessageLine = {
  readonly kind: "message" | "note";
  /** Stays the same from `sending` to `read`, or the bubble would be drawn anew: the clientId, where there is one. */
  readonly id: string;
  readonly at: number;
  readonly author: Speaker;
  /** Written by the person who looks. */
  readonly own: boolean;
  /** `null`: deleted, or no longer readable. */
  readonly body: string | null;
  /** Only for own messages. */
  readonly state?: SendState | undefined;
  /** The sentence of a refusal, for `not_saved`; for a message that waits long, what to say instead of "Sending". */
  readonly problem?: string | undefined;
  /** The same action may succeed later: Retry is offered. Discard always is. */
  readonly mayRetry?: boolean | undefined;
  readonly edited?: boolean | undefined;
  /** Who deleted it, empty when that was its author or nobody known; the text is then not shown even if it is there. */
  readonly deletedBy?: string | undefined;
  /** What the menu of this message offers; no menu when empty. */
  readonly may?: readonly MessageAction[] | undefined;
};

/** "Priya joined", "The conversation was closed": a door and a sentence in the middle. */
export type SystemLine = {
  readonly kind: "system";
  readonly id: string;
  readonly at: number;
  readonly text: string;
};

export type ThreadLine = MessageLine | SystemLine;

/** What a thread draws, one row each. Made by `group`. */
export type ThreadItem =
  | { readonly kind: "date"; readonly id: string; readonly at: number }
  | { readonly kind: "new"; readonly id: string; readonly count: number }
  | { readonly kind: "system"; readonly id: string; readonly line: SystemLine }
  | MessageItem;

export type MessageItem = {
  readonly kind: "message";
  readonly id: string;
  readonly line: MessageLine;
  /** First and last bubble of a group: same author, a few minutes, nothing between. */
  readonly first: boolean;
  readonly last: boolean;
  /** An own bubble inside a group whose state is not the next one's, so it says its own. */
  readonly differs: boolean;
};
