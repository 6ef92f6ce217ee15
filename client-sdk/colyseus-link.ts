import type { Seat } from "./desk-api.ts";
import { failed, type Failed } from "./desk-request.ts";
import { noSocket, type Dialer } from "./link.ts";
import type { Clock } from "./world.ts";

export type ColyseusLinkSettings = {
  readonly desk: string;
  readonly clock: Clock;
  /** Asks the desk for a place in the room: the only way in. */
  readonly seat: () => Promise<Seat | Failed>;
};

/** Dials a room over WebSocket. The Colyseus SDK comes with the first dial, beside the question for the seat. */
export function colyseusDialer({ desk, clock, seat }: ColyseusLinkSettings): Dialer {
  return {
    async dial(listener) {
      // Both are needed; a chunk that does not load leaves the way over HTTP.
      const [place, room] = await Promise.all([seat(), import("./colyseus-room.ts").catch(() => undefined)]);
      if (failed(place)) return place;
      return room ? room.joinRoom({ desk, clock, seat: place }, listener) : noSocket;
    },
    async owner() {
      const place = await seat();
      return failed(place) ? undefined : ownerOf(place);
    },
  };
}

export const ownerOf = (seat: Seat): string => seat.processId ?? "";
