import { Unavailable, type ConversationLog } from "#core/ports/conversation-log.ts";
import type { Person } from "#protocol/people.ts";
import type { Clock } from "../node/clock.ts";

const coalesceMs = 250;
const retryMs = 2000;

type Mark = { readonly person: Person; readonly upTo: number };

export type ReadMarksWorld = {
  readonly id: string;
  readonly log: Pick<ConversationLog, "read">;
  readonly clock: Clock;
  readonly onKept: (person: Person, upTo: number) => void;
  readonly onFault: (error: unknown) => void;
};

/** Read numbers on their way to the log: people scroll faster than anybody needs to know, so only the newest is kept. */
export class ReadMarks {
  readonly #world: ReadMarksWorld;
  readonly #waiting = new Map<string, Mark>();
  #flushing: Promise<void> = Promise.resolve();
  #cancel: (() => void) | undefined;

  constructor(world: ReadMarksWorld) {
    this.#world = world;
  }

  get isEmpty(): boolean {
    return this.#waiting.size === 0;
  }

  put(person: Person, upTo: number): void {
    this.#waiting.set(person.id, { person, upTo });
    this.#later(coalesceMs);
  }

  /** Keeps what waits. While the store is away it waits on; numbers lost with the process are only read again. */
  flush(): Promise<void> {
    this.stop();
    this.#flushing = this.#flushing.then(() => this.#keep());
    return this.#flushing;
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  async #keep(): Promise<void> {
    const { id: conversationId, log, onKept, onFault } = this.#world;
    for (const [id, mark] of this.#waiting) {
      try {
        await log.read(conversationId, mark.person, mark.upTo);
        onKept(mark.person, mark.upTo);
      } catch (error) {
        if (error instanceof Unavailable) return this.#later(retryMs);
        onFault(error);
      }
      if (this.#waiting.get(id) === mark) this.#waiting.delete(id);
    }
  }

  #later(ms: number): void {
    this.#cancel ??= this.#world.clock.after(ms, () => {
      this.#cancel = undefined;
      void this.flush();
    });
  }
}
