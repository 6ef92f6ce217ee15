import type { IRoomCache } from "@colyseus/core";
import type { ConversationLog } from "#core/ports/conversation-log.ts";
import type { ActorDriver } from "./actor-driver.ts";

/** A room of this node that is not ending. */
export type Listed = {
  readonly roomId: string;
  readonly listing: IRoomCache;
  /** Of a conversation's room that has claimed it. */
  readonly epoch: number | undefined;
  /** People are sent where the listing says. */
  moveOn(): void;
};

type AuditWorld = {
  readonly nodeId: string;
  readonly driver: Pick<ActorDriver, "listedAt" | "persist" | "unlist">;
  readonly log: Pick<ConversationLog, "stillOwned">;
};

const atOnce = 500;

/**
 * Lists the living rooms of this node again that Redis does not know, because it has lost its memory, was away when they
 * were made, or took this node for dead. One that is listed for another by now stays, and takes its listing back, if the
 * database still has it as the owner; else it ends: the other is where people are sent.
 */
export async function auditListings(world: AuditWorld, rooms: readonly Listed[]): Promise<void> {
  for (let from = 0; from < rooms.length; from += atOnce) {
    const some = rooms.slice(from, from + atOnce);
    const nodes = await world.driver.listedAt(some.map(({ roomId }) => roomId));
    const missing = some.filter((_room, index) => nodes[index] === undefined);
    await Promise.all(missing.map(({ listing }) => world.driver.persist(listing)));
    const foreign = some.flatMap((room, index) => {
      const node = nodes[index];
      return node !== undefined && node !== world.nodeId ? [{ room, node }] : [];
    });
    if (foreign.length > 0) await settle(world, foreign);
  }
}

async function settle({ driver, log }: AuditWorld, foreign: readonly { room: Listed; node: string }[]): Promise<void> {
  const claimed = new Map(foreign.flatMap(({ room }) => (room.epoch ? [[room.roomId, room.epoch]] : [])));
  const owned = claimed.size > 0 ? await log.stillOwned(claimed) : new Set<string>();
  for (const { room, node } of foreign) {
    if (!owned.has(room.roomId)) room.moveOn();
    else if (await driver.unlist(room.roomId, node)) await driver.persist(room.listing);
  }
}
