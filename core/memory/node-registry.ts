import type { ClusterNode, NodeRegistry } from "../ports/node-registry.ts";
import type { MemoryDesk } from "./memory-desk.ts";

/** The nodes in memory, with the desk's clock for their leases. */
export const memoryNodeRegistry = (desk: Pick<MemoryDesk, "now" | "conversations">): NodeRegistry =>
  new MemoryNodeRegistry(desk);

class MemoryNodeRegistry implements NodeRegistry {
  readonly #desk: Pick<MemoryDesk, "now" | "conversations">;
  readonly #nodes = new Map<string, { node: ClusterNode; until: number }>();

  constructor(desk: Pick<MemoryDesk, "now" | "conversations">) {
    this.#desk = desk;
  }

  async renew(node: ClusterNode, leaseMs: number): Promise<readonly ClusterNode[]> {
    this.#nodes.set(node.id, { node, until: this.#desk.now() + leaseMs });
    return this.live();
  }

  async forget(nodeId: string): Promise<void> {
    this.#nodes.delete(nodeId);
  }

  async live(): Promise<readonly ClusterNode[]> {
    const now = this.#desk.now();
    return [...this.#nodes.values()].filter(({ until }) => until > now).map(({ node }) => node);
  }

  async ownerOf(conversationId: string): Promise<string | undefined> {
    const owner = this.#desk.conversations.get(conversationId)?.ownerNode;
    return (await this.live()).find(({ id }) => id === owner)?.id;
  }
}
