import { randomInt, randomUUID } from "node:crypto";
import { Unavailable } from "#core/ports/conversation-log.ts";
import { ConversationRoom } from "./conversation-room.ts";
import type { RoomNode } from "./room-node.ts";
import type { Seats } from "./seats.ts";
import { SupportRoom } from "./support-room.ts";

const appendsWithinMs = 5000;
const othersKnowWithinMs = 1000;
const betweenWavesMs = 100;
const waves = 40;
const waveMin = 10;
const spreadMs = 150;

/**
 * Going away on purpose. No new rooms; those that are here move in waves, so that their people do not all arrive elsewhere
 * at once and each of them is away for a moment only: what a room has begun is kept and answered, its lease and its
 * listing are given up, and then its people are told to come back.
 */
export async function drain(node: RoomNode, seats: Seats, { withinMs }: { withinMs: number }): Promise<void> {
  seats.shut();
  await within(node, Math.min(othersKnowWithinMs, withinMs / 4), node.cluster.drain());
  const rooms = [...node.rounds.members()].filter((member) => member instanceof SupportRoom);
  const inWave = Math.max(waveMin, Math.ceil(rooms.length / waves));
  const leaving: Promise<void>[] = [];
  for (let from = 0; from < rooms.length; from += inWave) {
    if (from > 0) await new Promise<void>((resolve) => node.clock.after(betweenWavesMs, resolve));
    for (const room of rooms.slice(from, from + inWave)) leaving.push(move(node, room, withinMs / 2));
  }
  await within(node, withinMs / 2, Promise.all(leaving));
}

async function move(node: RoomNode, room: SupportRoom, withinMs: number): Promise<void> {
  const retired = room.retire().catch((error: unknown) => {
    if (!(error instanceof Unavailable)) node.report.fault({ error, where: "rooms.drain", ref: randomUUID() });
  });
  await within(node, Math.min(appendsWithinMs, withinMs), retired);
  if (room instanceof ConversationRoom) await node.cluster.driver.remove(room.roomId);
  room.sayMoved(() => randomInt(spreadMs));
  room.closeAll("draining");
  await room.finished;
}

function within(node: RoomNode, ms: number, work: Promise<unknown>): Promise<void> {
  return new Promise((resolve, reject) => {
    const cancel = node.clock.after(ms, resolve);
    work.then(() => resolve(), reject).finally(cancel);
  });
}
