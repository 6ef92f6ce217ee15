import { Socket } from "node:net";
import { connect, type Direct } from "./connect.ts";

/** Asks the database over a connection of its own, kept from one question to the next. */
export class Probe {
  readonly #url: string;
  #socket: Socket | undefined;
  #client: Direct | undefined;

  constructor(url: string) {
    this.#url = url;
  }

  /** Resolves when the server answers and can be written to; a standby that has not taken over yet cannot. */
  async ask(signal: AbortSignal): Promise<void> {
    const giveUp = () => this.forget();
    signal.addEventListener("abort", giveUp);
    try {
      this.#client ??= await this.#connect();
      const { rowCount } = await this.#client.query("select where not pg_is_in_recovery()");
      if (rowCount !== 1) throw new Error("The server is read-only");
    } catch (error) {
      this.forget();
      throw error;
    } finally {
      signal.removeEventListener("abort", giveUp);
    }
  }

  /** Cut rather than closed politely: it may be the connection that is the trouble. */
  forget(): void {
    this.#socket?.destroy();
    this.#client = undefined;
  }

  #connect(): Promise<Direct> {
    const socket = new Socket();
    this.#socket = socket;
    return connect(this.#url, { application_name: "roomdesk probe", stream: () => socket });
  }
}
