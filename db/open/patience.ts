import { setTimeout as delay } from "node:timers/promises";
import { isConnectionError, serverError } from "../faults.ts";
import { Refused } from "../refused.ts";
import { printable } from "./logins.ts";

export type Patience = { readonly forMs: number; readonly say: (line: string) => void };

/** Does `work` as soon as the database lets it: machines that are switched on together are not ready together. */
export async function patiently<T>(url: string, { forMs, say }: Patience, work: () => Promise<T>): Promise<T> {
  const until = performance.now() + forMs;
  for (let told = false; ; told = true) {
    try {
      return await work();
    } catch (error) {
      const words = willNotMend(error);
      if (words)
        throw new Refused(`The database at ${printable(url)}: ${words}. Correct DATABASE_URL.`, { cause: error });
      if (!isConnectionError(error)) throw error;
      if (performance.now() >= until) throw unreachable(url, forMs, error);
      if (!told)
        say(`The database at ${printable(url)} does not answer (${reason(error)}); waiting up to ${forMs / 1000} s`);
      await delay(Math.min(500, forMs / 10));
    }
  }
}

const serverSays: Readonly<Record<string, string>> = {
  "28P01": "it does not accept the user name and password",
  "28000": "it does not let this user in",
  "3D000": "this database does not exist there",
};

/** What waiting does not help against, in words. */
function willNotMend(error: unknown): string | undefined {
  const known = serverSays[serverError(error)?.code ?? ""];
  if (known || !(error instanceof Error) || error instanceof Refused) return known;
  if (error.message.startsWith("SASL")) return "it wants a password, and there is none in the address";
  if (/SSL|TLS|certificate/i.test(`${error.message} ${(error as NodeJS.ErrnoException).code}`)) return error.message;
  return undefined;
}

const unreachable = (url: string, ms: number, cause: unknown) =>
  new Refused(
    `The database at ${printable(url)} did not answer for ${ms / 1000} s (${reason(cause)}). ` +
      "Start it, or correct DATABASE_URL.",
    { cause },
  );

/** Several addresses that all failed come as one error without a text. */
function reason(error: unknown): string {
  const { code, message } = (error instanceof AggregateError ? error.errors[0] : error) as NodeJS.ErrnoException;
  return code ?? message;
}
