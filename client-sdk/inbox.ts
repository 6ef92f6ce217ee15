import type { ConversationEvent, Fetched, Frame } from "#protocol/conversation.ts";

/** Frames held behind a hole; more than this come again by the fetch that the hole causes. */
const heldMax = 2000;

/**
 * Puts frames back in order, however they came: doubled, late, or with a hole between. Pure. What it gives out is
 * complete up to `contiguous`, so nothing past a hole is ever shown.
 */
export class Inbox {
  /** Everything this viewer may see up to here has been given out; `undefined` before the first page. */
  #contiguous: number | undefined;
  /** The newest number we have heard of. */
  #head = 0;
  readonly #held = new Map<number, Frame>();

  get contiguous(): number | undefined {
    return this.#contiguous;
  }

  get head(): number {
    return this.#head;
  }

  /** How far we know to be behind; 0 when nothing is missing as far as we know. */
  get missing(): number {
    return Math.max(0, this.#head - (this.#contiguous ?? 0));
  }

  /** There is a head beyond ours, from a ping, a header or a welcome. */
  hear(head: number): void {
    if (head > this.#head) this.#head = head; // compared, so that what is no number changes nothing
  }

  /** A page shows everything up to `asOf`. Gives out what was held and follows. */
  begin(asOf: number): readonly ConversationEvent[] {
    this.#contiguous = asOf;
    this.hear(asOf);
    return this.#release();
  }

  /** A snapshot has been asked for: until it comes, everything is held. */
  pause(): void {
    this.#contiguous = undefined;
  }

  /** The events that are next, in order. */
  take(frames: readonly Frame[]): readonly ConversationEvent[] {
    for (const frame of frames) this.#hold(frame);
    return this.#release();
  }

  /**
   * An answer to `events.fetch` holds everything between what was asked from and `upTo`.
   * @param since what was asked from
   */
  fetched(since: number, { frames, upTo }: Fetched): readonly ConversationEvent[] {
    const before = this.#contiguous;
    if (before === undefined || since > before) return this.take(frames);
    const events = frames.map(({ event }) => event).filter(({ seq }) => seq > before);
    this.#contiguous = Math.max(before, upTo, events.at(-1)?.seq ?? 0);
    this.hear(this.#contiguous);
    return [...events, ...this.#release()];
  }

  #hold(frame: Frame): void {
    const { seq } = frame.event;
    this.hear(seq);
    if (seq <= (this.#contiguous ?? 0) || this.#held.has(seq) || this.#held.size >= heldMax) return;
    this.#held.set(seq, frame);
  }

  #release(): readonly ConversationEvent[] {
    if (this.#contiguous === undefined || this.#held.size === 0) return [];
    const events: ConversationEvent[] = [];
    for (const [seq, { after, event }] of [...this.#held].sort(([a], [b]) => a - b)) {
      if (seq > this.#contiguous) {
        if (after > this.#contiguous) break;
        this.#contiguous = seq;
        events.push(event);
      }
      this.#held.delete(seq);
    }
    return events;
  }
}
