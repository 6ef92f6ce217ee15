import { Unavailable } from "#core/ports/conversation-log.ts";
import type { RoomWorld } from "../ports.ts";
import type { Sockets } from "./sockets.ts";

/** Finds the sockets whose session was ended elsewhere: by another node, or by time. */
export class SessionSweep {
  readonly #staff: RoomWorld["staff"];
  readonly #sockets: Sockets;
  readonly #onFault: (error: unknown) => void;
  #isAsking = false;

  constructor(staff: RoomWorld["staff"], sockets: Sockets, onFault: (error: unknown) => void) {
    this.#staff = staff;
    this.#sockets = sockets;
    this.#onFault = onFault;
  }

  async run(): Promise<void> {
    this.#sockets.sweep();
    const open = this.#sockets.sessionIds();
    if (this.#isAsking || open.length === 0) return;
    this.#isAsking = true;
    try {
      this.#sockets.closeSessions(await this.#staff.ended(open));
    } catch (error) {
      if (!(error instanceof Unavailable)) this.#onFault(error); // while the store is away it is asked again
    } finally {
      this.#isAsking = false;
    }
  }
}
