import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Child } from "../../desk/child.ts";
import type { Guard } from "../../desk/guarded.ts";
import type { CrewOrder, CrewPlan, CrewWord } from "../people/orders.ts";

/** A process with simulated people, and what it says. */
export class CrewProcess {
  readonly plan: CrewPlan;
  readonly child: Child;
  readonly #waiting = new Set<(word: CrewWord) => void>();
  conversations: readonly string[] = [];
  /** One sentence for each time it ended without being killed: a page that kills itself loses what it shows. */
  readonly crashes: string[] = [];
  #look: CrewOrder | undefined;
  #talk: CrewOrder | undefined;

  constructor(plan: CrewPlan, guard: Guard) {
    this.plan = plan;
    const file = join(plan.folder, `${plan.name}.plan.json`);
    writeFileSync(file, JSON.stringify(plan));
    const program = join(import.meta.dirname, "../people.ts");
    const logFile = join(plan.folder, `${plan.name}.log`);
    this.child = new Child({ program: process.execPath, args: [program, file], logFile, talks: true }, guard);
  }

  /** Also after it was killed: its people go on with what they were told last. */
  async start(withinMs = 60_000): Promise<void> {
    this.child.spawn();
    void this.child.exited.then(({ code, signal }) => {
      if (signal === null) this.crashes.push(`${this.plan.name} ended by itself with ${code}:\n${this.child.said}`);
    });
    this.child.hear((word) => this.#waiting.forEach((hear) => hear(word as CrewWord)));
    const ready = await this.said(({ says }) => says === "ready", withinMs);
    if (ready.says === "ready") this.conversations = ready.conversations;
    for (const order of [this.#look, this.#talk]) if (order) this.child.tell(order);
  }

  tell(order: CrewOrder): void {
    if (order.does === "look") this.#look = order;
    if (order.does === "talk") this.#talk = order;
    if (order.does === "hush") this.#talk = undefined;
    this.child.tell(order);
  }

  /** Tells it, and resolves when it says that it is done, or that it did not manage. */
  async ask(order: CrewOrder, withinMs: number): Promise<CrewWord> {
    const answer = this.said((word) => word.says !== "ready" && word.does === order.does, withinMs);
    this.tell(order);
    return answer;
  }

  said(isMeant: (word: CrewWord) => boolean, withinMs: number): Promise<CrewWord> {
    return new Promise((resolve, reject) => {
      const end = (tell: () => void) => {
        clearTimeout(timer);
        this.#waiting.delete(hear);
        tell();
      };
      const hear = (word: CrewWord) => {
        if (isMeant(word)) end(() => resolve(word));
      };
      const late = () =>
        reject(new Error(`${this.plan.name} did not answer within ${withinMs} ms:\n${this.child.said}`));
      const timer = setTimeout(() => end(late), withinMs);
      this.#waiting.add(hear);
    });
  }
}
