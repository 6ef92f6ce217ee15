import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Writable } from "node:stream";
import pino from "pino";
import { deskOf, type Desk, type DeskSettings } from "../desk.ts";
import type { Forwarding } from "../forwarding/forwarding.ts";
import { httpApp } from "../http/app.ts";
import { memoryPorts, type MemoryPorts } from "./memory-ports.ts";

export type HttpDesk = {
  readonly url: string;
  readonly ports: MemoryPorts;
  readonly desk: Desk;
  /** Every line that was logged. */
  readonly logged: readonly string[];
  /** What the rooms were told, in order. */
  readonly told: { closed: string[]; renewed: string[]; changed: string[] };
  close(): Promise<void>;
};

export type HttpDeskSettings = Partial<DeskSettings> & {
  readonly ports?: MemoryPorts;
  readonly conversations?: Partial<Desk["rooms"]["conversations"]>;
  /** Made with the log of this desk. */
  readonly between?: (log: Desk["log"]) => Forwarding["http"];
};

/** The HTTP side alone, over ports in memory: for routes that lead into no room. */
export async function httpDesk({
  ports = memoryPorts(),
  conversations,
  between,
  ...settings
}: HttpDeskSettings = {}): Promise<HttpDesk> {
  const { logged, logger } = keptLog();
  const told = { closed: [] as string[], renewed: [] as string[], changed: [] as string[] };
  const nowhere = () => Promise.resolve({ refused: "unavailable" as const });
  const unanswered = () => Promise.resolve({ ok: false as const, code: "unavailable" as const });
  const rooms: Desk["rooms"] = {
    seats: { conversation: nowhere, workspace: nowhere },
    conversations: { post: unanswered, signal: unanswered, poll: unanswered, page: unanswered, ...conversations },
    closeSessions: (ids) => void told.closed.push(...ids),
    renew: (ids) => void told.renewed.push(...ids),
    inboxChanged: (orgId) => void told.changed.push(orgId),
  };
  const usual = {
    publicUrl: undefined,
    secret: "s".repeat(32),
    trustedProxies: 0,
    clients: "nowhere",
    refusalPaceMs: 1,
    logger,
  };
  const desk = deskOf(ports, { ...usual, ...settings }, { rooms, isReady: () => ports.isUp() });
  const server = createServer(httpApp(desk, between?.(logger))).listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = async () => {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  };
  return { url, ports, desk, logged, told, close };
}

export function keptLog() {
  const logged: string[] = [];
  const into = new Writable({
    write(chunk: Buffer, _encoding, done) {
      logged.push(...chunk.toString().split("\n").filter(Boolean));
      done();
    },
  });
  return { logged, logger: pino({ level: "trace", base: null }, into) };
}
