import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { networkInterfaces } from "node:os";
import { CannotStart } from "./refused.ts";

type Place = { readonly host: string; readonly port: number };

/** Listens, or says in one sentence why this place cannot be had. */
export async function listen(server: Server, { host, port }: Place): Promise<void> {
  try {
    server.listen(port, host);
    await once(server, "listening");
  } catch (cause) {
    throw new CannotStart(sentence(cause, { host, port }), { cause });
  }
}

function sentence(cause: unknown, { host, port }: Place): string {
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "unknown";
  switch (code) {
    case "EADDRINUSE":
      return `Port ${port} is taken by another program. Stop it, or set PORT to another number.`;
    case "EACCES":
      return `This user may not open port ${port}. Set PORT to a number above 1023.`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return `This machine has no address ${host}. Correct HOST.`;
    default:
      return `Roomdesk cannot listen on ${host}:${port} (${code}).`;
  }
}

/** Where other nodes reach this one: where it listens, or on a machine with many addresses, the first of the network's. */
export function nodeAddress(server: Server, host: string): string {
  const { port } = server.address() as AddressInfo;
  const name = ["0.0.0.0", "::"].includes(host) ? ownAddress() : host;
  return `http://${name.includes(":") ? `[${name}]` : name}:${port}`;
}

function ownAddress(): string {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return all.find(({ internal, family }) => !internal && family === "IPv4")?.address ?? "127.0.0.1";
}
