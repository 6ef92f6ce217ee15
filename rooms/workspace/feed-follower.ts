import { Unavailable } from "#core/ports/conversation-log.ts";
import type { FeedRow, WorkspaceFeed } from "#core/ports/workspace-feed.ts";
import type { Clock } from "../node/clock.ts";
import { closedHeld } from "./board.ts";

const hintMs = 30;
const sweepMs = 2000;
/** Looking takes at most this part of the time: when much is said, more of it is looked at together. */
const lookingShare = 0.1;
const hintMaxMs = 500;
const pageSize = 200;

export type FollowerWorld = {
  readonly orgId: string;
  readonly feed: Pick<WorkspaceFeed, "load" | "changes">;
  readonly clock: Clock;
  readonly onRows: (rows: readonly FeedRow[]) => void;
  readonly onFault: (error: unknown) => void;
};

/** Follows an organisation's feed by number: hints say that there is more, and every two seconds it looks by itself. */
export class FeedFollower {
  readonly #world: FollowerWorld;
  #heads: ReadonlyMap<string, number> = new Map();
  #isLooking = false;
  #isHinted = false;
  /** How long after a hint it is looked. */
  #hintMs = hintMs;
  #cancelLook: (() => void) | undefined;

  constructor(world: FollowerWorld) {
    this.#world = world;
  }

  /** The rows as they are, from which on changes are followed. */
  async start(): Promise<{ rows: readonly FeedRow[]; closedTotal: number }> {
    const { rows, heads, closedTotal } = await this.#world.feed.load(this.#world.orgId, closedHeld);
    this.#heads = heads;
    this.#lookAfter(sweepMs);
    return { rows, closedTotal };
  }

  /** There is more in the feed. Hints of one moment are followed up together. */
  hint(): void {
    if (this.#isHinted) return;
    this.#isHinted = true;
    this.#lookAfter(this.#hintMs);
  }

  stop(): void {
    this.#cancelLook?.();
    this.#cancelLook = undefined;
  }

  #lookAfter(ms: number): void {
    this.stop();
    this.#cancelLook = this.#world.clock.after(ms, () => this.#lookNow());
  }

  #lookNow(): void {
    this.#isHinted = false;
    if (this.#isLooking) {
      this.#isHinted = true; // what is being read may be older than the hint
      return;
    }
    this.#isLooking = true;
    const began = this.#world.clock.monotonic();
    void this.#look().finally(() => {
      this.#isLooking = false;
      const took = this.#world.clock.monotonic() - began;
      this.#hintMs = Math.min(hintMaxMs, Math.max(hintMs, took / lookingShare));
      if (this.#cancelLook) this.#lookAfter(this.#isHinted ? this.#hintMs : sweepMs);
    });
  }

  async #look(): Promise<void> {
    const { feed, orgId, onRows, onFault } = this.#world;
    try {
      for (let isMore = true; isMore;) {
        const { rows, heads } = await feed.changes(orgId, this.#heads, pageSize);
        this.#heads = new Map([...this.#heads, ...heads]);
        onRows(rows);
        isMore = rows.length >= pageSize;
      }
    } catch (error) {
      if (!(error instanceof Unavailable)) onFault(error); // while the store is away the sweep comes back to it
    }
  }
}
