import type { Moved } from "#protocol/conversation.ts";
import { ConversationRoom } from "./conversation-room.ts";
import type { RoomNode } from "./room-node.ts";
import type { Seats } from "./seats.ts";
import { SupportRoom } from "./support-room.ts";

const appendsWithinMs = 5000;
const spreadMs = 2000;

/**
 * Going away on purpose: no new seats, what was begun is kept and answered, leases are given up, and everybody is told
 * when to come back, spread over some seconds so that they do not all come at once.
 */
export async function drain(node: RoomNode, seats: Seats, { withinMs }: { withinMs: number }): Promise<void> {
  seats.shut();
  const rooms = [...node.rounds.members()].filter((member) => member instanceof SupportRoom);
  const turns = rooms.flatMap((room) => (room instanceof ConversationRoom ? [room.actor.retire()] : []));
  await within(node, Math.min(appendsWithinMs, withinMs / 2), Promise.all(turns));
  rooms.forEach((room, index) => {
    const moved: Moved = { retryInMs: Math.round((index / rooms.length) * spreadMs) };
    room.sayMoved(moved);
    room.closeAll("draining");
  });
  await within(node, withinMs / 2, Promise.all(rooms.map((room) => room.finished)));
}

function within(node: RoomNode, ms: number, work: Promise<unknown>): Promise<void> {
  return new Promise((resolve, reject) => {
    const cancel = node.clock.after(ms, resolve);
    work.then(() => resolve(), reject).finally(cancel);
  });
}
