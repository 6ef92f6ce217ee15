import { Room } from "@colyseus/sdk";

/**
 * A room that leaves when it is told what it cannot read. The SDK would let the error out of the socket's event: nobody
 * catches it there, in Node it ends the process, and what comes after half a frame cannot be trusted either.
 */
export class WholeFramesRoom<State> extends Room<unknown, State> {
  protected override onMessageCallback(event: MessageEvent): void {
    try {
      super.onMessageCallback(event);
    } catch {
      this.connection.close(); // a broken wire like any other: come back, and fetch what is missing
    }
  }
}
