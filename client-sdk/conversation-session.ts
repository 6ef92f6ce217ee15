import type { Header, Status } from "#protocol/conversation.ts";
import type { Author } from "#protocol/people.ts";
import { refuse, type Refusal, type RefusalCode } from "#protocol/refusals.ts";
import { Changes } from "./changes.ts";
import { ConversationFeed, type Arrived, type DialConversation } from "./conversation-feed.ts";
import { ConversationScreen } from "./conversation-screen.ts";
import { findMessage, sendOver, settleArrived, settleShown, tellsOfOthers } from "./conversation-wiring.ts";
import { ConversationWriter, type Kept } from "./conversation-writer.ts";
import { isNew } from "./courier.ts";
import type { ConversationApi } from "./desk-api.ts";
import type { Dispatch } from "./dispatch.ts";
import { wire } from "./link.ts";
import { problemOf, type Notice, type Problem } from "./problem.ts";
import { Receipts } from "./receipts.ts";
import type { Connection } from "./standing.ts";
import { TypingSignal } from "./typing-signal.ts";
import type { Participant, Self, ViewLine } from "./view-line.ts";
import type { Cancel, World } from "./world.ts";

export type ConversationParts = {
  /** Its id, or the key of one that is opened with its first message. */
  readonly conversation: string;
  readonly self: () => Self;
  readonly world: World;
  readonly api: ConversationApi;
  readonly dial: DialConversation;
  /** Resolves when the outbox is open. */
  readonly dispatch: Promise<Dispatch>;
  /** Resolves when the desk knows who we are; until then nothing is dialled, and what is written is kept. */
  readonly admitted: Promise<unknown>;
  /** The desk does not know us any more. */
  readonly turnedAway?: (() => void) | undefined;
};

const none: readonly never[] = [];

/** One conversation as a person sees it and writes in it. */
export class ConversationSession {
  error: Problem | null = null;
  readonly #parts: ConversationParts;
  readonly #changes = new Changes();
  readonly #screen: ConversationScreen;
  readonly #writer: ConversationWriter;
  readonly #typing: TypingSignal;
  readonly #receipts: Receipts;
  #conversation: string;
  #feed: ConversationFeed | undefined;
  #dispatch: Dispatch | undefined;
  #detach: Cancel | undefined;
  #isAdmitted = false;
  #isOver = false;

