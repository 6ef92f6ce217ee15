import type { Header, MemberHeader } from "#protocol/conversation.ts";
import type { Side } from "#protocol/people.ts";

type Values<T> = { values(): IterableIterator<T> };

/** The Schema state of a conversation's room as the decoder gives it. Staff's fields are missing for customers. */
export type ConversationState = {
  readonly status: "open" | "closed";
  readonly assigneeId: string;
  readonly head: number;
  readonly members: Values<MemberState>;
  readonly staffHead?: number;
  readonly staffReads?: { get(id: string): number | undefined };
  readonly viewers?: Values<{ readonly id: string; readonly name: string; readonly here: boolean }>;
};
type MemberState = Omit<MemberHeader, "side"> & { readonly side: Side };

/** The same header that polling answers. */
export function headerOf({
  status,
  assigneeId,
  head,
  members,
  staffHead,
  staffReads,
  viewers,
}: ConversationState): Header {
  const member = ({ id, side, name, joined, online, typing, read, delivered }: MemberState): MemberHeader => {
    const all = Math.max(read, staffReads?.get(id) ?? 0); // notes counted
    return { id, side, name, joined, online, typing, read: all, delivered };
  };
  const here = [...(viewers?.values() ?? [])].filter((viewer) => viewer.here);
  return {
    status,
    assigneeId: assigneeId || null,
    head: staffHead || head,
    members: [...members.values()].map(member),
    viewers: here.map(({ id, name }) => ({ id, name })),
  };
}
