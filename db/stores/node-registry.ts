import type { ClusterNode, NodeRegistry } from "#core/ports/node-registry.ts";
import type { Database, Door } from "../open.ts";
import { isUuid } from "./uuid.ts";

type NodeRow = { readonly id: string; readonly address: string; readonly draining: boolean };

export const nodeRegistry = ({ database }: { readonly database: Pick<Database, "app"> }): NodeRegistry =>
  new PgNodeRegistry(database.app);

/** The table `nodes`, whose leases run by the database's clock. */
class PgNodeRegistry implements NodeRegistry {
  readonly #door: Door;

  constructor(door: Door) {
    this.#door = door;
  }

  async renew({ id, address, isDraining }: ClusterNode, leaseMs: number): Promise<readonly ClusterNode[]> {
    const asked = [id, address, isDraining, leaseMs];
    return (await this.#door.call<NodeRow>("select * from roomdesk.announce_node($1, $2, $3, $4)", asked)).map(asNode);
  }

  async forget(nodeId: string): Promise<void> {
    await this.#door.call("select roomdesk.forget_node($1)", [nodeId]);
  }

  async live(): Promise<readonly ClusterNode[]> {
    return (await this.#door.call<NodeRow>("select * from roomdesk.live_nodes()")).map(asNode);
  }

  async ownerOf(conversationId: string): Promise<string | undefined> {
    if (!isUuid(conversationId)) return undefined;
    const [row] = await this.#door.call<{ owner: string | null }>("select roomdesk.owner_of($1) as owner", [
      conversationId,
    ]);
    return row?.owner ?? undefined;
  }
}

const asNode = ({ id, address, draining }: NodeRow): ClusterNode => ({ id, address, isDraining: draining });
