import { hashed, newSecret, sameSecret } from "./tokens.ts";

/**
 * The one-time right to make the first admin. Only its hash is kept, and only in memory: a restart before the setup makes
 * a new link, and the old one is dead.
 */
export class SetupToken {
  #hash: string | undefined;

  /** A fresh token; any earlier one stops working. */
  issue(): string {
    const token = newSecret();
    this.#hash = hashed(token);
    return token;
  }

  fits(token: string): boolean {
    return this.#hash !== undefined && sameSecret(this.#hash, hashed(token));
  }

  spend(): void {
    this.#hash = undefined;
  }
}
