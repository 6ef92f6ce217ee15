import { type Language, sayFrom, setLanguage, type Table, type Translated } from "#client-ui/words/words.ts";

/** What the widget says of its own; the shared pieces have theirs in `client-ui/words`. */
const english = {
  launcher: "Open the conversation with us",
  launcherUnread: {
    one: "Open the conversation with us, {n} unread message",
    other: "Open the conversation with us, {n} unread messages",
  },
  launcherClose: "Close the conversation",
  panel: "Conversation with {name}",
  teaserClose: "Hide this message",
  close: "Close",
  back: "Back",
  now: "now",

  hello: "Hello.",
  whatCanWeDo: "What can we do?",
  cannotOpen: "This chat cannot open",
  answersHere: "You write here, a person answers.",
  sendUsAMessage: "Send us a message",
  noAccount: "No account needed",
  yours: "Your conversations",
  isClosedShort: "Closed",
  noMessageYet: "No message yet",
  conversation: "Conversation",
  unread: { one: "{n} unread message", other: "{n} unread messages" },
  moreConversations: { one: "{n} more conversation", other: "{n} more conversations" },

  team: "Our team",
  hereNow: "here now",
  somebodyAnswers: "We answer as soon as we can",
  newConversation: "New conversation",
  firstLine: "Ask us anything",
  isKept: "What you send is kept, even if your connection drops.",
  mayClose: "You may close this page: the answer waits for you here.",

  isClosed: "This conversation is closed.",
  goOn: "It is not solved, go on",
  goingOn: "One moment",
  startNew: "Start a new conversation",
  cannotGoOn: "This conversation cannot go on",
  signedOut: "You are signed out here. What you write next begins a new conversation.",

  notPersistent: "This browser keeps nothing: what is not saved yet is lost when the page closes.",
  expired: "Some unsent messages were older than seven days and were removed from this device.",
  storageBlocked: "This browser keeps nothing: after you leave this page, we do not know you any more.",
  unreachable: "The desk does not answer.",
  unreachableNow: "We cannot be reached just now. We keep trying.",
  mayWrite: "You can write already: it is kept and sent.",
  partMissing: "Part of this window did not load. If it does not help to try again, reload the page.",
  wrongKey: "This page asks for a desk that we do not know. Please tell the owner of this page.",
  foreignPage: "This desk does not take conversations from this page. Please tell its owner.",
  tryAgain: "Try again",
  tryingAgain: "Trying",
  dismiss: "All right",
} as const satisfies Table;

export type WidgetWords = Translated<typeof english>;

const tables = new Map<string, WidgetWords>();

/** The sentence for one of the widget's words, in the language that is spoken. */
export const say = sayFrom<WidgetWords>((code) => tables.get(code) ?? english);

/** Another language for the widget and its pieces. Before the first drawing. */
export function speak(language: Language, words: WidgetWords): void {
  tables.set(language.code, words);
  setLanguage(language);
}
