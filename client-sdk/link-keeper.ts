import { closeCodes, mayComeBack } from "#protocol/close-codes.ts";
import type { SeenHeader } from "./header-of.ts";
import type { RefusalCode } from "#protocol/refusals.ts";
import { isTransient } from "./answers.ts";
import { backoffMs, hurriedMs } from "./backoff.ts";
import type { Failed } from "./desk-request.ts";
import type { Dialer, Link, NoSocket } from "./link.ts";
import { brokenWire, LiveLink, type LiveListener, type Loss } from "./live-link.ts";
import type { Cancel, NetworkNews, World } from "./world.ts";

export type LinkState = "connecting" | "online" | "reconnecting" | "offline" | "ended";

export type KeeperListener = {
  opened(): void;
  told(type: string, payload: unknown): void;
  header(header: SeenHeader): void;
  /** `state` has changed. While it is not `online`, whatever was signalled is over. */
  changed(): void;
  /** It will not come back by itself. */
  ended(code: RefusalCode): void;
};

/** `polling` is for networks that block WebSockets. */
export type Dialers = { readonly socket: Dialer; readonly polling?: Dialer };

const stableMs = 10_000;
const socketFailuresMax = 2;
const socketAgainMs = 30_000;
const socketAgainMaxMs = 480_000;

/**
 * Keeps one link alive for as long as it is wanted. The SDK's own reconnection is not used: it has no jitter, knows
 * nothing of other nodes, and silently drops what it buffers.
 */
export class LinkKeeper {
  state: LinkState = "connecting";
  readonly #dialers: Dialers;
  readonly #world: World;
  readonly #on: KeeperListener;
  #live: LiveLink | undefined;
  /** Counts dials, so that one that was given up is not taken when it succeeds after all. */
  #dial = 0;
  #isDialing = false;
  #tries = 0;
  #openedAt = 0;
  #socketFailures = 0;
  /** The desk itself said when to come back: nothing makes us hurry until then. */
  #isTold = false;
  /** Nobody has answered, and how long it is left alone is our own guess. */
  #isPausing = false;
  #pausedUntil = 0;
  /** The link before this one fell silent. */
  #isHurried = false;
  #cancelWait: Cancel | undefined;
  #cancelSocketAgain: Cancel | undefined;
  #deafen: Cancel | undefined;

  constructor(dialers: Dialers, world: World, on: KeeperListener) {
    this.#dialers = dialers;
    this.#world = world;
    this.#on = on;
  }

  get kind(): Link["kind"] | undefined {
    return this.#live?.kind;
  }

  start(): void {
    this.#deafen = this.#world.network.listen((news) => this.#hear(news));
    void this.#open();
  }

  stop(): void {
    this.state = "ended";
    this.#deafen?.();
    this.#drop();
  }

  /** The answer, or `undefined` when there is no link or none came in time. */
  async request(type: string, payload: unknown): Promise<unknown> {
    return this.#live?.request(type, payload);
  }

  signal(type: string, payload: unknown): void {
    this.#live?.signal(type, payload);
  }

