import type { ConversationSession } from "#client-sdk/conversation-session.ts";

/** What the widget wants of a conversation: a session gives it, and so does a rehearsal in tests and playgrounds. */
export type Chat = Pick<
  ConversationSession,
  | "conversationId"
  | "messages"
  | "isLoading"
  | "isLoadingOlder"
  | "error"
  | "notice"
  | "header"
  | "status"
  | "connection"
  | "typingUsers"
  | "unread"
  | "firstUnreadKey"
  | "onChange"
  | "loadOlder"
  | "markRead"
  | "sendMessage"
  | "editMessage"
  | "deleteMessage"
  | "retry"
  | "discard"
  | "reopen"
  | "sendTypingIndicator"
>;
