import { buildServer, type RunningServer, type ServerSettings } from "../build.ts";
import { keptLog } from "./http-desk.ts";
import { memoryPorts, type MemoryPorts } from "./memory-ports.ts";

export type RunningDesk = RunningServer & { readonly ports: MemoryPorts; readonly logged: readonly string[] };

/** A whole server over ports in memory, on a free port. One at a time in a process: Colyseus keeps one table of rooms. */
export async function runningDesk(settings: Partial<ServerSettings> = {}): Promise<RunningDesk> {
  const ports = memoryPorts();
  const { logged, logger } = keptLog();
  const server = await buildServer(ports, {
    ...{ host: "127.0.0.1", port: 0, publicUrl: undefined, secret: "s".repeat(32), trustedProxies: 0 },
    ...{ clients: "nowhere", nodeId: "test", logger },
    ...settings,
  });
  return { ...server, ports, logged };
}
