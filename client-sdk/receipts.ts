import type { ConversationFeed } from "./conversation-feed.ts";
import { Pace } from "./pace.ts";
import type { ReadState } from "./read-state.ts";
import type { Cancel, Clock } from "./world.ts";

/** In a lively conversation one word stands for several messages. */
const deliveredEveryMs = 250;

/** What we let the desk know of what has come to us. Said again over each new link, since nobody answers it. */
export class Receipts {
  readonly #reads: ReadState;
  readonly #feed: () => ConversationFeed | undefined;
  readonly #delivery: Pace;

  constructor(clock: Clock, reads: ReadState, feed: () => ConversationFeed | undefined) {
    this.#reads = reads;
    this.#feed = feed;
    this.#delivery = new Pace(clock, deliveredEveryMs, () => this.#tellDelivered());
  }

  /** @param isOthers our own messages have nobody who waits for a receipt */
  arrived(isOthers: boolean): void {
    if (isOthers) this.#delivery.ask();
    this.read();
  }

  opened(): void {
    this.#reads.forgetTold();
    this.arrived(true);
  }

  read(): void {
    const feed = this.#feed();
    if (feed?.isOnline) this.#reads.tellRead((type, payload) => feed.signal(type, payload));
  }

  stop: Cancel = () => this.#delivery.stop();

  #tellDelivered(): boolean {
    const feed = this.#feed();
    const contiguous = feed?.thread.inbox.contiguous;
    if (!feed?.isOnline || contiguous === undefined) return false;
    return this.#reads.tellDelivered(contiguous, (type, payload) => feed.signal(type, payload));
  }
}
