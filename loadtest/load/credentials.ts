import { readFileSync } from "node:fs";
import type { Account } from "#loadtest/people/agents.ts";

/** How to get into a desk: what the demo writes into `demo.json`. */
export type Credentials = { readonly users: readonly Account[]; readonly inboxKey: string };

export class UnusableCredentials extends Error {
  override readonly name = "UnusableCredentials";
}

/** Throws `UnusableCredentials`, whose sentence never repeats what is in the file. */
export function readCredentials(file: string): Credentials {
  const { users, inboxes } = parsed(file);
  const accounts = (Array.isArray(users) ? users : []).filter(isAccount);
  const key = Array.isArray(inboxes) ? (inboxes[0] as { key?: unknown } | undefined)?.key : undefined;
  if (accounts.length === 0)
    throw new UnusableCredentials(`--credentials ${file} lists no users with email and password.`);
  if (typeof key !== "string") throw new UnusableCredentials(`--credentials ${file} lists no inbox with a key.`);
  return { users: accounts, inboxKey: key };
}

function parsed(file: string): { users?: unknown; inboxes?: unknown } {
  try {
    return (JSON.parse(readFileSync(file, "utf8")) ?? {}) as object;
  } catch (error) {
    const why = error instanceof SyntaxError ? "it is not JSON" : ((error as NodeJS.ErrnoException).code ?? "unknown");
    throw new UnusableCredentials(`--credentials ${file} cannot be read: ${why}.`);
  }
}

const isAccount = (user: unknown): user is Account => {
  const { email, password } = (user ?? {}) as Partial<Account>;
  return typeof email === "string" && typeof password === "string";
};
