import { hash, verify } from "@node-rs/argon2";
import { newSecret } from "./tokens.ts";

const atOnce = 2; // each takes a thread and its memory; more at once would starve the desk's other work
const waitingMax = 100;

// argon2id is the library's default. Above OWASP's least (19 MiB, two passes): some 30 ms on a small server.
const cost = { memoryCost: 32 * 1024, timeCost: 3, parallelism: 1 };

/** Makes and checks the hashes of passwords. */
export class Passwords {
  readonly #decoy = hash(newSecret(), cost);
  #running = 0;
  readonly #waiting: (() => void)[] = [];

  /** More people wait for an answer than there is room for. */
  get isFull(): boolean {
    return this.#waiting.length >= waitingMax;
  }

  hash(password: string): Promise<string> {
    return this.#inTurn(() => hash(password, cost));
  }

  /** Without a hash it is a lie that takes as long as the truth, so that unknown people cannot be told from known ones. */
  matches(passwordHash: string | undefined, password: string): Promise<boolean> {
    return this.#inTurn(async () => {
      const right = await verify(passwordHash ?? (await this.#decoy), password);
      return right && passwordHash !== undefined;
    });
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running >= atOnce) await new Promise<void>((go) => this.#waiting.push(go));
    this.#running += 1;
    try {
      return await work();
    } finally {
      this.#running -= 1;
      this.#waiting.shift()?.();
    }
  }
}

/** Long is not enough: "aaaaaaaaaaaa" and one's own address are the first guesses. */
export function isGuessable(password: string, email: string): boolean {
  const said = password.toLowerCase();
  return new Set(said).size < 5 || said === email.trim().toLowerCase() || /^(0?1234567890?)+\d*$/.test(said);
}
