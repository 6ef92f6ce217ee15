import type { CustomerSession } from "#protocol/people.ts";
import type { CustomerApi } from "./desk-api.ts";
import { failed, type Failed } from "./desk-request.ts";
import type { DeviceMemory, Remembered } from "./device-memory.ts";

/** How a browser proves to the desk that it is the same customer as before: a token that works only beside its device. */
export class CustomerAdmission {
  readonly memory: DeviceMemory;
  readonly #inboxKey: string;
  readonly #newId: () => string;
  #now: Remembered | undefined;

  constructor(inboxKey: string, memory: DeviceMemory, newId: () => string) {
    this.#inboxKey = inboxKey;
    this.memory = memory;
    this.#newId = newId;
  }

  /** This tab is nobody's any more; what the browser remembers may be the next customer's already. */
  leave(): void {
    this.#now = undefined;
  }

  get isKnown(): boolean {
    return this.memory.recall() !== undefined;
  }

  /** For `askDesk`. */
  headers = (): Record<string, string> =>
    this.#now ? { authorization: `Bearer ${this.#now.token}`, "x-roomdesk-device": this.#now.deviceId } : {};

  /**
   * @param identity a JWT of the host's server, good once
   * @param asAnybody a session that has ended may be followed by a stranger's
   */
  async enter(api: CustomerApi, identity?: string, asAnybody = true): Promise<CustomerSession | Failed> {
    const before = this.memory.recall();
    const deviceId = before?.deviceId ?? this.#newId();
    const answer = await api.session({
      inboxKey: this.#inboxKey,
      deviceId,
      ...(before && { token: before.token }),
      ...(identity && { identity }),
    });
    if (before && failed(answer) && "refused" in answer && answer.refused === "not_signed_in") {
      this.forget(); // ended, or of another device
      return asAnybody ? this.enter(api, identity) : answer;
    }
    if (failed(answer)) return answer;
    const meanwhile = this.memory.recall();
    if (!before && meanwhile && !identity) return this.enter(api); // another tab was faster: be the same customer
    this.#now = { deviceId, token: answer.token };
    this.memory.remember(this.#now);
    return answer;
  }

  forget(): void {
    this.leave();
    this.memory.forget();
  }
}
