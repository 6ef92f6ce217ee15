import type { IncomingMessage } from "node:http";
import type { RequestHandler } from "express";
import type { Logger } from "pino";
import { rawBody } from "../http/json-body.ts";
import { type NodeSeal, sealHeader, type Vouched } from "./node-seal.ts";

const vouched = new WeakMap<IncomingMessage, Vouched>();

/** Whether another node has passed this on: then it is served here, wherever its room should be. */
export const isPassedOn = (request: IncomingMessage): boolean => vouched.has(request);

/** "outside": from a client. "node": passed on, once. "false": it claims to be and is not. */
export type Origin = "outside" | "node" | "false";

/** Where a request comes from. To be asked once for each: a seal is good once. */
export function originOf(request: IncomingMessage, url: string, seal: NodeSeal): Origin {
  const given = request.headers[sealHeader];
  if (given === undefined) return "outside";
  const found = typeof given === "string" && seal.open(given, { method: request.method ?? "", url });
  if (!found) return "false";
  vouched.set(request, found);
  return "node";
}

/**
 * First of all: what a node passes on has the client's address from here on, for every limit and log. A false seal is not
 * taken for an outside request: two nodes that do not know each other's would pass such a request on for ever.
 */
export const fromNodes =
  (seal: NodeSeal, log: Logger): RequestHandler =>
  (req, res, next) => {
    const origin = originOf(req, req.originalUrl, seal);
    if (origin === "false") return refuseSeal(log, res);
    const ip = vouched.get(req)?.ip;
    if (ip !== undefined) Object.defineProperty(req, "ip", { value: ip });
    next();
  };

/** After the body was read: it must be the one that was passed on. */
export const wholeBody =
  (log: Logger): RequestHandler =>
  (req, res, next) => {
    const { isBody } = vouched.get(req) ?? {};
    if (isBody && !isBody(rawBody(req))) refuseSeal(log, res);
    else next();
  };

function refuseSeal(log: Logger, res: Parameters<RequestHandler>[1]): void {
  log.warn({ event: "denied", code: "bad_node_seal" });
  res.status(421).end(); // misdirected: whoever it was made for is not here
}
