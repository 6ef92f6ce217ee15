/** One message as its conversation's two people saw it. Ids are the desk's; "" is: never. */
export type Seen = {
  readonly k: number;
  /** What the writer was shown as saved. */
  readonly acked: string;
  /** What came to the other person. */
  readonly delivered: string;
  /** How often it came to the other person. */
  readonly times: number;
  /** It came with another text. */
  readonly isChanged: boolean;
};

export type Account = { readonly conversationId: string; readonly messages: readonly Seen[] };

/** What became of everything that was sent. */
export type Balance = {
  readonly sent: number;
  readonly acked: number;
  readonly delivered: number;
  /** Sent, and not with the other person or not in the database. */
  readonly lost: number;
  readonly doubled: number;
  readonly changed: number;
  /** The first few of the lost, for whoever looks for them. */
  readonly examples: readonly string[];
};

const examplesMax = 5;

/** @param kept ids of the messages that the database, or the desk's own history, holds of each conversation */
export function balance(accounts: readonly Account[], kept: ReadonlyMap<string, ReadonlySet<string>>): Balance {
  const total = { sent: 0, acked: 0, delivered: 0, lost: 0, doubled: 0, changed: 0 };
  const examples: string[] = [];
  for (const { conversationId, messages } of accounts) {
    const there = kept.get(conversationId) ?? new Set();
    for (const message of messages) {
      const why = whyLost(message, there);
      total.sent += 1;
      total.acked += Number(message.acked !== "");
      total.delivered += Number(message.delivered !== "");
      total.lost += Number(why !== undefined);
      total.doubled += Number(message.times > 1);
      total.changed += Number(message.isChanged);
      if (why !== undefined && examples.length < examplesMax)
        examples.push(`message ${message.k} of conversation ${conversationId} ${why}`);
    }
  }
  return { ...total, examples };
}

function whyLost({ acked, delivered }: Seen, there: ReadonlySet<string>): string | undefined {
  if (delivered === "") return acked === "" ? "was neither saved nor delivered" : "was saved and never delivered";
  if (!there.has(delivered)) return "was delivered and is not in the database";
  if (acked !== "" && acked !== delivered) return "was saved under another id than it was delivered";
  return undefined;
}
