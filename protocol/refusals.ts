/**
 * Every refusal there is: a stable code, the sentence a person reads, and whether the same action may succeed later.
 * `retry: true` is tried again by the outbox; `retry: false` parks the message with its text kept.
 */
export const refusals = {
  invalid_message: { say: "This message could not be read.", retry: false },
  empty_message: { say: "There is nothing to send yet.", retry: false },
  too_large: { say: "This message is too long. Please shorten it.", retry: false },
  unreadable_text: { say: "This text contains characters that cannot be shown.", retry: false },
  key_reused: { say: "This was already sent with another text.", retry: false },
  not_found: { say: "This conversation does not exist, or is not yours.", retry: false },
  forbidden: { say: "You may not do this here.", retry: false },
  not_yours: { say: "Only the person who wrote a message may change it.", retry: false },
  message_deleted: { say: "This message was deleted.", retry: false },
  version_conflict: { say: "This message was changed in the meantime.", retry: false },
  conversation_closed: { say: "This conversation is closed.", retry: false },
  already_closed: { say: "This conversation is already closed.", retry: false },
  already_open: { say: "This conversation is already open.", retry: false },
  already_joined: { say: "You have already joined this conversation.", retry: false },
  not_joined: { say: "You have not joined this conversation.", retry: false },
  files_not_accepted: { say: "Files are not accepted yet.", retry: false },
  too_fast: { say: "One moment, please: that was a little fast.", retry: true },
  moved: { say: "The conversation is moving. It goes on in a moment.", retry: true },
  unavailable: { say: "Not saved yet, we are retrying.", retry: true },
  fault: { say: "Something went wrong on our side. We are retrying.", retry: true },
  not_signed_in: { say: "Please sign in again.", retry: false },
  wrong_credentials: { say: "E-mail or password is not right.", retry: false },
  too_many_attempts: { say: "Too many attempts. Please wait a little.", retry: true },
  bad_csrf: { say: "This page is out of date. Please reload it.", retry: false },
  foreign_origin: { say: "This site is not allowed to open this desk.", retry: false },
  unknown_inbox: { say: "This widget's key is not known.", retry: false },
  bad_identity: { say: "We could not confirm who you are.", retry: false },
  bad_setup_token: { say: "This setup link is not valid any more.", retry: false },
  weak_password: { say: "Please choose a longer password.", retry: false },
} as const satisfies Record<string, { say: string; retry: boolean }>;

export type RefusalCode = keyof typeof refusals;

/** A refusal as a value: what `decide` returns and what travels as the answer to a request. */
export type Refusal = { readonly refused: RefusalCode; readonly retryInMs?: number };

export const refuse = (code: RefusalCode, retryInMs?: number): Refusal =>
  retryInMs === undefined ? { refused: code } : { refused: code, retryInMs };

export const isRefusal = (value: unknown): value is Refusal =>
  typeof value === "object" && value !== null && "refused" in value;
