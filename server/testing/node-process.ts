import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { StartedDesk } from "./started-desk.ts";

export type Shared = {
  readonly databaseUrl: string;
  /** Without one each node is alone. */
  readonly redisUrl?: string;
  readonly secret: string;
  /** More of the environment, such as `ROOMDESK_RATE_FACTOR`. */
  readonly settings?: Record<string, string>;
};

/** One node of a cluster as people start it: a process of its own with a data folder of its own. */
export class NodeProcess extends StartedDesk {
  readonly #folder: string;
  /** Where it says it is ready at; empty before that. */
  url = "";

  constructor({ databaseUrl, redisUrl, secret, settings }: Shared) {
    const folder = mkdtempSync(join(tmpdir(), "roomdesk-node-"));
    const shared = { DATABASE_URL: databaseUrl, ROOMDESK_SECRET: secret, ...(redisUrl && { REDIS_URL: redisUrl }) };
    super(join(folder, "data"), { ...shared, ...settings });
    this.#folder = folder;
  }

  override async ready(): Promise<string> {
    this.url = await super.ready();
    return this.url;
  }

  /** Ends it where it stands, frozen or not, and removes what it left. */
  async kill(): Promise<void> {
    await this.end("SIGKILL");
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** Several nodes on one database and one Redis, all started at once. */
export async function startNodes(count: number, shared: Shared): Promise<NodeProcess[]> {
  const nodes = Array.from({ length: count }, () => new NodeProcess(shared));
  try {
    await Promise.all(nodes.map((node) => node.ready()));
    return nodes;
  } catch (failure) {
    await Promise.all(nodes.map((node) => node.kill()));
    throw failure;
  }
}
