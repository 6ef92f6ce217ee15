import { Socket } from "node:net";
import pg from "pg";

export type PoolOptions = { readonly url: string; readonly name: string; readonly max: number };

/** The connections of one login, all of which can be cut at once. */
export type Pool = { readonly pool: pg.Pool; cut(): void; close(): Promise<void> };

const limits = {
  // Waiting for a free connection counts too.
  connectionTimeoutMillis: 2000,
  lock_timeout: 2500,
  statement_timeout: 10_000,
  idle_in_transaction_session_timeout: 10_000,
  // For connections that died without a word; the server's own limits come first.
  query_timeout: 15_000,
  keepAlive: true,
  keepAliveInitialDelayMillis: 5000,
  idleTimeoutMillis: 30_000,
} satisfies pg.PoolConfig;

export function openPool({ url, name, max }: PoolOptions, onTrouble: () => void): Pool {
  const sockets = new Set<Socket>();
  const stream = () => {
    const socket = new Socket();
    sockets.add(socket);
    return socket.once("close", () => sockets.delete(socket));
  };
  const application = { application_name: `roomdesk ${name}`, pipeline: true };
  const pool = new pg.Pool({ ...limits, ...application, connectionString: url, max, stream });
  pool.on("error", onTrouble); // an idle connection was lost; without a listener the process would end
  return {
    pool,
    cut: () => sockets.forEach((socket) => socket.destroy()),
    close: async () => {
      const patience = setTimeout(() => sockets.forEach((socket) => socket.destroy()), 5000);
      await pool.end();
      clearTimeout(patience);
    },
  };
}
