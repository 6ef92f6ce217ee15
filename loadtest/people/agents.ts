import { WorkspaceSession, type WorkspaceOptions } from "#client-sdk/workspace-session.ts";
import { cookieJar } from "./cookie-jar.ts";
import { inMemory } from "./in-memory.ts";
import { TurnedAway } from "./turned-away.ts";

export type Account = { readonly email: string; readonly password: string };
export type AgentOf = Pick<WorkspaceOptions, "desk"> & Partial<WorkspaceOptions> & { readonly account: Account };

/** An agent who has signed in. Throws `TurnedAway`. */
export async function newAgent({ account, ...options }: AgentOf): Promise<WorkspaceSession> {
  const agent = new WorkspaceSession({ keeping: inMemory, fetch: cookieJar(), ...options });
  const failed = await agent.signIn({ email: account.email, password: account.password });
  if (!failed) return agent;
  agent.destroy();
  throw new TurnedAway(`The agent ${account.email}`, failed);
}
