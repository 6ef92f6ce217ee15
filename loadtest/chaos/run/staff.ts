import { byServer } from "#core/audit-entries.ts";
import { openPorts } from "#server/open-ports.ts";
import { Passwords } from "#server/passwords.ts";

export type Account = { readonly name: string; readonly email: string; readonly password: string };
export type House = { readonly inboxKey: string; readonly accounts: readonly Account[] };

const requestId = "chaos";
const password = "correct horse battery";
const names = ["Ben", "Dee", "Mara", "Noa"];

/** A database with its tables, an organisation and staff who have not said a word yet: the demo's have. */
export async function hire(url: string, secret: string, dataFolder: string, agents: number): Promise<House> {
  const ports = await openPorts({ url, secret, dataFolder, say: () => undefined });
  try {
    const passwordHash = await new Passwords().hash(password);
    const admin = { name: "Ada", email: "ada@example.com", passwordHash };
    const first = await ports.setup.complete({ organisation: "Chaos", inboxName: "Shop", admin }, "server", requestId);
    if (!first) throw new Error("Somebody has set this database up already");
    const accounts = names
      .slice(0, agents)
      .map((name) => ({ name, email: `${name.toLowerCase()}@example.com`, password }));
    for (const { name, email } of accounts)
      await ports.setup.addUser({ orgId: first.orgId, name, email, role: "agent", passwordHash }, byServer(requestId));
    const [inbox] = await ports.setup.inboxes(first.orgId);
    return { inboxKey: inbox?.key ?? "", accounts };
  } finally {
    await ports.close();
  }
}
