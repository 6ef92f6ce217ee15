import type { DeskNode } from "../../desk/node.ts";
import type { NodeOrder, NodeWord } from "../node/orders.ts";

/** A node of the run, and the name of the process it is now. */
export class ChaosNode {
  readonly node: DeskNode;
  nodeId = "";
  /** Somebody is breaking it just now. */
  isBusy = false;

  constructor(node: DeskNode) {
    this.node = node;
  }

  async start(env: NodeJS.ProcessEnv = {}): Promise<void> {
    const started = this.node.start(env);
    this.node.child.hear((word) => {
      if (isWord(word)) this.nodeId = word.nodeId; // Colyseus has words of its own
    });
    await started;
  }

  get isRunning(): boolean {
    return this.node.child.isRunning;
  }

  tell(order: NodeOrder): void {
    this.node.child.tell(order);
  }

  async isReady(): Promise<boolean> {
    const answer = await fetch(`${this.node.url}/readyz`, { signal: AbortSignal.timeout(2000) }).catch(() => undefined);
    return answer?.status === 200;
  }
}

const isWord = (word: unknown): word is NodeWord => typeof word === "object" && word !== null && "nodeId" in word;
