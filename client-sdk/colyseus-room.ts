import { ColyseusSDK, type Room } from "@colyseus/sdk";
import { limits } from "#protocol/limits.ts";
import type { Seat } from "./desk-api.ts";
import { headerOf, type ConversationState } from "./header-of.ts";
import { noSocket, type Link, type LinkListener, type NoSocket } from "./link.ts";
import { withSecondTry } from "./second-try.ts";
import { WholeFramesRoom } from "./whole-frames.ts";
import type { Clock } from "./world.ts";

type Place = { readonly desk: string; readonly clock: Clock; readonly seat: Seat; readonly isHurried: boolean };

const joinWithinMs = 10_000;
const joinAgainAfterMs = 1000;
const hurriedAgainAfterMs = 300;

/**
 * Takes a seat. Together with the SDK this is the transport chunk, loaded on the first dial. A seat is good once, so of
 * several sockets that come with it only one is let in.
 */
export async function joinRoom(place: Place, listener: LinkListener): Promise<Link | NoSocket> {
  const doors: Door[] = [];
  const knock = () => {
    const door = new Door(place.desk, listener);
    doors.push(door);
    return enter(door, place);
  };
  const againAfterMs = place.isHurried ? hurriedAgainAfterMs : joinAgainAfterMs;
  const entered = await withSecondTry(place.clock, againAfterMs, knock, (outcome) => outcome === undefined);
  for (const { room } of doors) if (room && room !== entered) room.connection.close();
  return entered ? linkOf(entered, place.seat.processId ?? "") : noSocket;
}

function enter(door: Door, { clock, seat }: Place): Promise<Room | undefined> {
  return new Promise((resolve) => {
    const giveUp = () => {
      cancel();
      door.room?.connection.close();
      resolve(undefined);
    };
    const cancel = clock.after(joinWithinMs, giveUp);
    door.consumeSeatReservation(seat).then((room) => {
      cancel();
      resolve(room);
    }, giveUp);
  });
}

/** Listens before it connects, so that nothing said right after the join is missed. */
class Door extends ColyseusSDK {
  room: Room | undefined;
  readonly #listener: LinkListener;

  constructor(desk: string, listener: LinkListener) {
    super(desk);
    this.#listener = listener;
  }

  protected override createRoom<State>(name: string): Room<unknown, State> {
    const room = new WholeFramesRoom<State>(name);
    this.room = room as Room;
    // Its own reconnection keeps 10 messages and drops the rest, without jitter and to a dead address: measured.
    room.reconnection.enabled = false;
    room.onMessage("*", (type, payload: unknown) => this.#listener.told(String(type), payload));
    room.onStateChange((state) => {
      const header = headerOf(state as Partial<ConversationState>);
      if (header) this.#listener.header(header);
    });
    room.onLeave((code) => this.#listener.closed(code));
    return room;
  }
}

function linkOf(room: Room, owner: string): Link {
  return {
    kind: "socket",
    owner,
    // A handler that fails, a socket that closes and silence are all the same to us: no answer.
    request: (type, payload) =>
      room.request(type, payload, { timeout: limits.ackWithinMs }).catch(() => undefined) as Promise<unknown>,
    signal(type, payload) {
      // A closed room would buffer it and send it when nobody means it any more.
      if (room.connection.isOpen) room.send(type, payload);
    },
    close() {
      room.removeAllListeners();
      room.connection.close();
    },
  };
}
