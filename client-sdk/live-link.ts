import { closeCodes } from "#protocol/close-codes.ts";
import type { Moved } from "#protocol/conversation.ts";
import { limits } from "#protocol/limits.ts";
import type { Failed } from "./desk-request.ts";
import type { SeenHeader } from "./header-of.ts";
import { wire, type Dialer, type Link, type LinkListener, type NoSocket } from "./link.ts";
import type { Cancel, World } from "./world.ts";

/** How a link ended. `retryInMs`: the desk itself said when to come back. */
export type Loss = { readonly code: number; readonly retryInMs?: number; readonly isSilent?: boolean };

export type LiveListener = {
  opened(live: LiveLink): void;
  told(type: string, payload: unknown): void;
  header(header: SeenHeader): void;
  /** At most once, and never before `opened` or after `close`. */
  lost(live: LiveLink, loss: Loss): void;
};

const ownerAfterMs = 2000;
/** A node that works says within 3.5 s that it cannot: who has said nothing by now is not heard any more. */
const deafAfterMs = 3800;
const unansweredMax = 2;
export const brokenWire: Loss = { code: 1006 };
/** Nobody closed it: the node is frozen, and may be met again on the way to another. Time enough has been lost. */
const silentWire: Loss = { ...brokenWire, retryInMs: 0, isSilent: true };

/** A link and the suspicion about it: a wire can be dead, and a node frozen, without anybody closing the socket. */
export class LiveLink {
  #link: Link | undefined;
  readonly #dialer: Dialer;
  readonly #world: World;
  readonly #on: LiveListener;
  /** Lost before it was opened. */
  #early: Loss | undefined;
  #isOver = false;
  #heardAt = 0;
  #unanswered = 0;
  #isAsking = false;
  #cancelWatch: Cancel | undefined;
  readonly #waiting = new Set<() => void>();

  private constructor(dialer: Dialer, world: World, on: LiveListener) {
    this.#dialer = dialer;
    this.#world = world;
    this.#on = on;
  }

  /** Why it failed, or `undefined` after `opened` was told. */
  static async dial(
    dialer: Dialer,
    world: World,
    on: LiveListener,
    isHurried = false,
  ): Promise<NoSocket | Failed | undefined> {
    const live = new LiveLink(dialer, world, on);
    const link = await dialer.dial(live.#listener(), isHurried);
    if (!("request" in link)) return link;
    live.#link = link;
    live.#heardAt = world.clock.now();
    on.opened(live);
    if (live.#early) live.lose(live.#early);
    else live.#watch(limits.silenceMaxMs);
    return undefined;
  }

  get kind(): Link["kind"] | undefined {
    return this.#link?.kind;
  }

  /** Nothing at all for longer than two pings would take. */
  get isSilent(): boolean {
    return this.#world.clock.now() - this.#heardAt >= limits.silenceMaxMs;
  }

  /** The answer, or `undefined` when none came in time. */
  async request(type: string, payload: unknown): Promise<unknown> {
    const link = this.#link;
    if (!link || this.#isOver) return undefined;
    const { clock } = this.#world;
    const cancels = [
      clock.after(ownerAfterMs, () => void this.#askOwner(link)),
      clock.after(deafAfterMs, () => {
        if (link.kind === "socket") this.lose(silentWire);
      }),
    ];
    const answer = await this.#unlessOver(link.request(type, payload));
    for (const cancel of cancels) cancel();
    if (answer !== undefined) this.#heard();
    else if (++this.#unanswered >= unansweredMax) this.lose(brokenWire);
    return answer;
  }

  /** The end of a link answers what was asked over it: the far end of a dead wire never closes it by itself. */
  #unlessOver(answer: Promise<unknown>): Promise<unknown> {
    return new Promise((resolve) => {
      const giveUp = () => resolve(undefined);
      this.#waiting.add(giveUp);
      void answer.then((given) => {
        this.#waiting.delete(giveUp);
        resolve(given);
      });
    });
  }

  signal(type: string, payload: unknown): void {
    if (!this.#isOver) this.#link?.signal(type, payload);
  }

  lose(loss: Loss): void {
    if (this.#isOver) return;
    if (!this.#link) {
      this.#early = loss;
      return;
    }
    this.close();
    this.#on.lost(this, loss);
  }

  close(): void {
    this.#isOver = true;
    this.#cancelWatch?.();
    this.#link?.close();
    for (const giveUp of this.#waiting) giveUp();
    this.#waiting.clear();
  }

  #listener(): LinkListener {
    return {
      told: (type, payload) => {
        if (this.#isOver) return;
        this.#heard();
        if (type === wire.moved) this.lose({ code: closeCodes.moved.code, ...(payload as Moved) });
        else this.#on.told(type, payload);
      },
      header: (header) => {
        if (!this.#isOver) this.#on.header(header);
      },
      closed: (code) => this.lose({ code }),
    };
  }

  #heard(): void {
    this.#heardAt = this.#world.clock.now();
    this.#unanswered = 0;
  }

  #watch(ms: number): void {
    if (this.#isOver) return;
    this.#cancelWatch = this.#world.clock.after(ms, () => {
      if (this.isSilent) this.lose(silentWire);
      else this.#watch(this.#heardAt + limits.silenceMaxMs - this.#world.clock.now());
    });
  }

  /** A frozen node neither answers nor closes: once another owns the room, waiting for it is in vain. */
  async #askOwner(link: Link): Promise<void> {
    if (this.#isAsking || this.#isOver) return;
    this.#isAsking = true;
    const owner = await this.#dialer.owner();
    this.#isAsking = false;
    if (owner !== undefined && owner !== link.owner) this.lose(silentWire);
  }
}
