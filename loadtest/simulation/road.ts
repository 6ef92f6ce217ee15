import type { Answer, ConversationCommand } from "#protocol/conversation.ts";
import type { Viewer } from "#rooms/door/viewer.ts";
import type { Device } from "./device.ts";
import type { Locator } from "./locator.ts";
import type { SimNode } from "./sim-node.ts";
import type { SimProcess } from "./sim-process.ts";
import type { SimWorld } from "./sim-world.ts";

export type Traveller = { readonly process: SimProcess; readonly viewer: Viewer; readonly device: Device };

const forwardWithinMs = 1000;

/** What lies between a page and the node that has its conversation: each hop is a step, and may take its time. */
export class Road {
  readonly world: SimWorld;
  readonly of: Traveller;
  readonly #locator: Locator;

  constructor(world: SimWorld, locator: Locator, of: Traveller) {
    this.world = world;
    this.of = of;
    this.#locator = locator;
  }

  /** Where the entry finds the room. One that stands still is waited for, then suspected. */
  place(conversationId: string, found: (node: SimNode | undefined) => unknown, tries = 3): void {
    const { scheduler, weather } = this.world;
    const entry = () => {
      const node = this.#locator.of(conversationId);
      const answers = node?.process.isRunning ?? true;
      if (answers || tries === 0) return this.back("knows where", () => found(answers ? node : undefined));
      scheduler.later(undefined, `${node?.id ?? ""} does not answer`, forwardWithinMs, () => {
        if (node) this.#locator.suspect(node);
        this.place(conversationId, found, tries - 1);
      });
    };
    scheduler.later(undefined, `${this.of.process.name} asks where`, weather.delay(), entry);
  }

  /** To the node. */
  on(node: SimNode, name: string, run: () => Promise<unknown>): void {
    const { scheduler, weather, judge } = this.world;
    const serve = () => void run().catch((error: unknown) => judge.fault(error));
    scheduler.later(node.process, `${name} ${this.of.process.name}`, weather.delay(), serve);
  }

  /** To the page. */
  back(name: string, run: () => unknown): void {
    this.world.scheduler.later(this.of.process, name, this.world.weather.delay(), () => void run());
  }

  /** The first that is given counts; `give` says whether it did. */
  within<T>(ms: number, orElse: T, ask: (give: (value: T) => boolean) => void): Promise<T> {
    return new Promise((resolve) => {
      let isGiven = false;
      const give = (value: T): boolean => {
        if (isGiven) return false;
        isGiven = true;
        cancel();
        resolve(value);
        return true;
      };
      const cancel = this.of.process.clock.after(ms, () => give(orElse));
      ask(give);
    });
  }

  sends(payload: unknown): void {
    const { clientId } = payload as Partial<ConversationCommand>;
    if (clientId) this.world.mutant.onSend?.(this.of.device.table, clientId);
  }

  /** What a page is answered goes past the judge. */
  hears<T>(asked: unknown, answer: T): T {
    const { judge, scheduler } = this.world;
    const { clientId } = asked as Partial<ConversationCommand>;
    if (clientId) scheduler.note(() => `…${clientId.slice(-4)} is answered ${JSON.stringify(answer)}`);
    if (answer === undefined) return answer;
    if (clientId) judge.log.answered(clientId, answer as Answer);
    judge.spoke.reached(this.of.viewer.person.side, answer);
    return answer;
  }
}
