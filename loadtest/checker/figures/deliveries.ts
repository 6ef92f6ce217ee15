import type { Model } from "../model/model.ts";
import type { Press } from "../model/screens.ts";

/** A message of the log on its way to the other side. */
export type Delivery = {
  readonly press: Press;
  readonly conversation: string;
  readonly sentAt: number;
  /** When it first reached a screen of the other side; `Infinity`: never. */
  readonly at: number;
};

type Firsts = Record<"customer" | "staff", Map<number, number>>;

export function deliveriesOf(model: Model): Map<string, Delivery[]> {
  const firsts = new Map([...model.receipts.keys()].map((id) => [id, firstReceipts(model, id)]));
  const all: Delivery[] = [];
  for (const press of model.presses) {
    const { conversation, author, key, first, screen } = press;
    if (first.line.type !== "message.send") continue;
    const seq = model.conversations.get(conversation)?.byKey(author, key)[0]?.line.event.seq;
    if (seq === undefined) continue;
    const to = screen.side === "customer" ? "staff" : "customer";
    const at = firsts.get(conversation)?.[to].get(seq) ?? Infinity;
    all.push({ press, conversation, sentAt: first.line.t, at });
  }
  return Map.groupBy(all, ({ conversation }) => conversation);
}

function firstReceipts({ receipts }: Model, conversation: string): Firsts {
  const firsts: Firsts = { customer: new Map(), staff: new Map() };
  for (const { screen, noticed } of receipts.get(conversation) ?? []) {
    const { line } = noticed;
    const seqs = line.what === "page" ? line.lines : line.frames.map(({ event }) => event);
    const known = firsts[screen.side];
    for (const { seq } of seqs) if (!known.has(seq)) known.set(seq, line.t);
  }
  return firsts;
}
