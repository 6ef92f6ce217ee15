import type { Header, MemberHeader, Status } from "#protocol/conversation.ts";
import type { Side } from "#protocol/people.ts";

/** Staff's links also know read numbers of those who have not joined, by person. */
export type SeenHeader = Header & { readonly reads?: ReadonlyMap<string, number> };

type Entries<T> = { entries(): IterableIterator<[string, T]> };

/** The Schema state of a conversation's room as the decoder gives it. The last three reach staff only. */
export type ConversationState = {
  readonly status: string;
  readonly assigneeId: string;
  readonly head: number;
  readonly members: Entries<MemberState>;
  readonly staffHead?: number;
  readonly staffReads?: Entries<number>;
  readonly viewers?: Entries<{ readonly name: string; readonly here: boolean }>;
};
type MemberState = Omit<MemberHeader, "id" | "side"> & { readonly side: string };

/** The same header that polling answers; `undefined` while the state is empty, as it is until the room is sure of it. */
export function headerOf(state: Partial<ConversationState>): SeenHeader | undefined {
  if (!isThere(state)) return undefined;
  const reads = new Map(state.staffReads?.entries());
  const members = Array.from(state.members.entries(), ([id, member]): MemberHeader => {
    const { side, name, joined, online, typing, read, delivered } = member;
    const all = Math.max(read, reads.get(id) ?? 0); // notes counted
    return { id, side: side as Side, name, joined, online, typing, read: all, delivered };
  });
  const viewers = [...(state.viewers?.entries() ?? [])].filter(([, { here }]) => here);
  return {
    status: state.status as Status,
    assigneeId: state.assigneeId || null,
    head: state.staffHead || state.head,
    members,
    viewers: viewers.map(([id, { name }]) => ({ id, name })),
    reads,
  };
}

const isThere = (state: Partial<ConversationState>): state is ConversationState =>
  state.head !== undefined && state.status !== undefined && state.members !== undefined;
