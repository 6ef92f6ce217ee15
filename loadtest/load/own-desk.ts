import { randomBytes, randomUUID } from "node:crypto";
import { join } from "node:path";
import pg from "pg";
import { Desk } from "#loadtest/desk/desk.ts";
import { redisProgram } from "#loadtest/desk/redis.ts";
import type { Account } from "#loadtest/people/agents.ts";
import { openPorts } from "#server/open-ports.ts";
import { Passwords } from "#server/passwords.ts";

export type OwnDeskSettings = {
  readonly agents: number;
  readonly nodes: number;
  /** Processors, as taskset takes them. */
  readonly pinned?: string | undefined;
  readonly profile?: string | undefined;
};

/** A desk of the test's own: real servers in processes of their own, a PostgreSQL with fsync, and agents to sign in. */
export type OwnDesk = {
  readonly url: string;
  readonly users: readonly Account[];
  readonly inboxKey: string;
  readonly serverPids: readonly number[];
  readonly postgresPid: number;
  /** Ids of what the database holds of these conversations. */
  kept(conversationIds: readonly string[]): Promise<ReadonlyMap<string, ReadonlySet<string>>>;
  close(): Promise<void>;
};

/** What the limits on rates are raised by: virtual people come from one address and type faster than people. */
export const rateFactor = 1000;

export class MissingProgram extends Error {
  override readonly name = "MissingProgram";
}

export async function openOwnDesk({ agents, nodes, pinned, profile }: OwnDeskSettings): Promise<OwnDesk> {
  const isCluster = nodes > 1;
  if (isCluster && redisProgram() === undefined)
    throw new MissingProgram("--nodes needs the program redis-server (Debian: redis-server).");
  const secret = randomBytes(32).toString("base64url");
  const env = { NODE_ENV: "production", ROOMDESK_SECRET: secret, ROOMDESK_RATE_FACTOR: `${rateFactor}` };
  const desk = await Desk.open({ nodes, redis: isCluster, env, launcher: (name) => launcher(name, pinned, profile) });
  try {
    const furnished = await furnish(desk.postgres.url, join(desk.folder, "furnishing"), secret, agents);
    await desk.start();
    return {
      ...furnished,
      url: isCluster ? desk.balancer.url : (desk.nodes[0]?.url ?? ""),
      serverPids: desk.nodes.map(({ child }) => child.pid),
      postgresPid: desk.postgres.pid,
      kept: (ids) => keptIn(desk.postgres.url, ids),
      close: async () => {
        if (profile !== undefined) await Promise.all(desk.nodes.map((node) => node.terminate())); // they write it then
        await desk.close();
      },
    };
  } catch (error) {
    await desk.close();
    throw error;
  }
}

function launcher(name: string, pinned: string | undefined, profile: string | undefined): string[] {
  return [
    ...(pinned === undefined ? [] : ["taskset", "-c", pinned]),
    process.execPath,
    ...(profile === undefined ? [] : ["--cpu-prof", `--cpu-prof-dir=${profile}`, `--cpu-prof-name=${name}.cpuprofile`]),
  ];
}

/** An organisation with an inbox and so many agents, made the way a first start and an admin make them. */
async function furnish(url: string, dataFolder: string, secret: string, agents: number) {
  const ports = await openPorts({ url, dataFolder, secret, say: () => undefined });
  try {
    const password = randomBytes(18).toString("base64url");
    const passwordHash = await new Passwords().hash(password); // one for all: hashing is slow on purpose
    const person = (n: number) => ({ name: `Agent ${n}`, email: `agent-${n}@loadtest.example`, passwordHash });
    const names = { organisation: "Load test", inboxName: "Load test" };
    const requestId = randomUUID(); // the changes stand in the audit log as one request's
    const admin = await ports.setup.complete({ ...names, admin: person(1) }, "server", requestId);
    if (!admin) throw new Error("A new database was furnished already.");
    const { orgId, id: actorId, role: actorRole } = admin;
    const by = { actorId, actorRole, requestId };
    for (let n = 2; n <= agents; n += 1) await ports.setup.addUser({ ...person(n), orgId, role: "agent" }, by);
    const [inbox] = await ports.setup.inboxes(orgId);
    if (!inbox) throw new Error("The inbox was made and is not there.");
    const users = Array.from({ length: agents }, (_, i): Account => ({ email: person(i + 1).email, password }));
    return { users, inboxKey: inbox.key };
  } finally {
    await ports.close();
  }
}

async function keptIn(url: string, conversationIds: readonly string[]) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ conversation: string; ids: string[] }>(
      `select e.conversation_id as conversation, array_agg(e.id::text) as ids
       from roomdesk.chat_events e join roomdesk.chat_messages m on m.id = e.id
       where e.conversation_id = any($1::uuid[]) and e.type = 'message.posted' group by 1`,
      [[...conversationIds]],
    );
    return new Map(rows.map(({ conversation, ids }) => [conversation, new Set(ids)]));
  } finally {
    await client.end();
  }
}
