import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { openBalancer, type Balancer } from "../net/balancer.ts";
import { freePorts } from "../net/loopback.ts";
import { Guard } from "./guarded.ts";
import { DeskNode } from "./node.ts";
import { DeskPostgres } from "./postgres.ts";
import { DeskRedis } from "./redis.ts";

export type DeskPlan = {
  readonly nodes: number;
  /** Without one, a single node is alone. */
  readonly redis: boolean;
  /** What a node runs; the product's own start unless told otherwise. */
  readonly program?: string;
  /** What runs the program of a node; Node itself unless told otherwise. */
  readonly launcher?: (name: string) => readonly string[];
  /** On top of every node's own settings. */
  readonly env?: NodeJS.ProcessEnv;
  readonly nodeEnv?: (name: string, databaseUrl: string) => NodeJS.ProcessEnv;
  readonly talks?: boolean;
  /** Where nodes write what they say; a folder of ours, gone with us, unless told otherwise. */
  readonly logFolder?: string;
  /** Where PostgreSQL has its data; a folder of ours unless told otherwise. */
  readonly postgresFolder?: (folder: string, guard: Guard) => string;
  /** Stands between the nodes and their database. */
  readonly databaseUrl?: (url: string) => Promise<string>;
};

/** PostgreSQL, Redis and nodes behind a round-robin balancer, all of our own. */
export class Desk {
  readonly guard: Guard;
  readonly folder: string;
  /** Every node's. */
  readonly secret: string;
  readonly postgres: DeskPostgres;
  readonly redis: DeskRedis | undefined;
  readonly nodes: readonly DeskNode[];
  readonly balancer: Balancer;

  private constructor(parts: Pick<Desk, "guard" | "folder" | "secret" | "postgres" | "redis" | "nodes" | "balancer">) {
    this.guard = parts.guard;
    this.folder = parts.folder;
    this.secret = parts.secret;
    this.postgres = parts.postgres;
    this.redis = parts.redis;
    this.nodes = parts.nodes;
    this.balancer = parts.balancer;
  }

  /** Nodes are there and not yet started. */
  static async open(plan: DeskPlan): Promise<Desk> {
    const guard = new Guard();
    try {
      const folder = guard.folder("roomdesk-desk-");
      const data = plan.postgresFolder?.(folder, guard) ?? join(folder, "postgres");
      const [postgres, redis] = await Promise.all([
        DeskPostgres.start(data, guard),
        plan.redis ? DeskRedis.start(folder, guard) : undefined,
      ]);
      const databaseUrl = (await plan.databaseUrl?.(postgres.url)) ?? postgres.url;
      const secret = randomBytes(24).toString("hex");
      const nodes = await planNodes(plan, { guard, folder, secret, databaseUrl, redisUrl: redis?.url });
      const balancer = await openBalancer(nodes.map(({ port }) => port));
      return new Desk({ guard, folder, secret, postgres, redis, nodes, balancer });
    } catch (failure) {
      await guard.end();
      throw failure;
    }
  }

  /** One after the other at the first start: the first one makes the tables and the demo's people. */
  async start(): Promise<void> {
    const [first, ...others] = this.nodes;
    await first?.start();
    await Promise.all(others.map((node) => node.start()));
  }

  /** Everything ends, and nothing is left. */
  async close(): Promise<void> {
    await this.balancer.close();
    await Promise.all(this.nodes.map((node) => node.kill()));
    await this.guard.end();
  }
}

type Place = {
  readonly guard: Guard;
  readonly folder: string;
  readonly secret: string;
  readonly databaseUrl: string;
  readonly redisUrl: string | undefined;
};

async function planNodes(plan: DeskPlan, { guard, folder, secret, databaseUrl, redisUrl }: Place): Promise<DeskNode[]> {
  const program = plan.program ?? join(import.meta.dirname, "../../server/start.ts");
  const shared = {
    ...{ DATABASE_URL: databaseUrl, ROOMDESK_SECRET: secret },
    ...(redisUrl && { REDIS_URL: redisUrl }),
    ...plan.env,
  };
  const ports = await freePorts(plan.nodes);
  return ports.map((port, at) => {
    const name = `node${at + 1}`;
    // The demo's people are made once, by the first; the others serve what they find.
    const env = { ...shared, ROOMDESK_DEMO: at === 0 ? "1" : "0", ...plan.nodeEnv?.(name, databaseUrl) };
    const launcher = plan.launcher?.(name) ?? [process.execPath];
    const talks = plan.talks ?? false;
    const logFile = join(plan.logFolder ?? folder, `${name}.log`);
    return new DeskNode({ name, port, program, launcher, folder, logFile, env, talks }, guard);
  });
}
