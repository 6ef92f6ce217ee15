import {
  Unavailable,
  type Append,
  type Appended,
  type Claimed,
  type ConversationLog,
} from "#core/ports/conversation-log.ts";
import type { SimProcess } from "./sim-process.ts";
import type { SimWorld } from "./sim-world.ts";

/**
 * The log as one room or heart of a node reaches it. Each question is two steps that anything may happen between: it
 * takes effect, and its answer arrives. An answer may be lost, and what was given up may take effect after all.
 */
export class SimLog implements ConversationLog {
  /** The last epoch that was answered to a claim. */
  epoch = 0;
  readonly #process: SimProcess;
  readonly #world: SimWorld;

  constructor(process: SimProcess, world: SimWorld) {
    this.#process = process;
    this.#world = world;
  }

  async claim(id: string, nodeId: string): Promise<Claimed | undefined> {
    const { store, judge } = this.#world;
    const claimed = await this.#ask("claim", async () => {
      const made = await store.claim(id, nodeId);
      if (made) judge.log.claimed(made.epoch, nodeId);
      return made;
    });
    this.epoch = claimed?.epoch ?? this.epoch;
    return claimed;
  }

  append(append: Append): Promise<Appended> {
    const { store, judge } = this.#world;
    return this.#ask("append", async () => {
      const appended = await store.append(append);
      if (appended.outcome === "kept") judge.log.kept(append, this.#process.name);
      return appended;
    });
  }

  read(...[id, person, upTo]: Parameters<ConversationLog["read"]>): Promise<void> {
    const { store, judge } = this.#world;
    return this.#ask("read", async () => {
      await store.read(id, person, upTo);
      judge.log.read(person.id);
    });
  }

  release = (...asked: Parameters<ConversationLog["release"]>) =>
    this.#ask("release", () => this.#world.store.release(...asked));
  stillOwned = (...asked: Parameters<ConversationLog["stillOwned"]>) =>
    this.#ask("still owned", () => this.#world.store.stillOwned(...asked));
  since = (...asked: Parameters<ConversationLog["since"]>) =>
    this.#ask("since", () => this.#world.store.since(...asked));
  page = (...asked: Parameters<ConversationLog["page"]>) => this.#ask("page", () => this.#world.store.page(...asked));
  message = (...asked: Parameters<ConversationLog["message"]>) =>
    this.#ask("message", () => this.#world.store.message(...asked));
  byKey = (...asked: Parameters<ConversationLog["byKey"]>) =>
    this.#ask("by key", () => this.#world.store.byKey(...asked));

  #ask<T>(name: string, act: () => Promise<T>): Promise<T> {
    const { scheduler, weather } = this.#world;
    const fate = weather.fate();
    if (fate !== "fine") this.#world.count(`${name} ${fate}`);
    return new Promise((resolve, reject) => {
      const answer = (settle: () => void) =>
        scheduler.later(this.#process, `${name} is answered`, weather.delay(), settle);
      const giveUp = () => answer(() => reject(new Unavailable(fate)));
      scheduler.later(undefined, `${this.#process.name}'s ${name} takes effect`, weather.delay(), () => {
        this.#world.midway(this.#process);
        if (!this.#process.isAlive && weather.happens(0.5)) return; // its words died with it
        if (this.#world.isStoreDown || fate === "unasked") return giveUp();
        if (fate === "late") scheduler.later(undefined, `${name} takes effect late`, weather.long(), () => void act());
        else void act().then((value) => fate === "fine" && answer(() => resolve(value)), reject);
        if (fate !== "fine") giveUp();
        this.#world.midway(this.#process);
      });
    });
  }
}
