import { Unavailable } from "#core/ports/conversation-log.ts";
import type pg from "pg";
import { asFault } from "../faults.ts";
import { withCtx, type Ctx, type ScopedDb } from "../scope.ts";
import type { Health } from "./health.ts";
import type { Pool } from "./pools.ts";

/** How one login's stores reach the database. Every method may throw `Unavailable`. */
export interface Door {
  /** One transaction on somebody's behalf, committed when `fn` returns. */
  withCtx<T>(ctx: Ctx, fn: (db: ScopedDb) => Promise<T>): Promise<T>;
  /** One statement that is its own transaction and needs nobody's context. */
  call<Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[]): Promise<Row[]>;
}

export function openDoor({ pool }: Pool, health: Health): Door {
  const refuseWhenDown = () => {
    if (health.state === "down") throw new Unavailable("The database is down");
  };
  const told = (error: unknown): unknown => {
    const fault = asFault(error);
    if (fault instanceof Unavailable) health.suspect();
    return fault;
  };
  const lease = async () => {
    refuseWhenDown();
    const client = await pool.connect();
    return { client, release: (broken: Error | undefined) => client.release(broken) };
  };
  return {
    withCtx: async (ctx, fn) => {
      try {
        return await withCtx(await lease(), ctx, fn);
      } catch (error) {
        throw told(error);
      }
    },
    call: async <Row extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []) => {
      refuseWhenDown();
      try {
        return (await pool.query<Row>(text, [...values])).rows;
      } catch (error) {
        throw told(error);
      }
    },
  };
}
