import type { ConversationFeed } from "./conversation-feed.ts";
import type { Pending } from "./pending-rows.ts";
import { ReadState } from "./read-state.ts";
import type { Self, ViewLine } from "./view-line.ts";
import { ViewLines } from "./view-lines.ts";

export type OnScreen = {
  readonly feed: ConversationFeed | undefined;
  readonly pending: readonly Pending[];
  readonly self: Self;
  readonly isOffline: boolean;
};

const noMarks = { delivered: 0, read: 0 };
const noNames: ReadonlyMap<string, string> = new Map();

/** What a person sees of a conversation, worked out when somebody looks. */
export class ConversationScreen {
  readonly reads = new ReadState();
  readonly #views = new ViewLines();
  readonly #now: () => OnScreen;
  #isStale = true;
  #isUncounted = true;

  constructor(now: () => OnScreen) {
    this.#now = now;
  }

  stale(): void {
    this.#isStale = this.#isUncounted = true;
  }

  get messages(): readonly ViewLine[] {
    this.#refresh();
    return this.#views.messages;
  }

  get unread(): number {
    this.#count();
    return this.reads.unread;
  }

  get firstUnreadKey(): string | null {
    this.#count();
    return this.reads.firstUnread;
  }

  /** Apart from the lines: whoever only reads them does not pay for a long list that nobody has read. */
  #count(): void {
    this.#refresh();
    if (!this.#isUncounted) return;
    this.#isUncounted = false;
    const { feed, self } = this.#now();
    this.reads.count(feed?.thread.lines ?? [], self.side);
  }

  #refresh(): void {
    if (!this.#isStale) return;
    this.#isStale = false;
    const { feed, pending, self, isOffline } = this.#now();
    const { company, thread } = feed ?? {};
    const lines = thread?.lines ?? [];
    this.reads.learn(company?.ownRead ?? 0);
    this.#views.show({
      lines,
      pending,
      self,
      isOffline,
      marks: company?.marks ?? noMarks,
      names: company?.names ?? noNames,
    });
  }
}
