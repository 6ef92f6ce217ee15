import type { IRoomCache } from "@colyseus/core";
import type { ActorDriver } from "./actor-driver.ts";

/** A room of this node that is not ending. */
export type Listed = { readonly roomId: string; readonly listing: IRoomCache };

const atOnce = 500;

/**
 * Lists the living rooms of this node again that Redis does not know, because it has lost its memory, was away when they
 * were made, or took this node for dead. A room that is listed for another is left to the fence: if the other has
 * claimed, the heart finds the room lost; if the other is gone, the listing is.
 */
export async function auditListings(
  driver: Pick<ActorDriver, "listedAt" | "persist">,
  rooms: readonly Listed[],
): Promise<number> {
  let relisted = 0;
  for (let from = 0; from < rooms.length; from += atOnce) {
    const some = rooms.slice(from, from + atOnce);
    const nodes = await driver.listedAt(some.map(({ roomId }) => roomId));
    const missing = some.filter((_room, index) => nodes[index] === undefined);
    const listed = await Promise.all(missing.map(({ listing }) => driver.persist(listing)));
    relisted += listed.filter(Boolean).length;
  }
  return relisted;
}
