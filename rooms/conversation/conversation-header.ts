import type { Conversation, Member } from "#core/conversation/conversation.ts";
import type { Header, MemberHeader } from "#protocol/conversation.ts";
import type { Side } from "#protocol/people.ts";
import type { Attendance } from "./attendance.ts";

/** What is shown of a conversation besides its lines: the same for the Schema state and for those who poll. */
export type FullHeader = {
  readonly shown: Header;
  /** For staff only: heads and read numbers that count notes, and who looks on. */
  readonly head: number;
  readonly reads: ReadonlyMap<string, number>;
  readonly lookers: readonly { readonly id: string; readonly name: string; readonly here: boolean }[];
};

export function fullHeader(now: Conversation, attendance: Attendance): FullHeader {
  const members = [...now.members.values()].map((member) => memberHeader(member, now, attendance));
  const shown: Header = { status: now.status, assigneeId: null, head: now.publicHead, members, viewers: [] };
  const lookers = attendance
    .staff()
    .map((one) => ({ ...one, here: one.here && !(now.members.get(one.id)?.joined ?? false) }));
  return { shown, head: now.head, reads: attendance.reads(), lookers };
}

export function headerFor(side: Side, full: FullHeader): Header {
  if (side === "customer") return full.shown;
  const members = full.shown.members.map((one) => ({ ...one, read: Math.max(one.read, full.reads.get(one.id) ?? 0) }));
  const viewers = full.lookers.filter(({ here }) => here).map(({ id, name }) => ({ id, name }));
  return { ...full.shown, head: full.head, members, viewers };
}

/** Numbers stop at the public head: above it stand notes, and a customer must not learn that there are any. */
function memberHeader(member: Member, now: Conversation, attendance: Attendance): MemberHeader {
  const { id, side, name, joined } = member;
  return {
    id,
    side,
    name,
    joined,
    online: joined && attendance.isHere(id),
    typing: joined && attendance.isTyping(id),
    read: Math.min(attendance.readOf(id), now.publicHead),
    delivered: Math.min(attendance.deliveredOf(id), now.publicHead),
  };
}
