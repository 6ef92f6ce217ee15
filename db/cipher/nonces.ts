import { randomFillSync } from "node:crypto";

export const nonceBytes = 12;

/** Random nonces, fetched from the system many at a time: one call for each costs as much as the encryption. */
export class Nonces {
  readonly #stock = Buffer.alloc(nonceBytes * 512);
  #used = this.#stock.length;

  /** Writes the next nonce into `into` at `at`; none is ever given twice. */
  write(into: Buffer, at: number): void {
    if (this.#used === this.#stock.length) {
      randomFillSync(this.#stock);
      this.#used = 0;
    }
    this.#stock.copy(into, at, this.#used, this.#used + nonceBytes);
    this.#used += nonceBytes;
  }
}
