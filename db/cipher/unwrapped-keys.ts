/** An unwrapped key. `wiped` ones must not be used: their bytes are zero. */
export type Unwrapped = { readonly key: Buffer; readonly subjectId: string; wiped: boolean };

export type UnwrappedKeysOptions = { readonly max: number; readonly forMs: number; readonly now: () => number };

/** Unwrapped keys, least recently used first; each is wiped when it leaves. */
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

  keep(id: string, key: Buffer, subjectId: string): Unwrapped {
    this.forget(id);
    const unwrapped = { key, subjectId, wiped: false };
    this.#kept.set(id, { unwrapped, usedAt: this.#options.now() });
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > this.#options.max && oldest !== undefined) this.forget(oldest);
    return unwrapped;
  }

  forget(id: string): void {
    const found = this.#kept.get(id);
    if (!found) return;
    this.#kept.delete(id);
    found.unwrapped.key.fill(0);
    found.unwrapped.wiped = true;
  }

  /** Wipes what nobody has used for long. */
  sweep(): void {
    const before = this.#options.now() - this.#options.forMs;
    for (const [id, { usedAt }] of this.#kept) {
      if (usedAt > before) return;
      this.forget(id);
    }
  }

  clear(): void {
    for (const id of [...this.#kept.keys()]) this.forget(id);
  }
}