  /** The desk has answered in another way: there is no reason to wait long for this one. Once in each wait. */
  hurry(): void {
    if (!this.#isPausing) return;
    this.#isPausing = false;
    const left = this.#pausedUntil - this.#world.clock.now();
    this.#openIn(Math.min(left, hurriedMs(this.#world.chance)));
  }

  #hear(news: NetworkNews): void {
    if (this.state === "ended") return;
    if (news === "asleep") {
      this.#drop(); // a page with an open socket is not kept for "back"
      this.#set("reconnecting");
    } else if (news === "offline") {
      if (this.#live) this.#live.lose(brokenWire);
      else this.#set("offline");
    } else {
      if (this.#live?.isSilent) this.#live.lose(brokenWire);
      if (!this.#live && !this.#isDialing && !this.#isTold) void this.#open();
    }
  }

  async #open(): Promise<void> {
    this.#cancelWait?.();
    this.#isTold = this.#isPausing = false;
    const { socket, polling } = this.#dialers;
    const dialer = polling && this.#socketFailures >= socketFailuresMax ? polling : socket;
    this.#isDialing = true;
    const dial = ++this.#dial;
    const failure = await this.#try(dialer, dial, this.#isHurried);
    if (dial !== this.#dial) return;
    this.#isDialing = this.#isHurried = false;
    if (failure) this.#failed(failure);
  }

  #try(dialer: Dialer, dial: number, isHurried = false): Promise<NoSocket | Failed | undefined> {
    const listener: LiveListener = {
      opened: (live) => (dial === this.#dial ? this.#adopt(live) : live.close()),
      told: (type, payload) => {
        if (dial === this.#dial) this.#on.told(type, payload);
      },
      header: (header) => {
        if (dial === this.#dial) this.#on.header(header);
      },
      lost: (live, loss) => {
        if (live === this.#live) this.#lost(loss);
      },
    };
    return LiveLink.dial(dialer, this.#world, listener, isHurried);
  }

  #adopt(live: LiveLink): void {
    this.#live?.close();
    this.#live = live;
    this.#openedAt = this.#world.clock.now();
    this.#cancelSocketAgain?.();
    if (live.kind === "polling") this.#trySocketIn(socketAgainMs);
    else this.#socketFailures = 0;
    this.#set("online");
    this.#on.opened();
  }

  /** Polling is for as long as it must be. It goes on while the socket is tried. */
  #trySocketIn(ms: number): void {
    this.#cancelSocketAgain = this.#world.clock.after(ms, () => {
      void this.#try(this.#dialers.socket, this.#dial).then((failure) => {
        if (failure && this.kind === "polling") this.#trySocketIn(Math.min(ms * 2, socketAgainMaxMs));
      });
    });
  }

  #failed(failure: NoSocket | Failed): void {
    if ("noSocket" in failure && ++this.#socketFailures === socketFailuresMax && this.#dialers.polling)
      return void this.#open();
    if ("refused" in failure && !isTransient(failure.refused)) return this.#end(failure.refused);
    this.#set(this.#apart());
    this.#wait("refused" in failure ? failure.retryInMs : undefined, "refused" in failure);
  }

  #lost({ code, retryInMs, isSilent = false }: Loss): void {
    this.#live = undefined;
    this.#isHurried = isSilent;
    this.#cancelSocketAgain?.();
    if (!mayComeBack(code)) return this.#end(code === closeCodes.signed_out.code ? "not_signed_in" : "invalid_message");
    if (this.#world.clock.now() - this.#openedAt >= stableMs) this.#tries = 0;
    this.#set(this.#apart());
    this.#wait(retryInMs);
  }

  #wait(toldMs: number | undefined, isAnswered = false): void {
    this.#isTold = toldMs !== undefined;
    this.#isPausing = !this.#isTold;
    const ms = toldMs ?? backoffMs(this.#tries++, this.#world.chance, isAnswered);
    this.#pausedUntil = this.#world.clock.now() + ms;
    this.#openIn(ms);
  }

  #openIn(ms: number): void {
    this.#cancelWait?.();
    this.#cancelWait = this.#world.clock.after(ms, () => void this.#open());
  }

  #end(code: RefusalCode): void {
    this.stop();
    this.#on.changed();
    this.#on.ended(code);
  }

  #drop(): void {
    this.#dial += 1;
    this.#isDialing = false;
    this.#isTold = this.#isPausing = false; // nobody waits for the time the desk has named
    this.#cancelWait?.();
    this.#cancelSocketAgain?.();
    this.#live?.close();
    this.#live = undefined;
  }

  #apart(): LinkState {
    return this.#world.network.onLine ? "reconnecting" : "offline";
  }

  #set(state: LinkState): void {
    if (this.state === state) return;
    this.state = state;
    this.#on.changed();
  }
}
