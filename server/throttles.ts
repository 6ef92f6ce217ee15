import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";

/** How often somebody may try something. In memory: with the database or Redis down it still holds. */
export class Throttle {
  readonly #limiter: RateLimiterMemory;

  constructor(points: number, seconds: number) {
    this.#limiter = new RateLimiterMemory({ points, duration: seconds });
  }

  /** Counts one try; how many milliseconds to wait when there were too many, else `undefined`. */
  async tooMany(key: string): Promise<number | undefined> {
    try {
      await this.#limiter.consume(key);
      return undefined;
    } catch (exhausted) {
      if (exhausted instanceof RateLimiterRes) return Math.max(exhausted.msBeforeNext, 1);
      throw exhausted;
    }
  }

  /** Takes one try back: it was right. */
  async forgive(key: string): Promise<void> {
    await this.#limiter.reward(key, 1);
  }
}

export type Throttles = ReturnType<typeof throttles>;

/** @param factor what load tests raise the limits by; guessing passwords and tokens never becomes easier */
export const throttles = (factor = 1) => ({
  signInByAddress: new Throttle(20, 60),
  signInByUser: new Throttle(10, 60),
  setupByAddress: new Throttle(10, 60),
  identityByAddress: new Throttle(30 * factor, 60),
  sessionsByAddress: new Throttle(120 * factor, 60),
  /** Two a second and person, in bursts: a laptop that wakes with ten tabs is no attack. */
  seatsByPerson: new Throttle(20 * factor, 10),
  seatsByAddress: new Throttle(1000 * factor, 10),
  /** Typing and ticks of those without a socket. */
  signalsByPerson: new Throttle(100 * factor, 10),
  conversationsByPerson: new Throttle(20 * factor, 60),
  requestsByAddress: new Throttle(3000 * factor, 10),
});

/** Whom an address stands for: a household has one IPv4 address, or a /64 of IPv6. */
export function addressKey(ip: string | undefined): string {
  const plain = (ip ?? "unknown").replace(/^::ffff:(?=\d+\.)/, "");
  return plain.includes(":") ? `${expanded(plain).slice(0, 4).join(":")}::/64` : plain;
}

function expanded(ip: string): string[] {
  const [head = "", tail] = ip.split("::", 2).map((part) => part);
  const left = head === "" ? [] : head.split(":");
  const right = tail ? tail.split(":") : [];
  const missing = Math.max(0, 8 - left.length - right.length);
  return [...left, ...Array.from({ length: tail === undefined ? 0 : missing }, () => "0"), ...right];
}
