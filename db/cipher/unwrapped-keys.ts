import type { KeyObject } from "node:crypto";

/**
 * An unwrapped key. As a key object its bytes are outside of JavaScript's heap, are overwritten when it is freed, and
 * a cipher need not copy them: with a buffer instead each text would cost three times as much.
 */
export type Unwrapped = { readonly key: KeyObject; readonly subjectId: string };

export type UnwrappedKeysOptions = { readonly max: number; readonly forMs: number; readonly now: () => number };

/** Unwrapped keys, least recently used first; none is kept longer than it is in use. */
export class UnwrappedKeys {
  readonly #kept = new Map<string, { readonly unwrapped: Unwrapped; usedAt: number }>();
  readonly #options: UnwrappedKeysOptions;

  constructor(options: UnwrappedKeysOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#kept.size;
  }

  get(id: string): Unwrapped | undefined {
    const found = this.#kept.get(id);
    if (!found) return undefined;
    this.#kept.delete(id);
    this.#kept.set(id, found);
    found.usedAt = this.#options.now();
    return found.unwrapped;
  }

  keep(id: string, unwrapped: Unwrapped): Unwrapped {
    this.#kept.delete(id);
    this.#kept.set(id, { unwrapped, usedAt: this.#options.now() });
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > this.#options.max && oldest !== undefined) this.forget(oldest);
    return unwrapped;
  }

  forget(id: string): void {
    this.#kept.delete(id);
  }

  /** Forgets what nobody has used for long. */
  sweep(): void {
    const before = this.#options.now() - this.#options.forMs;
    for (const [id, { usedAt }] of this.#kept) {
      if (usedAt > before) return;
      this.forget(id);
    }
  }

  clear(): void {
    this.#kept.clear();
  }
}
