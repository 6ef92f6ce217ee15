import { randomUUID } from "node:crypto";
import type { Server } from "node:http";
import { LocalPresence, matchMaker } from "@colyseus/core";
import { Unavailable } from "#core/ports/conversation-log.ts";
import { limits } from "#protocol/limits.ts";
import { alone } from "./cluster/alone.ts";
import type { Cluster } from "./cluster/cluster.ts";
import { earOf } from "./cluster/ear-of.ts";
import { RedisCluster } from "./cluster/redis-cluster.ts";
import type { Listed } from "./cluster/self-audit.ts";
import type { Whereabouts } from "./cluster/whereabouts.ts";
import { ConversationRoom, conversationRoom } from "./conversation-room.ts";
import { Conversations } from "./conversations.ts";
import { GuardedTransport } from "./door/guarded-transport.ts";
import { SessionSweep } from "./door/session-sweep.ts";
import { Sockets } from "./door/sockets.ts";
import { drain } from "./drain.ts";
import { inside } from "./inside-colyseus.ts";
import { roomNames } from "./names.ts";
import { fewCatchUps } from "./node/few-catch-ups.ts";
import { beatEveryMs, NodeHeart } from "./node/node-heart.ts";
import { Reception } from "./node/reception.ts";
import { Rounds } from "./node/rounds.ts";
import { Switchboard } from "./node/switchboard.ts";
import { roomWorld, type RoomPorts, type RoomWorld } from "./ports.ts";
import type { RoomNode } from "./room-node.ts";
import { local, Seats } from "./seats.ts";
import { SupportRoom } from "./support-room.ts";
import { workspaceRoom } from "./workspace-room.ts";

export type Rooms = {
  /** Where the rooms of conversations are, of all nodes. */
  readonly whereabouts: Whereabouts;
  readonly seats: Seats;
  readonly conversations: Conversations;
  /** Ends the sockets of these sessions at once; their next frame is not executed. */
  closeSessions(sessionIds: readonly string[]): void;
  /** These conversations changed hands: their rooms end, and people come back to what they are now. */
  renew(conversationIds: readonly string[]): void;
  /** Something of this organisation was kept by another way than a conversation's room, such as its opening. */
  inboxChanged(orgId: string): void;
  /** This process listens: other nodes may send people to this address. */
  join(address: string): Promise<void>;
  drain(how: { withinMs: number }): Promise<void>;
  close(): Promise<void>;
};

/** Opens the rooms of this process on a server that is about to listen. It adds no route, only sockets. */
export async function openRooms(server: Server, ports: RoomPorts): Promise<Rooms> {
  const node = roomNode(ports);
  await openMatchMaker(node);
  const transport = new GuardedTransport(server, node, node.sockets);
  const sweep = new SessionSweep(node.staff, node.sockets, (error) => tellFault(node, "sweep", error));
  node.heart.start((beat) => {
    node.rounds.beat();
    if (beat % (limits.heartbeatEveryMs / beatEveryMs) === 0) void sweep.run();
  });
  const seats = new Seats(node);
  const { cluster, sockets, switchboard, reception } = node;
  const closeSessions = (sessionIds: readonly string[]) => sockets.closeSessions(sessionIds);
  const renew = (ids: readonly string[]) => ids.forEach((id) => local(id)?.closeAll("moved"));
  cluster.listen(earOf({ switchboard, reception, closeSessions, renew }));
  return {
    whereabouts: cluster.whereabouts,
    seats,
    conversations: new Conversations(node, seats),
    closeSessions(sessionIds) {
      closeSessions(sessionIds);
      if (sessionIds.length > 0) cluster.hints.send({ type: "closeSessions", sessionIds: [...sessionIds] });
    },
    renew(conversationIds) {
      renew(conversationIds);
      if (conversationIds.length > 0) cluster.hints.send({ type: "renew", conversationIds: [...conversationIds] });
    },
    inboxChanged: (orgId) => switchboard.changed(orgId),
    join: (address) => cluster.join(address),
    drain: (how) => drain(node, seats, how),
    async close() {
      seats.shut();
      if (matchMaker.state !== matchMaker.MatchMakerState.SHUTTING_DOWN) await matchMaker.gracefullyShutdown();
      node.heart.stop();
      transport.shutdown();
      await cluster.close();
    },
  };
}

function roomNode(ports: RoomPorts): RoomNode {
  const world = roomWorld({ ...ports, log: fewCatchUps(ports.log) });
  const heart = new NodeHeart(world.log, world.clock, (error) => tellFault(world, "heart", error));
  const rounds = new Rounds(limits.pingEveryMs / beatEveryMs);
  const cluster = clusterOf(world, rounds);
  const tellOthers = cluster.hints.send.bind(cluster.hints);
  const [switchboard, reception] = [new Switchboard(tellOthers), new Reception(tellOthers)];
  return { ...world, heart, rounds, cluster, switchboard, reception, sockets: new Sockets(world) };
}

function clusterOf({ shared, nodeId, log, clock, report }: RoomWorld, rounds: Rounds): Cluster {
  if (!shared) return alone();
  const all = () => [...rounds.members()].filter((member) => member instanceof SupportRoom);
  // Only those that Colyseus has in its table: one that is being made may yet lose its name to another node's.
  const living = () => all().filter((room) => local(room.roomId) === room && !room.isEnding);
  return new RedisCluster({
    ...{ ...shared, nodeId, log, clock },
    rooms: () => living().map(listed),
    hasRoom: (id) => local(id)?.isEnding === false,
    onFault: (error) => report.fault({ error, where: "rooms.cluster", ref: randomUUID() }),
    onRedis: (isUp, error) => report.redis?.({ isUp, error }),
  });
}

const listed = (room: SupportRoom): Listed => ({
  roomId: room.roomId,
  listing: inside(room)._listing,
  epoch: room instanceof ConversationRoom ? room.actor.epoch : undefined,
  moveOn: () => room.closeAll("moved"),
});

/** Colyseus' table of rooms, without its public door: nobody but our seats makes a room or reserves in one. */
async function openMatchMaker(node: RoomNode): Promise<void> {
  const { controller } = matchMaker;
  controller.exposedMethods = [];
  // Were its routes ever mounted: its default lets any page read with credentials.
  for (const header of Object.keys(controller.DEFAULT_CORS_HEADERS))
    Reflect.deleteProperty(controller.DEFAULT_CORS_HEADERS, header);
  controller.getCorsHeaders = () => ({});
  // Rooms are made where they are asked for, so there is no other process to ask. Colyseus' own calls between processes
  // stay shut: they would let whoever reaches Redis call any method of any room.
  matchMaker.setHealthChecksEnabled(false);
  await matchMaker.setup(new LocalPresence(), node.cluster.driver, undefined, async () => matchMaker.processId);
  matchMaker.defineRoomType(roomNames.conversation, conversationRoom(node));
  matchMaker.defineRoomType(roomNames.workspace, workspaceRoom(node));
  await matchMaker.accept();
}

function tellFault({ report }: Pick<RoomNode, "report">, where: string, error: unknown): void {
  if (error instanceof Unavailable) return; // the store says so itself, and everything here asks again
  report.fault({ error, where: `rooms.${where}`, ref: randomUUID() });
}
