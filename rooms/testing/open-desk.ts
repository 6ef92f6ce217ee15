import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Client, type Room } from "@colyseus/sdk";
import WebSocket from "ws";
import type { Frame } from "#protocol/conversation.ts";
import { isRefusal } from "#protocol/refusals.ts";
import type { Viewer } from "../door/viewer.ts";
import { openRooms, type Rooms } from "../open-rooms.ts";
import type { RoomPorts } from "../ports.ts";
import type { SeatReservation } from "../seats.ts";
import { TestDesk } from "./people.ts";

/** A real server on a free port with real sockets, over ports in memory. */
export class OpenDesk extends TestDesk {
  readonly server: Server = createServer((_request, response) => response.writeHead(404).end());
  readonly faults: { error: unknown; where: string; ref: string }[] = [];
  readonly closed: { reason: string; sessionId?: string }[] = [];
  rooms!: Rooms;
  readonly #seated: Room[] = [];
  readonly #sockets: WebSocket[] = [];

  static async open(ports: Partial<RoomPorts> = {}): Promise<OpenDesk> {
    const desk = new OpenDesk();
    const { log, feed, staff } = desk;
    const report = {
      fault: (fault: OpenDesk["faults"][number]) => void desk.faults.push(fault),
      closed: (closed: OpenDesk["closed"][number]) => void desk.closed.push(closed),
    };
    // Each change of a header by itself: a clock that a test moves by hand would keep the second one waiting.
    const rates = { headersPerSecond: Number.POSITIVE_INFINITY, ...ports.rates };
    desk.rooms = await openRooms(desk.server, { log, feed, staff, nodeId: "node-1", report, ...ports, rates });
    await new Promise<void>((resolve) => desk.server.listen(0, "127.0.0.1", resolve));
    return desk;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    for (const room of this.#seated) await leave(room);
    for (const socket of this.#sockets) socket.terminate();
    await this.rooms.close();
    await new Promise((resolve) => this.server.close(resolve));
  }

  async seat(conversationId: string, viewer: Viewer): Promise<SeatReservation> {
    return granted(await this.rooms.seats.conversation(conversationId, viewer));
  }

  async workspaceSeat(viewer: Viewer): Promise<SeatReservation> {
    return granted(await this.rooms.seats.workspace(viewer));
  }

  /** Takes a seat as a page would: with the browser's and the page's names. */
  async sit(seat: SeatReservation, headers: Record<string, string> = pageHeaders): Promise<Seated> {
    const client = new Client(this.url, { headers });
    const room: Room = await client.consumeSeatReservation(seat);
    room.reconnection.enabled = false;
    this.#seated.push(room);
    return new Seated(room);
  }

  async join(conversationId: string, viewer: Viewer): Promise<Seated> {
    const seated = await this.sit(await this.seat(conversationId, viewer));
    await seated.first("welcome");
    return seated;
  }

  async work(viewer: Viewer): Promise<Seated> {
    return this.sit(await this.workspaceSeat(viewer));
  }

  /** A socket without the SDK, to say and see whatever one likes. */
  async socket(seat: SeatReservation, headers: Record<string, string> = pageHeaders): Promise<RawSocket> {
    const url = `${this.url.replace("http", "ws")}/${seat.processId}/${seat.roomId}?sessionId=${seat.sessionId}`;
    const socket = new WebSocket(url, { headers });
    this.#sockets.push(socket);
    return RawSocket.open(socket);
  }
}

export const pageHeaders = { "user-agent": "Mozilla/5.0 (X11; Linux x86_64) Test/1.0", origin: "https://shop.example" };

/** Somebody in a room, and all that they were told. */
export class Seated {
  readonly room: Room;
  readonly told: { type: string; payload: unknown }[] = [];
  closed: number | undefined;
  error: string | undefined;

  constructor(room: Room) {
    this.room = room;
    room.onMessage("*", (type, payload: unknown) => void this.told.push({ type: String(type), payload }));
    room.onLeave((code) => (this.closed = code));
    room.onError((_code, message) => (this.error = message));
  }

  /** Everything of this kind. */
  all<T>(type: string): T[] {
    return this.told.filter((one) => one.type === type).map((one) => one.payload as T);
  }

  async first<T>(type: string): Promise<T> {
    return until(() => this.all<T>(type)[0]);
  }

  /** The events of all frames, in the order they came. */
  get events() {
    return this.all<Frame[]>("frames").flatMap((frames) => frames.map((frame) => frame.event));
  }

  get texts(): (string | null)[] {
    return this.events.flatMap((event) => ("body" in event ? [event.body] : []));
  }

  ask<T>(type: string, payload: unknown): Promise<T> {
    return this.room.request(type, payload);
  }

  state<T>(): T {
    return (this.room.state as { toJSON(): T }).toJSON();
  }
}

/** The bare socket and every byte that came over it. */
export class RawSocket {
  readonly socket: WebSocket;
  readonly received: Buffer[] = [];
  closed: number | undefined;

  constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on("message", (data: Buffer) => void this.received.push(data));
    socket.on("close", (code) => (this.closed = code));
    socket.on("error", () => undefined); // a refused upgrade is told by its status
  }

  static async open(socket: WebSocket): Promise<RawSocket> {
    const raw = new RawSocket(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once("open", () => resolve());
      socket.once("unexpected-response", (_request, response) => reject(new Refused(response.statusCode ?? 0)));
    });
    return raw;
  }

  /** Says that it has joined, as the SDK does when the server has let it in. */
  async hello(): Promise<this> {
    await until(() => this.received.find((bytes) => bytes[0] === 10));
    this.socket.send(Buffer.from([10]));
    return this;
  }

  get text(): string {
    return Buffer.concat(this.received).toString("latin1");
  }
}

/** An upgrade that was refused before it was made. */
export class Refused extends Error {
  readonly status: number;

  constructor(status: number) {
    super(`Refused with ${status}`);
    this.status = status;
  }
}

/** Waits for a value; fails after five seconds without. */
export async function until<T>(look: () => T | undefined | false): Promise<T> {
  const end = performance.now() + 5000;
  for (;;) {
    const found = look();
    if (found !== undefined && found !== false) return found;
    if (performance.now() > end) throw new Error(`Waited in vain for ${String(look)}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

async function leave(room: Room): Promise<void> {
  if (room.connection.isOpen) await room.leave(false);
}

function granted(answer: unknown): SeatReservation {
  if (isRefusal(answer)) throw new Error(`No seat: ${answer.refused}`);
  return answer as SeatReservation;
}
