import type { KeptConversation } from "#core/memory/memory-desk.ts";
import { visibleTo } from "#core/conversation/visible-to.ts";
import type { Ack, Fetched, Frame, Paged } from "#protocol/conversation.ts";
import { limits } from "#protocol/limits.ts";
import type { Side } from "#protocol/people.ts";
import { beatEveryMs } from "#rooms/node/node-heart.ts";
import type { Findings } from "./findings.ts";
import type { JudgeOfLog } from "./judge-of-log.ts";
import type { SimProcess } from "./sim-process.ts";

/** A pause that must be noticed. */
const pauseMs = limits.pauseSuspectMs + beatEveryMs;

/** What nodes say: only what is kept, only while it is theirs to say, and only to those who may see it. */
export class JudgeOfSpeech {
  told = 0;
  readonly #findings: Findings;
  readonly #kept: () => KeptConversation;
  readonly #log: JudgeOfLog;
  readonly #now: () => number;

  constructor(findings: Findings, kept: () => KeptConversation, log: JudgeOfLog, now: () => number) {
    this.#findings = findings;
    this.#kept = kept;
    this.#log = log;
    this.#now = now;
  }

  acked(node: SimProcess, epoch: number, clientId: string, ack: Ack): void {
    this.#log.acknowledged(clientId, ack);
    this.#isAwake(node, epoch, `acknowledged ${ack.seq}`);
  }

  broadcast(node: SimProcess, epoch: number, frames: readonly Frame[]): void {
    this.told += frames.length;
    const { events } = this.#kept();
    for (const { event } of frames)
      this.#findings.holds(
        "I4",
        events[event.seq - 1]?.id === event.id,
        () => `${node.name} told ${event.seq}, which is not kept`,
      );
    this.#isAwake(node, epoch, `told ${frames.map(({ event }) => event.seq).join(" ")}`);
  }

  /** Something has come to a page. */
  reached(side: Side, said: unknown): void {
    if (side === "staff") return;
    const { frames = [], lines = [] } = (Array.isArray(said) ? { frames: said } : said) as Partial<Fetched & Paged>;
    const hidden =
      frames.find(({ event }) => !visibleTo(side, event))?.event ?? lines.find(({ kind }) => kind === "note");
    this.#findings.holds("I20", !hidden, () => `a customer received ${hidden?.seq ?? ""}, which is a note`);
  }

  /** After a pause in which another took over it must find that out before it says anything. */
  #isAwake(node: SimProcess, epoch: number, what: string): void {
    const { frozenAt, thawedAt } = node;
    if (frozenAt === undefined || thawedAt === undefined || thawedAt - frozenAt <= pauseMs) return;
    const takeOver = this.#log.claims.find((claim) => claim.epoch > epoch);
    const isOvertaken = takeOver !== undefined && takeOver.at >= frozenAt && takeOver.at <= thawedAt;
    const says = () => `${node.name} ${what} in epoch ${epoch}, ${this.#now() - thawedAt} ms after waking without it`;
    this.#findings.holds("I12", !isOvertaken, says);
  }
}
