import type { Seat } from "./desk-api.ts";
import { failed, type Failed } from "./desk-request.ts";
import { noSocket, type Dialer } from "./link.ts";
import type { Clock } from "./world.ts";

export type ColyseusLinkSettings = {
  readonly desk: string;
  readonly clock: Clock;
  /** Asks the desk for a place in the room: the only way in. */
  readonly seat: (isHurried: boolean) => Promise<Seat | Failed>;
};

/** Well below the time that a seat is good for. */
const keptForMs = 5000;

/** Dials a room over WebSocket. The Colyseus SDK comes with the first dial, beside the question for the seat. */
export function colyseusDialer({ desk, clock, seat }: ColyseusLinkSettings): Dialer {
  let dialled = "";
  let kept: { readonly seat: Seat; readonly until: number } | undefined;
  const take = () => {
    const taken = kept && clock.now() < kept.until ? kept.seat : undefined;
    kept = undefined;
    return taken;
  };
  return {
    async dial(listener, isHurried = false) {
      // Both are needed; a chunk that does not load leaves the way over HTTP.
      const [place, room] = await Promise.all([
        take() ?? seat(isHurried),
        import("./colyseus-room.ts").catch(() => undefined),
      ]);
      if (failed(place)) return place;
      dialled = ownerOf(place);
      return room ? room.joinRoom({ desk, clock, seat: place, isHurried }, listener) : noSocket;
    },
    async owner() {
      const place = await seat(true);
      if (failed(place)) return undefined;
      // Somebody else owns the room: whoever asked will dial at once, and has a seat there already.
      if (ownerOf(place) !== dialled) kept = { seat: place, until: clock.now() + keptForMs };
      return ownerOf(place);
    },
  };
}

export const ownerOf = (seat: Seat): string => seat.processId ?? "";
