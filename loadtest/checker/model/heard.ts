import type { Model } from "./model.ts";
import type { Screen } from "./screens.ts";

type Side = "customer" | "staff";

/** When a device can first have known what it shows. `Infinity`: never. */
export class Heard {
  readonly #saved = new Map<string, number>();
  readonly #delivered = new Map<string, Rising>();
  readonly #read = new Map<string, Rising>();

  constructor(model: Model) {
    const { presses, receipts, screens, all } = model;
    for (const { screen, conversation, key, heard } of presses)
      for (const { line } of heard) if (line.what === "ok") this.#save(screen.outbox, conversation, key, line.t);
    for (const [conversation, list] of receipts)
      for (const { screen, noticed } of list) {
        const { line } = noticed;
        const upTo =
          line.what === "page" ? line.asOf : Math.max(line.upTo ?? 0, ...line.frames.map((one) => one.event.seq));
        rising(this.#delivered, conversation, screen.side).add(line.t, upTo);
        const lines = line.what === "page" ? line.lines : line.frames.map(({ event }) => event);
        for (const { seq } of lines) {
          const kept = model.conversations.get(conversation)?.bySeq(seq);
          if (kept) this.#save(screen.outbox, conversation, kept.line.event.key, line.t);
        }
      }
    for (const { line } of all.of("read")) {
      const side = screens.get(line.who)?.side;
      if (side) rising(this.#read, line.conversation, side).add(line.t, line.upTo);
    }
  }

  /** By an answer, or because its event came back. Tabs of one device tell each other. */
  ofSaved({ outbox }: Screen, conversation: string, key: string): number {
    return this.#saved.get(`${outbox} ${conversation} ${key}`) ?? Infinity;
  }

  ofDelivered(conversation: string, to: Side, seq: number): number {
    return rising(this.#delivered, conversation, to).reached(seq);
  }

  ofRead(conversation: string, by: Side, seq: number): number {
    return rising(this.#read, conversation, by).reached(seq);
  }

  #save(outbox: string, conversation: string, key: string, t: number): void {
    const name = `${outbox} ${conversation} ${key}`;
    this.#saved.set(name, Math.min(t, this.#saved.get(name) ?? Infinity));
  }
}

/** A number that grows, and when it first reached what. Added in the order of time. */
class Rising {
  readonly #steps: { readonly t: number; readonly upTo: number }[] = [];

  add(t: number, upTo: number): void {
    if (upTo > (this.#steps.at(-1)?.upTo ?? 0)) this.#steps.push({ t, upTo });
  }

  reached(upTo: number): number {
    let [low, high] = [0, this.#steps.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#steps[middle]?.upTo ?? 0) < upTo) low = middle + 1;
      else high = middle;
    }
    return this.#steps[low]?.t ?? Infinity;
  }
}

function rising(all: Map<string, Rising>, conversation: string, side: Side): Rising {
  const name = `${side} ${conversation}`;
  const known = all.get(name) ?? new Rising();
  all.set(name, known);
  return known;
}
