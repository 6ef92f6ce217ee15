import { once } from "node:events";
import { WebSocket } from "ws";
import type { SeatReservation } from "#rooms/seats.ts";
import type { Called } from "./calls.ts";

/** The same for the seat's request and its socket: a seat is for one browser. */
export const browser = { "user-agent": "test-browser" };

/** A socket in the seat that was answered, opened as the SDK would. */
export async function seatSocket(
  url: string,
  answer: Called,
  headers: Record<string, string> = browser,
): Promise<WebSocket> {
  const { seat } = answer.as<{ seat: SeatReservation }>();
  const address = `${url.replace("http", "ws")}/${seat.processId}/${seat.roomId}?sessionId=${seat.sessionId}`;
  const socket = new WebSocket(address, { headers });
  socket.binaryType = "nodebuffer";
  await once(socket, "message"); // Colyseus lets in by saying so
  return socket;
}

export async function closeCodeOf(socket: WebSocket): Promise<number> {
  const [code] = (await once(socket, "close")) as [number];
  return code;
}
