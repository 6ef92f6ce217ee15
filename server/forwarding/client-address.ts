import type { IncomingMessage } from "node:http";

/** The client's address behind so many proxies of ours, as Express' `trust proxy` finds it for requests. */
export function clientAddress({ headers, socket }: IncomingMessage, trustedProxies: number): string {
  const forwarded = headers["x-forwarded-for"];
  const said = (typeof forwarded === "string" ? forwarded.split(",") : []).map((address) => address.trim()).reverse();
  const way = [socket.remoteAddress ?? "", ...said.filter(Boolean)];
  return way[Math.min(trustedProxies, way.length - 1)] ?? "";
}
