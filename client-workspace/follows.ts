import type { ReactiveController, ReactiveControllerHost } from "lit";

type Changing = { onChange(listener: () => void): () => void };

/** Draws its host anew when the session it follows changes, also after another session took its place. */
export class Follows implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #session: Changing | undefined;
  #stop: (() => void) | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  /** @returns whether this is another session than before */
  follow(session: Changing): boolean {
    if (session === this.#session) return false;
    this.#session = session;
    this.hostConnected();
    return true;
  }

  hostConnected(): void {
    this.#stop?.();
    this.#stop = this.#session?.onChange(() => this.#host.requestUpdate());
  }

  hostDisconnected(): void {
    this.#stop?.();
    this.#stop = undefined;
  }
}
