import { Unavailable } from "#core/ports/conversation-log.ts";
import pg from "pg";

/** COMMIT was sent and nobody said what became of it: it may have happened. Only the same key again can tell. */
export class CommitUnknown extends Unavailable {}

/** COMMIT was answered with ROLLBACK: an earlier statement had failed and somebody had caught its error. */
export class TransactionRolledBack extends Error {
  override readonly name = "TransactionRolledBack";
}

// Classes of SQLSTATE that say "not now" rather than "not this": connection, resources (full disk, too many
// connections), read-only after a failover, deadlock, lock and statement timeouts, shutdown, I/O errors.
const passing = /^(08|53|58|57P|57014|55P03|40|25006|XX)/;

/** Those after which even an answered COMMIT says nothing: the server was going down while it answered. */
const unsure = /^(08|57P|58|XX)/;

/** The server's own answer, from under whatever wraps it. */
export function serverError(error: unknown): pg.DatabaseError | undefined {
  for (let one = error, depth = 0; one instanceof Error && depth < 5; one = one.cause, depth++) {
    if (one instanceof pg.DatabaseError) return one;
  }
  return undefined;
}

/** Is this the connection's fault rather than the statement's? */
export function isConnectionError(error: unknown): boolean {
  for (let one = error, depth = 0; one instanceof Error && depth < 5; one = one.cause, depth++) {
    if (one instanceof pg.DatabaseError) return passing.test(one.code ?? "");
    if (systemSays.test((one as NodeJS.ErrnoException).code ?? "") || driverSays.test(one.message)) return true;
  }
  return false;
}

const systemSays = /^E(?!RR_)[A-Z]+$/; // ECONNREFUSED, ENOTFOUND, …; ERR_… are Node's complaints about its caller
// `pg` has no codes for its own errors.
const driverSays =
  /^(Connection terminated|Client (has encountered|was closed)|Query read timeout|timeout exceeded|Cannot use a pool)/;

/** Did the COMMIT end in a way that leaves its outcome open? */
export function isCommitUnknown(error: unknown): boolean {
  const answer = serverError(error);
  return answer === undefined || unsure.test(answer.code ?? "");
}

/** What the rest of the program is told: an outage is `Unavailable`, everything else stays what it is. */
export function asFault(error: unknown): unknown {
  if (error instanceof Unavailable || !isConnectionError(error)) return error;
  return new Unavailable("The database cannot be reached", { cause: error });
}