  constructor(parts: ConversationParts) {
    const { world, dispatch, conversation } = (this.#parts = parts);
    this.#conversation = conversation;
    this.#typing = new TypingSignal(world.clock, (on) => this.#feed?.signal(wire.typing, { on }));
    this.#screen = new ConversationScreen(() => ({
      feed: this.#feed,
      pending: this.#dispatch?.of(this.#conversation) ?? none,
      self: parts.self(),
      isOffline: this.connection === "offline",
    }));
    this.#receipts = new Receipts(world.clock, this.#screen.reads, () => this.#feed);
    this.#writer = new ConversationWriter({
      dispatch,
      newId: world.newId,
      conversation: () => this.#conversation,
      lineOf: (key) => findMessage(this.#feed?.thread.lines ?? [], parts.self(), key),
    });
    void dispatch.then((ready) => this.#begin(ready));
  }

  get conversationId(): string | null {
    return isNew(this.#conversation) ? null : this.#conversation;
  }

  get messages(): readonly ViewLine[] {
    return this.#screen.messages;
  }

  get isLoading(): boolean {
    return !isNew(this.#conversation) && this.error === null && (this.#feed?.thread.isEmpty ?? true);
  }

  get notice(): Notice | null {
    if (this.#dispatch?.isVolatile) return "outbox_not_persistent";
    return this.#dispatch?.expired ? "outbox_expired" : null;
  }

  get connection(): Connection {
    if (this.#feed) return this.#feed.connection;
    if (!this.#parts.world.network.onLine) return "offline";
    return this.#isAdmitted && isNew(this.#conversation) ? "online" : "connecting";
  }

  get header(): Header | null {
    return this.#feed?.company.header ?? null;
  }

  get status(): Status {
    return this.#feed?.status ?? "open";
  }

  /** Whom the desk knows me as here. */
  get me(): Author | null {
    return this.#feed?.company.me ?? null;
  }

  get onlineUsers(): readonly Participant[] {
    return this.#feed?.company.online ?? none;
  }

  get typingUsers(): readonly Participant[] {
    return this.#feed?.company.typing ?? none;
  }

  get hasOlder(): boolean {
    return this.#feed?.thread.hasOlder ?? false;
  }

  get isLoadingOlder(): boolean {
    return this.#feed?.isLoadingOlder ?? false;
  }

  /** Nothing is missing up to this number; 0 before anything has come. */
  get completeUpTo(): number {
    return this.#feed?.thread.inbox.contiguous ?? 0;
  }

  get unread(): number {
    return this.#screen.unread;
  }

  get firstUnreadKey(): string | null {
    return this.#screen.firstUnreadKey;
  }

  get readUpTo(): number {
    return this.#screen.reads.upTo;
  }

  /** Calls at most once per microtask. */
  onChange(listener: () => void): Cancel {
    return this.#changes.on(listener);
  }

  async sendMessage(body: string): Promise<Kept | Refusal> {
    this.#typing.forget(); // the message itself says it
    return this.#writer.post("message.send", body);
  }

  postNote = (body: string): Promise<Kept | Refusal> => this.#writer.post("note.post", body);
  editMessage = (key: string, body: string): Promise<Kept | Refusal> => this.#writer.edit(key, body);
  deleteMessage = (key: string): Promise<Kept | Refusal> => this.#writer.delete(key);
  /** For `state: "failed"`. */
  retry = (key: string): Promise<void> => this.#writer.retry(key);
  discard = (key: string): Promise<void> => this.#writer.discard(key);

  /** These answer when the desk has: there is no bubble that could tell how it went. */
  join = (): Promise<Kept | Refusal> => this.#writer.turn("conversation.join");
  leave = (): Promise<Kept | Refusal> => this.#writer.turn("conversation.leave");
  close = (): Promise<Kept | Refusal> => this.#writer.turn("conversation.close");
  reopen = (): Promise<Kept | Refusal> => this.#writer.turn("conversation.reopen");

  sendFile = async (): Promise<Refusal> => refuse("files_not_accepted");

  sendTypingIndicator(on = true): void {
    this.#typing.set(on);
  }

  /** Everything up to this line has been on screen while the page was visible; without a key, everything there is. */
  markRead(key?: string): void {
    const line = key === undefined ? undefined : this.messages.findLast((one) => one.key === key);
    const upTo = key === undefined ? this.#feed?.thread.inbox.contiguous : line?.seq;
    if (!upTo || upTo <= this.readUpTo) return;
    this.#screen.reads.mark(upTo);
    this.#receipts.read();
    this.#changed();
  }

  loadOlder = async (): Promise<void> => this.#feed?.loadOlder();

  /** The desk has given it its id. */
  adopt(conversationId: string): void {
    if (this.#conversation === conversationId) return;
    this.#conversation = conversationId;
    if (this.#dispatch && this.#isAdmitted) this.#open(this.#dispatch);
    this.#changed();
  }

  destroy(): void {
    this.#isOver = true;
    this.#detach?.();
    this.#feed?.stop();
    this.#typing.forget();
    this.#receipts.stop();
    this.#changes.end();
  }

  #begin(dispatch: Dispatch): void {
    if (this.#isOver) return;
    this.#dispatch = dispatch;
    this.#detach = dispatch.attach(this.#conversation, {
      changed: () => {
        settleShown(dispatch, this.#conversation, this.#feed?.thread.inbox.contiguous);
        this.#changed();
      },
      send: (command) => sendOver(this.#feed, command),
      reached: () => this.#feed?.hurry(),
    });
    void this.#parts.admitted.then(() => this.#open(dispatch));
    this.#changed();
  }

  #open(dispatch: Dispatch): void {
    this.#isAdmitted = true;
    if (this.#isOver || this.#feed || isNew(this.#conversation)) return;
    const on = {
      changed: () => this.#changed(),
      arrived: (news: Arrived) => this.#arrived(dispatch, news),
      opened: () => {
        this.#receipts.opened();
        dispatch.hurry(this.#conversation);
      },
      ended: (code: RefusalCode) => {
        this.error = problemOf(code);
        this.#changed();
        if (code === "not_signed_in") this.#parts.turnedAway?.();
      },
    };
    this.#feed = new ConversationFeed({ ...this.#parts, conversationId: this.#conversation, on });
    this.#feed.start();
    this.#changed();
  }

  #arrived(dispatch: Dispatch, news: Arrived): void {
    settleArrived(dispatch, this.#parts.self(), news);
    settleShown(dispatch, this.#conversation, this.#feed?.thread.inbox.contiguous);
    this.#receipts.arrived(tellsOfOthers(news, this.#parts.self()));
  }

  #changed(): void {
    this.#screen.stale();
    this.#changes.mark();
  }
}
