import type { ConversationEvent, FetchPage, Frame, Line, Ping, Status, Welcome } from "#protocol/conversation.ts";
import type { RefusalCode } from "#protocol/refusals.ts";
import { isPaged } from "./answers.ts";
import { CatchUp } from "./catch-up.ts";
import { Company } from "./company.ts";
import type { ConversationApi } from "./desk-api.ts";
import { failed } from "./desk-request.ts";
import { LinkKeeper, type Dialers } from "./link-keeper.ts";
import { wire } from "./link.ts";
import { Standing, type Connection } from "./standing.ts";
import { Thread } from "./thread.ts";
import type { Self } from "./view-line.ts";
import type { World } from "./world.ts";

/** Ways to a conversation's room. `since`: the number up to which everything is there. */
export type DialConversation = (conversationId: string, since: () => number | undefined) => Dialers;

export type FeedParts = {
  readonly conversationId: string;
  readonly self: () => Self;
  readonly world: World;
  readonly api: ConversationApi;
  readonly dial: DialConversation;
  readonly on: FeedListener;
};

/** Lines that a page has brought, or events that became visible. */
export type Arrived = { readonly lines?: readonly Line[]; readonly events?: readonly ConversationEvent[] };

export type FeedListener = {
  readonly changed: () => void;
  readonly arrived: (news: Arrived) => void;
  /** There is a link again. */
  readonly opened: () => void;
  readonly ended: (code: RefusalCode) => void;
};

const olderLines = 100;

/** What comes from the desk: lines without a hole, who is there, and how the link stands. */
export class ConversationFeed {
  readonly thread = new Thread();
  readonly company: Company;
  isLoadingOlder = false;
  readonly #parts: FeedParts;
  readonly #keeper: LinkKeeper;
  readonly #catchUp: CatchUp;
  readonly #standing: Standing;

  constructor(parts: FeedParts) {
    this.#parts = parts;
    const { world, self, on, conversationId } = parts;
    this.#standing = new Standing(world.clock, on.changed);
    this.company = new Company(self(), world.clock, on.changed);
    this.#catchUp = new CatchUp({
      thread: this.thread,
      clock: world.clock,
      ask: (type, payload) => this.ask(type, payload),
      began: () => this.#arrived({ lines: this.thread.lines }),
      caught: (events) => this.#arrived({ events }),
      refused: on.ended,
    });
    this.#keeper = new LinkKeeper(
      parts.dial(conversationId, () => this.thread.inbox.contiguous),
      world,
      {
        opened: on.opened,
        told: (type, payload) => this.#told(type, payload),
        header: (header) => {
          this.company.see(header, self());
          this.#heardHead(header.head);
          on.changed();
        },
        changed: () => this.#linkChanged(),
        ended: on.ended,
      },
    );
  }

  start(): void {
    this.#keeper.start();
    this.#catchUp.run(); // the first page need not wait for the link
  }

  stop(): void {
    this.#keeper.stop();
    this.#catchUp.stop();
    this.#standing.stop();
    this.company.leave();
  }

  get connection(): Connection {
    return this.#standing.connection;
  }

  /** No link, but it may be there in a moment. */
  get isPatient(): boolean {
    return this.#standing.isPatient;
  }

  get isOnline(): boolean {
    return this.#keeper.state === "online";
  }

  /** As the header says it, or as far as the lines tell. */
  get status(): Status {
    const { header } = this.company;
    if (header) return header.status;
    const last = this.thread.lines.findLast(({ kind }) => kind === "closed" || kind === "reopened");
    return last?.kind === "closed" ? "closed" : "open";
  }

  /** Over the link, or a page over HTTP while there is none. `undefined`: no answer. */
  async ask(type: string, payload: unknown): Promise<unknown> {
    if (this.isOnline) return this.#keeper.request(type, payload);
    if (type !== wire.page) return undefined;
    const answer = await this.#parts.api.page(this.#parts.conversationId, payload as FetchPage);
    if (!failed(answer)) {
      this.hurry();
      return answer;
    }
    return "refused" in answer ? { ok: false, code: answer.refused, retryInMs: answer.retryInMs } : undefined;
  }

  /** The desk has answered over HTTP. */
  hurry(): void {
    this.#keeper.hurry();
  }

  signal(type: string, payload: unknown): void {
    this.#keeper.signal(type, payload);
  }

  async loadOlder(): Promise<void> {
    if (this.isLoadingOlder || !this.thread.hasOlder) return;
    const before = this.thread.askOlder();
    if (before === undefined) return;
    this.isLoadingOlder = true;
    this.#parts.on.changed();
    const answer = await this.ask(wire.page, { before, limit: olderLines });
    this.isLoadingOlder = false;
    if (isPaged(answer)) {
      this.thread.older(answer);
      this.#arrived({ lines: answer.lines });
    } else this.#parts.on.changed();
  }

  #told(type: string, payload: unknown): void {
    this.company.confirm();
    if (type === wire.frames) {
      this.#arrived({ events: this.thread.take(payload as readonly Frame[]) });
      this.#catchUp.run(); // a hole that frames show is not waited for
    } else if (type === wire.ping || type === wire.welcome) {
      this.thread.inbox.hear((payload as Ping | Welcome).head);
      this.#catchUp.run();
    }
  }

  #heardHead(head: number): void {
    const { inbox } = this.thread;
    inbox.hear(head);
    if (inbox.missing > 0) this.#catchUp.soon();
  }

  #arrived(news: Arrived): void {
    this.company.heard(news.events ?? []);
    for (const line of news.lines ?? []) if ("name" in line) this.company.learn(line.by.id, line.name);
    this.#parts.on.arrived(news);
    this.#parts.on.changed();
  }

  #linkChanged(): void {
    if (!this.isOnline) this.company.leave();
    this.#standing.see(this.#keeper.state);
  }
}
