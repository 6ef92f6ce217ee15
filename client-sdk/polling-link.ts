import { limits } from "#protocol/limits.ts";
import type { ConversationCommand, FetchEvents, FetchPage, Polled } from "#protocol/conversation.ts";
import type { ConversationApi } from "./desk-api.ts";
import { failed, unreachable, type Failed } from "./desk-request.ts";
import { wire, type Dialer, type Link, type LinkListener } from "./link.ts";
import { brokenWire } from "./live-link.ts";
import type { Clock } from "./world.ts";

export type PollingSettings = {
  readonly api: ConversationApi;
  readonly clock: Clock;
  readonly conversationId: string;
  /** The number up to which we have everything; `undefined` before the first page. */
  readonly since: () => number | undefined;
};

/** Shorter than the silence that a link is given up for. */
const waitSeconds = 8;
const pauseMs = 300;

/** The same conversation over plain HTTPS, for networks that block WebSockets. */
export const pollingDialer = (settings: PollingSettings): Dialer => ({
  async dial(listener) {
    const first = await settings.api.poll(settings.conversationId, settings.since() ?? 0, 1, 0);
    if (failed(first)) return first;
    const link = new PollingLink(settings, listener);
    listener.told(wire.welcome, { you: first.you, head: first.header.head });
    listener.header(first.header);
    link.start();
    return link;
  },
  owner: async () => undefined,
});

class PollingLink implements Link {
  readonly kind = "polling";
  readonly owner = "";
  readonly #settings: PollingSettings;
  readonly #listener: LinkListener;
  readonly #signals = new Map<string, unknown>();
  #isSignalling = false;
  #isOver = false;

  constructor(settings: PollingSettings, listener: LinkListener) {
    this.#settings = settings;
    this.#listener = listener;
  }

  start(): void {
    this.#settings.clock.after(pauseMs, () => void this.#poll());
  }

  async request(type: string, payload: unknown): Promise<unknown> {
    const answer = await this.#ask(type, payload);
    if (!failed(answer)) return answer;
    if ("unreachable" in answer) return undefined;
    return { ok: false, code: answer.refused, ...(answer.retryInMs !== undefined && { retryInMs: answer.retryInMs }) };
  }

  /** One at a time: while one is under way, of each kind the last one waits. */
  signal(type: string, payload: unknown): void {
    if (this.#isOver) return;
    this.#signals.set(type, payload);
    if (!this.#isSignalling) void this.#sendSignals();
  }

  close(): void {
    this.#isOver = true;
  }

  async #ask(type: string, payload: unknown): Promise<unknown> {
    const { api } = this.#settings;
    const id = this.#settings.conversationId;
    if (type === wire.page) return api.page(id, payload as FetchPage);
    if (type !== wire.fetch) return api.post(id, { type, ...(payload as object) } as ConversationCommand);
    const { since, limit } = payload as FetchEvents;
    return api.poll(id, since, limit ?? limits.fetchMax, 0);
  }

  async #sendSignals(): Promise<void> {
    this.#isSignalling = true;
    for (const [type, payload] of this.#signals) {
      this.#signals.delete(type);
      // Made to be forgotten: whether it arrived is not asked.
      // A signal that is lost is made good by the next one.
      if (!this.#isOver)
        await this.#settings.api.signal(this.#settings.conversationId, type, payload).catch(() => undefined);
    }
    this.#isSignalling = false;
  }

  async #poll(): Promise<void> {
    if (this.#isOver) return;
    const since = this.#settings.since();
    // Before the first page there is nothing to fetch after; the header is wanted all the same.
    const answer = await (since === undefined
      ? this.#pollFor(0, 1, 0)
      : this.#pollFor(since, limits.fetchMax, waitSeconds));
    if (this.#isOver) return;
    if (failed(answer)) return this.#listener.closed(brokenWire.code);
    this.#listener.header(answer.header);
    if (since !== undefined) this.#listener.told(wire.frames, answer.frames);
    this.#listener.told(wire.ping, { head: answer.header.head });
    this.start();
  }

  #pollFor(since: number, limit: number, seconds: number): Promise<Polled | Failed> {
    const id = this.#settings.conversationId;
    return this.#settings.api.poll(id, since, limit, seconds).catch(() => unreachable);
  }
}
