import type { Plural } from "./words.ts";

/** `{name}` is filled in; what differs by number is a table for Intl.PluralRules with `other` at least. */
export const en = {
  apology: "This part could not be shown.",
  retry: "Retry",
  discard: "Discard",
  cancel: "Cancel",

  sending: "Sending",
  kept: "Kept, sent when you are back",
  saved: "Saved",
  delivered: "Delivered",
  read: "Read",
  not_saved: "Not saved.",
  edited: "Edited",
  deletedBy: "Deleted by {name}",
  unreadable: "This text can no longer be read.",
  teamOnly: "only your team sees this",
  you: "You",

  conversation: "Conversation",
  messageBy: "{name}, {time}",
  today: "Today",
  yesterday: "Yesterday",
  newMessages: { one: "{n} new", other: "{n} new" } as Plural,
  toNewest: "To the newest message",
  earlier: "Earlier messages are coming",

  actions: "Actions for this message",
  edit: "Edit",
  copy: "Copy text",
  delete: "Delete",
  deleteSure: "Yes, delete it",

  writeHere: "Write a message",
  send: "Send",
  left: { one: "{n} character left", other: "{n} characters left" } as Plural,
  over: { one: "{n} character too many", other: "{n} characters too many" } as Plural,
  editing: "Editing your message",
  saveEdit: "Save",
  reply: "Reply",
  note: "Note",
  saveNote: "Save note",
  writeNote: "Write a note for your team",

  typing: "{name} is typing",
  typingMore: { one: "{name} and {n} more are typing", other: "{name} and {n} more are typing" } as Plural,
  writing: "{name} is writing",
  writingMore: { one: "{name} and {n} more are writing", other: "{name} and {n} more are writing" } as Plural,

  offline: "Offline. What you write is kept.",
  reconnecting: "Reconnecting. You can go on writing.",
  back: "Back. Nothing is missing.",

  online: "online",
  away: "away",
  offlineNow: "offline",
  opening: "Opening",
} as const;
