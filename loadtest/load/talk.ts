import type { ConversationSession } from "#client-sdk/conversation-session.ts";
import type { ViewLine } from "#client-sdk/view-line.ts";
import type { Side } from "#protocol/people.ts";
import type { Pair } from "#loadtest/people/pair.ts";
import type { Account, Seen } from "./ledger.ts";
import { numberOf, textOf, type Planned } from "./rate-plan.ts";

/** Times of what has happened since they were last taken, in milliseconds. */
export type Times = { deliver: number[]; ack: number[]; late: number[] };

type Entry = { -readonly [K in keyof Seen]: Seen[K] } & { readonly side: Side; readonly dueAt: number };

/** What two people of one conversation say, and what each of them sees of it: by what the sessions show, as on a screen. */
export class Talk {
  readonly pair: Pair;
  readonly #bytes: number;
  readonly #times: Times;
  readonly #entries = new Map<number, Entry>();
  /** Up to where each of them had read before. */
  readonly #seen: Record<Side, number>;
  readonly #stop: readonly (() => void)[];
  #open = 0;

  constructor(pair: Pair, bytes: number, times: Times) {
    this.pair = pair;
    this.#bytes = bytes;
    this.#times = times;
    this.#seen = { customer: newest(pair.customer), staff: newest(pair.agent) };
    this.#stop = [
      pair.customer.onChange(() => this.#look("customer", pair.customer)),
      pair.agent.onChange(() => this.#look("staff", pair.agent)),
    ];
  }

  /** Looks at nothing any more. */
  end(): void {
    for (const stop of this.#stop) stop();
  }

  /** @param dueAt when it was meant to be said, on this process' monotonic clock */
  say({ k, side }: Planned, dueAt: number): void {
    this.#entries.set(k, { k, side, dueAt, acked: "", delivered: "", times: 0, isChanged: false });
    this.#open += 2;
    this.#times.late.push(performance.now() - dueAt);
    const session = side === "customer" ? this.pair.customer : this.pair.agent;
    void session.sendMessage(textOf(k, this.#bytes));
  }

  /** Everything said is saved and has come to the other person. */
  get isQuiet(): boolean {
    return this.#open === 0;
  }

  account(): Account {
    const messages = Array.from(this.#entries.values(), ({ k, acked, delivered, times, isChanged }): Seen => ({
      k,
      acked,
      delivered,
      times,
      isChanged,
    }));
    return { conversationId: this.pair.conversationId, messages };
  }

  /** New lines stand below those we have seen; bubbles without a number come last. */
  #look(side: Side, { messages }: Pick<ConversationSession, "messages">): void {
    const before = this.#seen[side];
    const now = performance.now();
    for (let at = messages.length - 1; at >= 0; at--) {
      const line = messages[at];
      if (!line || line.seq === null) continue;
      if (line.seq <= before) break;
      this.#seen[side] = Math.max(this.#seen[side], line.seq);
      this.#take(line, now);
    }
  }

  #take(line: ViewLine, now: number): void {
    const k = "body" in line ? numberOf(line.body) : undefined;
    const entry = k === undefined ? undefined : this.#entries.get(k);
    if (!entry || !("body" in line)) return;
    if (line.own) {
      if (entry.acked === "") this.#note(this.#times.ack, now - entry.dueAt);
      entry.acked = line.id;
      return;
    }
    if (entry.delivered === "") this.#note(this.#times.deliver, now - entry.dueAt);
    entry.delivered = line.id;
    entry.times += 1;
    entry.isChanged ||= line.body !== textOf(entry.k, this.#bytes);
  }

  #note(times: number[], ms: number): void {
    times.push(ms);
    this.#open -= 1;
  }
}

const newest = ({ messages }: Pick<ConversationSession, "messages">): number =>
  messages.findLast(({ seq }) => seq !== null)?.seq ?? 0;
