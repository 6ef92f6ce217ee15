import type { Cancel } from "./world.ts";

/** Tells listeners that something has changed: once per microtask, however much it was. */
export class Changes {
  readonly #listeners = new Set<() => void>();
  #isDue = false;
  #isOver = false;

  on(listener: () => void): Cancel {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  mark(): void {
    if (this.#isDue || this.#isOver) return;
    this.#isDue = true;
    queueMicrotask(() => {
      this.#isDue = false;
      if (this.#isOver) return;
      for (const listener of [...this.#listeners]) listener();
    });
  }

  end(): void {
    this.#isOver = true;
    this.#listeners.clear();
  }
}
