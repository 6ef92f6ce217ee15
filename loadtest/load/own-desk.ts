import { randomBytes, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { startEmbedded, type EmbeddedPostgres } from "#db/embedded/embedded-postgres.ts";
import type { Account } from "#loadtest/people/agents.ts";
import { openPorts } from "#server/open-ports.ts";
import { Passwords } from "#server/passwords.ts";
import { ServerProcess } from "./server-process.ts";

export type OwnDeskSettings = {
  readonly agents: number;
  readonly nodes: number;
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

export async function openOwnDesk(settings: OwnDeskSettings): Promise<OwnDesk> {
  const folder = mkdtempSync(join(tmpdir(), "roomdesk-loadtest-"));
  const secret = randomBytes(32).toString("base64url");
  const quiet = () => undefined;
  const ending = new AsyncDisposableStack();
  ending.defer(() => rmSync(folder, { recursive: true, force: true }));
  try {
    const postgres = await startEmbedded({ dataDir: join(folder, "database"), say: quiet });
    ending.defer(() => postgres.close());
    const furnished = await furnish(postgres.url, folder, secret, settings.agents);
    const server = await ServerProcess.start({ folder, databaseUrl: postgres.url, secret, ...settings });
    ending.defer(() => server.stop());
    return {
      ...furnished,
      url: server.url,
      serverPids: [server.pid],
      postgresPid: postgres.pid,
      kept: (ids) => keptIn(postgres, ids),
      close: () => ending.disposeAsync(),
    };
  } catch (error) {
    await ending.disposeAsync();
    throw error;
  }
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

async function keptIn({ url }: EmbeddedPostgres, conversationIds: readonly string[]) {
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
