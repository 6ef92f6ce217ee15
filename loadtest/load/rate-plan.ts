import type { Side } from "#protocol/people.ts";

export type Pace = { readonly conversations: number; readonly rate: number; readonly seconds: number };

/** Who says message `k`, and when: milliseconds after the start. */
export type Planned = { readonly k: number; readonly conversation: number; readonly side: Side; readonly atMs: number };

/**
 * When everything is said is fixed beforehand, however slow the desk: a test that waited for answers would send less
 * just when it matters, and never see its own queue (coordinated omission). The conversations take turns, and so do
 * the two people of each.
 */
export const planned = ({ conversations, rate }: Pace, k: number): Planned => {
  const conversation = k % conversations;
  const turn = Math.floor(k / conversations) + conversation;
  return { k, conversation, side: turn % 2 === 0 ? "customer" : "staff", atMs: (k * 1000) / rate };
};

export const messagesOf = ({ rate, seconds }: Pace): number => Math.round(rate * seconds);

/** What those conversations say of which `mine` is true, in the order of time. */
export function* scheduled(pace: Pace, mine: ReadonlySet<number>): Generator<Planned> {
  const own = [...mine].sort((a, b) => a - b);
  const total = messagesOf(pace);
  for (let first = 0; first < total; first += pace.conversations)
    for (const conversation of own) if (first + conversation < total) yield planned(pace, first + conversation);
}

const filler = "The parcel has not come, and the page says that it was delivered on Monday. ";

/** The text of message `k`, of exactly so many bytes. */
export function textOf(k: number, bytes: number): string {
  const head = `#${k} `;
  return (head + filler.repeat(Math.ceil(bytes / filler.length))).slice(0, bytes - 1) + "."; // never ends in a space
}

/** Which message a text is; `undefined` when it is none of ours. Whether it is whole is another question. */
export function numberOf(text: string | null): number | undefined {
  const digits = /^#(\d{1,9}) /.exec(text ?? "")?.[1];
  return digits === undefined ? undefined : Number(digits);
}
