import { randomUUID } from "node:crypto";
import type { RequestHandler, Response } from "express";
import type { Logger } from "pino";

const ids = new WeakMap<Response, string>();

/** The id under which a request stands in the log, in the audit log and in the answer. */
export const requestIdOf = (res: Response): string => ids.get(res) ?? "";

/** One line per request, for those who want them (debug): what was asked and how it went. What was denied has a line of its own. No body, no query, no header and no path of somebody's making. */
export const requestLog =
  (log: Logger): RequestHandler =>
  (req, res, next) => {
    const id = randomUUID();
    const began = performance.now();
    ids.set(res, id);
    res.setHeader("x-request-id", id);
    res.on("finish", () => {
      const route = (req.route as { path?: unknown } | undefined)?.path;
      const ms = Math.round(performance.now() - began);
      log.debug({ event: "request", id, method: req.method, route: routeName(route), status: res.statusCode, ms });
    });
    next();
  };

// The pattern (`/api/conversations/:id/seat`), never what stood in its place: an unknown path may be somebody's secret.
const routeName = (path: unknown): string => (typeof path === "string" ? path : "none");
