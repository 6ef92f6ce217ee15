import type { Ack, ConversationCommand, Line } from "#protocol/conversation.ts";
import type { Author } from "#protocol/people.ts";
import { isAck, isRefused } from "./answers.ts";
import type { Arrived, ConversationFeed } from "./conversation-feed.ts";
import type { Answered } from "./courier.ts";
import type { Dispatch } from "./dispatch.ts";
import { isOwn, type Self } from "./view-line.ts";

/** Over the conversation's own link. `undefined`: there is none, and it is not worth waiting for. */
export function sendOver(
  feed: ConversationFeed | undefined,
  command: ConversationCommand,
): Answered | "wait" | undefined {
  if (feed?.isOnline) return answered(feed, command);
  return feed?.isPatient ? "wait" : undefined;
}

async function answered(feed: ConversationFeed, { type, ...payload }: ConversationCommand): Answered {
  const answer = await feed.ask(type, payload);
  return isAck(answer) || isRefused(answer) ? answer : undefined;
}

/**
 * What of ours has come back from the log need not be sent again, and the line takes the place of the bubble. Also when
 * we know of no such row: another tab's may be read from the outbox only after its event has come.
 */
export function settleArrived(dispatch: Dispatch, self: Self, { lines, events }: Arrived): void {
  for (const one of [...(lines ?? []), ...(events ?? [])])
    if (isOurs(one, self)) dispatch.seen(one.clientId, { ok: true, seq: one.seq, at: one.at, id: one.id });
}

/** There is something in it whose writer wants to know that it has come. */
export const tellsOfOthers = ({ lines, events }: Arrived, self: Self): boolean =>
  [...(lines ?? []), ...(events ?? [])].some(({ by }) => !isOwn(self, by));

/** The event of an ack is among what is shown already: it was acknowledged before, and the answer was lost. */
export function settleShown(dispatch: Dispatch, conversation: string, contiguous: number | undefined): void {
  for (const { row, ack } of dispatch.of(conversation))
    if (ack && contiguous !== undefined && ack.seq <= contiguous) dispatch.seen(row.command.clientId, ack);
}

/** The message or note that is shown under this key. */
export function findMessage(
  lines: readonly Line[],
  self: Self,
  key: string,
): Extract<Line, { version: number }> | undefined {
  return lines.findLast(
    (line) => "version" in line && (line.id === key || (line.clientId === key && isOwn(self, line.by))),
  ) as Extract<Line, { version: number }> | undefined;
}

type Arrival = Omit<Ack, "ok"> & { readonly by: Author; readonly clientId?: string };

function isOurs(one: Arrival, self: Self): one is Arrival & { readonly clientId: string } {
  return one.clientId !== undefined && isOwn(self, one.by);
}
