import { randomBytes } from "node:crypto";
import type { CloseReason } from "#protocol/close-codes.ts";
import { limits } from "#protocol/limits.ts";
import { refuse, type Refusal } from "#protocol/refusals.ts";
import type { RoomWorld } from "../ports.ts";
import { GuardedSocket, type Wire } from "./guarded-socket.ts";
import type { Corkable } from "./together.ts";
import { holderOf, type Viewer } from "./viewer.ts";

/** A seat from the moment it is given until its socket is gone: a one-use ticket, then an open socket. */
type Seat = {
  readonly viewer: Viewer;
  readonly roomId: string;
  readonly until: number;
  isUsed: boolean;
  guard: GuardedSocket | undefined;
};

/** Everybody who has a seat in this process: what tickets, caps and revocation go by. */
export class Sockets {
  readonly #world: Pick<RoomWorld, "clock" | "rates" | "report">;
  readonly #seats = new Map<string, Seat>();
  readonly #perHolder = new Counter();
  readonly #perAddress = new Counter();

  constructor(world: Pick<RoomWorld, "clock" | "rates" | "report">) {
    this.#world = world;
  }

  /** A ticket for one socket: good once, for a few seconds. */
  issue(roomId: string, viewer: Viewer): string | Refusal {
    const { rates, clock, report } = this.#world;
    const isFull =
      this.#perHolder.of(holderOf(viewer)) >= rates.socketsPerPerson ||
      this.#perAddress.of(viewer.ip) >= rates.socketsPerAddress;
    if (isFull) {
      report.closed({ reason: "too_many_sockets", sessionId: viewer.sessionId, ip: viewer.ip });
      return refuse("too_fast", limits.seatValidMs);
    }
    const ticket = randomBytes(18).toString("base64url");
    const until = clock.monotonic() + limits.seatValidMs;
    this.#seats.set(ticket, { viewer, roomId, until, isUsed: false, guard: undefined });
    this.#perHolder.add(holderOf(viewer));
    this.#perAddress.add(viewer.ip);
    return ticket;
  }

  /** Uses a ticket up, rightly or not: who shows one with another browser has it from somebody else. */
  use(
    ticket: string,
    roomId: string,
    from: { userAgent: string; origin: string | undefined },
  ): "ok" | "bad" | "foreign" {
    const seat = this.#seats.get(ticket);
    if (!seat || seat.isUsed || seat.roomId !== roomId || seat.until < this.#world.clock.monotonic()) return "bad";
    seat.isUsed = true;
    if (seat.viewer.origin !== from.origin) return "foreign";
    return seat.viewer.userAgent === from.userAgent ? "ok" : "bad";
  }

  /** The socket of a used ticket. One without any is closed by Colyseus, which knows no seat for it either. */
  open(ticket: string, wire: Wire, stream?: Corkable): GuardedSocket {
    const seat = this.#seats.get(ticket);
    const sessionId = seat?.viewer.sessionId;
    const onClosed = (reason: CloseReason) =>
      this.#world.report.closed(sessionId === undefined ? { reason } : { reason, sessionId });
    const guard = new GuardedSocket(wire, this.#world, onClosed, stream);
    if (seat) seat.guard = guard;
    else guard.close("signed_out"); // its session ended between upgrade and opening
    return guard;
  }

  gone(ticket: string): void {
    const seat = this.#seats.get(ticket);
    if (!seat) return;
    this.#seats.delete(ticket);
    this.#perHolder.remove(holderOf(seat.viewer));
    this.#perAddress.remove(seat.viewer.ip);
  }

  /** Closes the sockets of these sessions and tears up their tickets, at once. */
  closeSessions(sessionIds: readonly string[]): void {
    const ended = new Set(sessionIds);
    for (const [ticket, { viewer, guard }] of this.#seats) {
      if (!ended.has(viewer.sessionId)) continue;
      if (guard) guard.close("signed_out");
      else this.gone(ticket);
    }
  }

  sessionIds(): readonly string[] {
    return [...new Set([...this.#seats.values()].map(({ viewer }) => viewer.sessionId))];
  }

  /** Forgets tickets that nobody came with in time. */
  sweep(): void {
    const now = this.#world.clock.monotonic();
    for (const [ticket, seat] of this.#seats) {
      if (seat.guard) continue;
      if (seat.until < now) this.gone(ticket);
    }
  }
}

class Counter {
  readonly #counts = new Map<string, number>();

  of(key: string): number {
    return this.#counts.get(key) ?? 0;
  }

  add(key: string): void {
    this.#counts.set(key, this.of(key) + 1);
  }

  remove(key: string): void {
    const left = this.of(key) - 1;
    if (left > 0) this.#counts.set(key, left);
    else this.#counts.delete(key);
  }
}
