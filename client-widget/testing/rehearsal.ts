import type { MessageView, TurnView, ViewLine } from "#client-sdk/view-line.ts";
import type { Header, MemberHeader } from "#protocol/conversation.ts";
import type { Refusal } from "#protocol/refusals.ts";
import type { Chat } from "../chat.ts";
import type { Customer } from "../customer.ts";

/** A minute past two on a Thursday, where nothing depends on when a test runs. */
export const afternoon: number = new Date(2026, 10, 19, 14, 0).getTime();
export const minute = 60_000;

class Listeners {
  readonly #all = new Set<() => void>();

  onChange = (listener: () => void): (() => void) => {
    this.#all.add(listener);
    return () => this.#all.delete(listener);
  };

  tell(): void {
    for (const listener of [...this.#all]) listener();
  }
}

type Settable<T> = { -readonly [K in keyof T]: T[K] };
type Data = Omit<Settable<Chat>, "onChange">;

const staff = (name: string): MemberHeader => ({
  id: `staff-${name}`,
  side: "staff",
  name,
  joined: true,
  online: true,
  typing: false,
  read: 0,
  delivered: 0,
});

export const headerWith = (...names: string[]): Header => ({
  status: "open",
  assigneeId: null,
  head: 0,
  members: names.map(staff),
  viewers: [],
});

/** A conversation that says what a test tells it to, and remembers what it was asked. */
export class RehearsedChat extends Listeners implements Data {
  conversationId: string | null = "c1";
  messages: readonly ViewLine[] = [];
  isLoading = false;
  isLoadingOlder = false;
  error: Chat["error"] = null;
  notice: Chat["notice"] = null;
  header: Header | null = headerWith();
  status: Chat["status"] = "open";
  connection: Chat["connection"] = "online";
  typingUsers: Chat["typingUsers"] = [];
  unread = 0;
  firstUnreadKey: string | null = null;
  readonly asked: unknown[][] = [];
  /** What the next request is answered with. */
  answer: Refusal | undefined;

  constructor(more: Partial<Data> = {}) {
    super();
    Object.assign(this, more);
  }

  change(more: Partial<Data>): void {
    Object.assign(this, more);
    this.tell();
  }

  loadOlder = async (): Promise<void> => void this.asked.push(["loadOlder"]);
  markRead = (key?: string): void => void this.asked.push(["markRead", key]);
  retry = async (key: string): Promise<void> => void this.asked.push(["retry", key]);
  discard = async (key: string): Promise<void> => void this.asked.push(["discard", key]);
  sendTypingIndicator = (on = true): void => void this.asked.push(["typing", on]);
  sendMessage = (body: string): ReturnType<Chat["sendMessage"]> => this.#ask("sendMessage", body);
  editMessage = (key: string, body: string): ReturnType<Chat["editMessage"]> => this.#ask("editMessage", key, body);
  deleteMessage = (key: string): ReturnType<Chat["deleteMessage"]> => this.#ask("deleteMessage", key);
  reopen = (): ReturnType<Chat["reopen"]> => this.#ask("reopen");

  async #ask(...what: unknown[]): Promise<{ clientId: string } | Refusal> {
    this.asked.push(what);
    return this.answer ?? { clientId: crypto.randomUUID() };
  }
}

/** A customer's session that says what a test tells it to. */
export class RehearsedCustomer extends Listeners implements Settable<Customer> {
  state: Customer["state"] = "idle";
  error: Customer["error"] = null;
  customer: Customer["customer"] = null;
  inbox: Customer["inbox"] = { name: "Orders and returns", organisation: "Tidewater" };
  conversations: Customer["conversations"] = [];
  unread = 0;
  draft: string | null = null;
  notice: Customer["notice"] = null;
  readonly chats = new Map<string | undefined, RehearsedChat>();
  readonly asked: unknown[][] = [];
  /** What opening and identifying are answered with. */
  answer: Awaited<ReturnType<Customer["open"]>>;

  constructor(more: Partial<RehearsedCustomer> = {}) {
    super();
    Object.assign(this, more);
  }

  change(more: Partial<RehearsedCustomer>): void {
    Object.assign(this, more);
    this.tell();
  }

  /** Puts a conversation on the list. */
  add(chat: RehearsedChat, more: Partial<Customer["conversations"][number]> = {}): this {
    const id = chat.conversationId ?? "";
    const last = chat.messages.findLast((line): line is MessageView => line.kind === "message");
    const listed = {
      id,
      status: chat.status,
      unread: chat.unread,
      lastAt: last?.at ?? afternoon,
      lastLine: last?.body ?? null,
    };
    this.chats.set(id, chat);
    this.conversations = [...this.conversations, { ...listed, ...more }];
    this.unread += chat.unread;
    return this;
  }

  conversation(id?: string): RehearsedChat {
    const chat = this.chats.get(id) ?? new RehearsedChat({ conversationId: id ?? null });
    this.chats.set(id, chat);
    return chat;
  }

  async open(): ReturnType<Customer["open"]> {
    this.asked.push(["open"]);
    if (this.answer === undefined)
      this.change({ state: "open", customer: this.customer ?? { id: "a", name: "", verified: false } });
    return this.answer;
  }

  async identify(jwt: string): ReturnType<Customer["identify"]> {
    this.asked.push(["identify", jwt]);
    if (this.answer === undefined)
      this.change({ state: "open", customer: { id: "nora", name: "Nora", verified: true } });
    return this.answer;
  }

  async logout(): Promise<void> {
    this.asked.push(["logout"]);
    this.chats.clear();
    this.change({ state: "idle", customer: null, conversations: [], unread: 0 });
  }

  destroy(): void {
    this.asked.push(["destroy"]);
  }
}

let made = 0;

function message(own: boolean, name: string, body: string, at: number, more: Partial<MessageView>): MessageView {
  const seq = ++made;
  return {
    kind: "message",
    key: `line-${seq}`,
    id: `event-${seq}`,
    seq,
    at,
    by: own ? { side: "customer", id: "carl" } : { side: "staff", id: `staff-${name}` },
    name,
    own,
    body,
    version: 1,
    edited: false,
    deletedBy: null,
    state: own ? "saved" : null,
    late: false,
    problem: null,
    mayRetry: false,
    draft: null,
    ...more,
  };
}

export const mine = (body: string, at = afternoon, more: Partial<MessageView> = {}): MessageView =>
  message(true, "", body, at, more);
export const theirs = (body: string, at = afternoon, name = "Priya", more: Partial<MessageView> = {}): MessageView =>
  message(false, name, body, at, more);
export const turn = (kind: TurnView["kind"], at = afternoon, name = "Priya"): TurnView => {
  const seq = ++made;
  return { kind, key: `line-${seq}`, seq, at, by: { side: "staff", id: `staff-${name}` }, name, own: false };
};
