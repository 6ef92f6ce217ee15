import type { Customers } from "#core/ports/customers.ts";

type Parts = {
  readonly customers: Pick<Customers, "embeddingPages">;
  /** Where people reach the desk. Without it the desk is wherever it was asked for, so no page is foreign by its name. */
  readonly publicUrl: string | undefined;
  readonly onFault: (failure: unknown) => void;
};

const freshForMs = 10_000;
const strangerEveryMs = 1000;

/** The pages a socket may come from: our own, and those that embed a widget. Known beforehand, since the door cannot wait. */
export class KnownPages {
  readonly #parts: Parts;
  #pages: ReadonlySet<string> | undefined;
  #askedAt = -Infinity;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  readonly isKnown = (origin: string): boolean => {
    const { publicUrl } = this.#parts;
    if (publicUrl === undefined || origin === publicUrl) return true;
    const isKnown = this.#pages?.has(origin) ?? true;
    // A page that was added a moment ago is let in when it tries again.
    if (performance.now() - this.#askedAt > (isKnown ? freshForMs : strangerEveryMs)) void this.look();
    return isKnown;
  };

  /** When it cannot be asked, what was known holds. */
  async look(): Promise<void> {
    this.#askedAt = performance.now();
    try {
      const pages = await this.#parts.customers.embeddingPages();
      this.#pages = pages && new Set(pages);
    } catch (failure) {
      this.#parts.onFault(failure);
    }
  }
}
