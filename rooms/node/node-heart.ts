import type { ConversationLog } from "#core/ports/conversation-log.ts";
import { limits } from "#protocol/limits.ts";
import type { Clock } from "./clock.ts";

/** A room whose ownership the heart looks after. */
export interface Owned {
  readonly id: string;
  /** `undefined` before the first claim. */
  readonly epoch: number | undefined;
  /** Another owner has a newer epoch: tell nobody, close everything. */
  lose(): void;
}

export const beatEveryMs = 250;

/**
 * Asks every two seconds, once for all rooms of this node, which of them it still owns. A beat that comes much too late
 * says that the process stood still (SIGSTOP, a frozen machine, a long collection) and may have lost any of them: until
 * they are verified nothing may be acknowledged or told. `isSure` looks at the clock itself, because after a freeze the
 * database's answers are handled before any timer.
 */
export class NodeHeart {
  readonly #log: Pick<ConversationLog, "stillOwned">;
  readonly #clock: Clock;
  readonly #onFault: (error: unknown) => void;
  /** A room that ends and the one that takes its place may both be here for a moment. */
  readonly #rooms = new Set<Owned>();
  #lastBeat: number;
  #beats = 0;
  #pauses = 0;
  #suspect = false;
  #verifying: Promise<void> | undefined;
  #cancel: () => void = () => undefined;

  constructor(log: Pick<ConversationLog, "stillOwned">, clock: Clock, onFault: (error: unknown) => void) {
    this.#log = log;
    this.#clock = clock;
    this.#onFault = onFault;
    this.#lastBeat = clock.monotonic();
  }

  /** @param onBeat called at every beat, for what else a node does in rounds */
  start(onBeat: (beat: number) => void): void {
    this.#lastBeat = this.#clock.monotonic();
    const next = () => {
      this.#cancel = this.#clock.after(beatEveryMs, () => {
        this.#beat();
        next();
        onBeat(this.#beats);
      });
    };
    next();
  }

  stop(): void {
    this.#cancel();
  }

  /** How often this process has stood still. */
  get pauses(): number {
    this.#notice();
    return this.#pauses;
  }

  /** @param pauses as they were when its epoch was asked for: one that was given before a pause may be lost since */
  watch(room: Owned, pauses: number): void {
    this.#rooms.add(room);
    if (this.pauses !== pauses) this.#doubt();
  }

  forget(room: Owned): void {
    this.#rooms.delete(room);
  }

  /** False from a pause until every room is verified. */
  isSure(): boolean {
    this.#notice();
    return !this.#suspect;
  }

  /** Resolves once every room is verified; throws `Unavailable` when the log cannot be asked. */
  async sure(): Promise<void> {
    while (!this.isSure()) await this.#verify();
  }

  #beat(): void {
    this.#notice();
    this.#lastBeat = this.#clock.monotonic();
    this.#beats += 1;
    const isTurn = this.#beats % (limits.heartbeatEveryMs / beatEveryMs) === 0;
    if (isTurn || this.#suspect) this.#verify().catch(this.#onFault);
  }

  #notice(): void {
    const now = this.#clock.monotonic();
    if (now - this.#lastBeat <= limits.pauseSuspectMs + beatEveryMs) return;
    this.#lastBeat = now;
    this.#doubt();
  }

  /** No question that has been asked so far is an answer to this. */
  #doubt(): void {
    this.#pauses += 1;
    this.#suspect = true;
  }

  /** At most one question at a time. */
  #verify(): Promise<void> {
    this.#verifying ??= this.#ask().finally(() => {
      this.#verifying = undefined;
    });
    return this.#verifying;
  }

  async #ask(): Promise<void> {
    this.#notice();
    const pauses = this.#pauses;
    const rooms = [...this.#rooms].flatMap((room) => (room.epoch ? [{ room, id: room.id, epoch: room.epoch }] : []));
    const asked = new Map<string, number>();
    for (const { id, epoch } of rooms) asked.set(id, Math.max(epoch, asked.get(id) ?? 0));
    const owned = asked.size > 0 ? await this.#log.stillOwned(asked) : new Set<string>();
    for (const { room, id, epoch } of rooms) {
      const isOwned = owned.has(id) && asked.get(id) === epoch;
      const isSame = this.#rooms.has(room) && room.epoch === epoch; // one that has claimed again meanwhile is newer
      if (isSame && !isOwned) room.lose();
    }
    this.#notice();
    if (this.#pauses === pauses) this.#suspect = false; // a pause since then is not answered by this
  }
}
