import { NodeHints, type NodeHint } from "#protocol/node-hints.ts";
import { limits } from "#protocol/limits.ts";
import type { Clock } from "../node/clock.ts";
import type { RedisLink } from "./redis-link.ts";

/** What this node does with what others tell it. */
export interface Ear {
  heard(nodeId: string, hint: NodeHint): void;
  /** Whatever that node told is over. */
  gone(nodeId: string): void;
  /** All that another would have to know. */
  whole(): NodeHint;
}

/** Tells the other nodes, at most once. */
export interface Hints {
  send(hint: NodeHint): void;
}

const channel = "roomdesk:hints";
const gatherMs = 20;
/** Two whole pictures may be missed. */
const silentMs = 12_000;

/** Hints by pub/sub: gathered for a moment, of several that say the same only the last. */
export class HintExchange implements Hints {
  readonly #link: Pick<RedisLink, "hear" | "publish">;
  readonly #nodeId: string;
  readonly #clock: Clock;
  readonly #heardAt = new Map<string, number>();
  #ear: Ear | undefined;
  #waiting = new Map<string, NodeHint>();
  #said = 0;

  constructor(link: Pick<RedisLink, "hear" | "publish">, nodeId: string, clock: Clock) {
    this.#link = link;
    this.#nodeId = nodeId;
    this.#clock = clock;
  }

  listen(ear: Ear): void {
    this.#ear = ear;
    this.#link.hear(channel, (message) => this.#hear(message));
  }

  send(hint: NodeHint): void {
    if (this.#waiting.size === 0) this.#clock.after(gatherMs, () => this.#flush());
    const key = keyOf(hint) ?? `${hint.type} ${++this.#said}`;
    this.#waiting.delete(key); // the later one also comes later
    this.#waiting.set(key, hint);
  }

  /** What others would have to know, again: it mends what they missed. */
  sendWhole(): void {
    if (this.#ear) this.send(this.#ear.whole());
  }

  get neighbours(): readonly string[] {
    return [...this.#heardAt.keys()];
  }

  lose(nodeId: string): void {
    if (this.#heardAt.delete(nodeId)) this.#ear?.gone(nodeId);
  }

  /** Those who have said nothing for long are gone; while Redis was away nobody could. */
  loseSilent(goodForMs: number): void {
    if (goodForMs < silentMs) return;
    const since = this.#clock.monotonic() - silentMs;
    for (const [nodeId, at] of this.#heardAt) if (at < since) this.lose(nodeId);
  }

  #flush(): void {
    const hints = [...this.#waiting.values()];
    this.#waiting = new Map();
    for (let from = 0; from < hints.length; from += limits.hintsPerBatchMax) {
      const batch: NodeHints = { nodeId: this.#nodeId, hints: hints.slice(from, from + limits.hintsPerBatchMax) };
      this.#link.publish(channel, batch).catch(() => undefined); // at most once: the sweeps are the truth
    }
  }

  #hear(message: unknown): void {
    const told = NodeHints.safeParse(message);
    if (!told.success || told.data.nodeId === this.#nodeId) return;
    const { nodeId, hints } = told.data;
    this.#heardAt.set(nodeId, this.#clock.monotonic());
    for (const hint of hints) this.#ear?.heard(nodeId, hint);
  }
}

/** Of several with one key only the last counts. */
function keyOf(hint: NodeHint): string | undefined {
  switch (hint.type) {
    case "changed":
    case "here":
      return `${hint.type} ${hint.orgId}`;
    case "present":
      return `present ${hint.conversationId}`;
    case "read":
      return `read ${hint.conversationId} ${hint.personId}`;
    case "whole":
      return "whole";
    default:
      return undefined;
  }
}
