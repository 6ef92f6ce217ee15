import type { Line } from "#protocol/conversation.ts";
import type { Side } from "#protocol/people.ts";
import { wire } from "./link.ts";

type Signal = (type: string, payload: unknown) => void;

/** How far I have read, and what of the others I have not. Numbers only grow. */
export class ReadState {
  unread = 0;
  /** Id of the first unread message. */
  firstUnread: string | null = null;
  #read = 0;
  #toldRead = 0;
  #toldDelivered = 0;

  get upTo(): number {
    return this.#read;
  }

  /** The desk, or another of my tabs, knows it already. */
  learn(upTo: number): void {
    this.#read = Math.max(this.#read, upTo);
    this.#toldRead = Math.max(this.#toldRead, upTo);
  }

  mark(upTo: number): void {
    this.#read = Math.max(this.#read, upTo);
  }

  /** A new link: what was said over the one before may not have arrived. */
  forgetTold(): void {
    this.#toldRead = this.#toldDelivered = 0;
  }

  tellRead(signal: Signal): void {
    if (this.#read > this.#toldRead) signal(wire.read, { upTo: this.#read });
    this.#toldRead = Math.max(this.#toldRead, this.#read);
  }

  /** Whether there was anything to tell. */
  tellDelivered(contiguous: number, signal: Signal): boolean {
    if (contiguous <= this.#toldDelivered) return false;
    this.#toldDelivered = contiguous;
    signal(wire.delivered, { upTo: contiguous });
    return true;
  }

  /** Messages of the other side after my number; my colleagues' are not for me. */
  count(lines: readonly Line[], side: Side): void {
    this.unread = 0;
    this.firstUnread = null;
    for (let at = lines.length - 1; at >= 0; at--) {
      const line = lines[at];
      if (!line || line.seq <= this.#read) break;
      if (line.kind !== "message" || line.by.side === side || line.deleted) continue;
      this.unread += 1;
      this.firstUnread = line.id;
    }
  }
}
