import type { ConversationLog } from "#core/ports/conversation-log.ts";
import type { Fetched, Paged } from "#protocol/conversation.ts";
import type { Side } from "#protocol/people.ts";

/** What was said before, always from the log: the memory of a room may be a stale owner's. */
export async function fetched(
  log: ConversationLog,
  id: string,
  side: Side,
  { since, limit }: { since: number; limit: number },
): Promise<Fetched> {
  return { ok: true, ...(await log.since(id, side, since, limit)) };
}

export async function paged(
  log: ConversationLog,
  id: string,
  side: Side,
  { before, limit }: { before?: number | undefined; limit: number },
): Promise<Paged> {
  return { ok: true, ...(await log.page(id, side, before, limit)) };
}
