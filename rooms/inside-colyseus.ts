import type { Client, IRoomCache, Room } from "@colyseus/core";

/**
 * The few members that Colyseus' Room keeps to itself and that we cannot do without. Its version is pinned, and
 * hibernation.test.ts and bad-input.test.ts fail when one of them changes.
 */
type Inside = {
  readonly _internalState: number;
  /** How it stands in the table of rooms. */
  readonly _listing: IRoomCache;
  /** By ticket; a seat that is being taken is there too, but not enumerable. */
  readonly _reservedSeats: Record<string, unknown>;
  readonly _reservedSeatTimeouts: Record<string, NodeJS.Timeout>;
  _reserveSeat(ticket: string, options: object, auth: object): Promise<boolean>;
  sendFullState(client: Client): void;
};

/** They are private to its compiler only. */
export const inside = (room: Room): Inside => room as unknown as Inside;
