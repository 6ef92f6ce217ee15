import type { SimProcess } from "./sim-process.ts";
import type { SimWorld } from "./sim-world.ts";

/** What one end hears. */
export type End = { hear(word: Word): void; closed(code: number): void };

export type Word =
  | { readonly kind: "request"; readonly id: number; readonly type: string; readonly payload: unknown }
  | { readonly kind: "answer"; readonly id: number; readonly answer: unknown }
  | { readonly kind: "told"; readonly type: string; readonly payload: unknown }
  | { readonly kind: "close"; readonly code: number };

/** One direction of a socket. In order, but for a wire that is made to double and reorder. */
class Lane {
  end: End | undefined;
  isOpen = true;
  readonly #to: SimProcess;
  readonly #world: SimWorld;
  #queue: Word[] = [];

  constructor(to: SimProcess, world: SimWorld) {
    this.#to = to;
    this.#world = world;
  }

  send(word: Word): void {
    if (!this.isOpen) return;
    this.#put(word);
    if (word.kind !== "close" && this.#world.weather.happens(this.#world.weather.double)) this.#put(word);
  }

  /** Nothing that is on its way arrives any more. */
  cut(): void {
    this.isOpen = false;
    this.#queue = [];
  }

  #put(word: Word): void {
    const { scheduler, weather } = this.#world;
    this.#queue.push(word);
    scheduler.later(this.#to, `hears ${word.kind === "told" ? word.type : word.kind}`, weather.delay(), () =>
      this.#arrive(),
    );
  }

  #arrive(): void {
    const { weather, dice } = this.#world;
    const at = weather.happens(weather.reorder) ? dice.roll(this.#queue.length) : 0;
    const word = this.#queue.splice(at, 1)[0];
    if (!word) return;
    if (word.kind !== "close") return this.end?.hear(word);
    this.cut();
    this.end?.closed(word.code);
  }
}

const brokenCode = 1006;

/** A socket between a page and a node: it can be closed, be cut, or die without either end being told. */
export class SimSocket {
  readonly page: SimProcess;
  readonly node: SimProcess;
  readonly up: Lane;
  readonly down: Lane;
  /** When nothing gets through any more, whatever the ends believe. */
  deadSince: number | undefined;
  readonly #world: SimWorld;

  constructor(page: SimProcess, node: SimProcess, world: SimWorld) {
    this.page = page;
    this.node = node;
    this.#world = world;
    this.up = new Lane(node, world);
    this.down = new Lane(page, world);
    page.onEnd(() => this.#gone(this.up));
    node.onEnd(() => this.#gone(this.down));
  }

  /** The node closes it; what it said before arrives. */
  closeFromNode(code: number): void {
    this.#die();
    this.down.send({ kind: "close", code });
    this.up.cut();
  }

  closeFromPage(): void {
    this.#die();
    this.up.send({ kind: "close", code: 1000 });
    this.down.cut();
  }

  /** A reset: both hear of it, sooner or later. */
  reset(): void {
    for (const lane of [this.up, this.down]) this.#gone(lane, true);
  }

  /** The wire is dead, and nobody is told. */
  blackhole(): void {
    this.#die();
    this.up.cut();
    this.down.cut();
  }

  /** The other end is gone: this one hears of it, unless its machine vanished altogether. */
  #gone(lane: Lane, isTold = this.#world.dice.happens(0.8)): void {
    this.#die();
    if (this.#world.dice.happens(0.5)) lane.cut(); // what was on its way is lost
    if (!isTold) return lane.cut();
    lane.isOpen = true;
    lane.send({ kind: "close", code: brokenCode });
    lane.isOpen = false;
  }

  #die(): void {
    this.deadSince ??= this.#world.scheduler.now;
  }
}
