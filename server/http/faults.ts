import type { ErrorRequestHandler } from "express";
import type { Logger } from "pino";
import { refuse, type Refusal } from "#protocol/refusals.ts";
import { Unavailable } from "#core/ports/conversation-log.ts";
import { described } from "../logger.ts";
import { sendRefusal } from "./reply.ts";
import { requestIdOf } from "./request-log.ts";

/** The last handler: whatever was thrown leaves as a refusal. What it was stands in the log only, under the same id. */
export const faults =
  (log: Logger): ErrorRequestHandler =>
  (failure: unknown, _req, res, _next) => {
    const id = requestIdOf(res);
    const refusal = refusalFor(failure);
    if (refusal.refused === "fault") log.error({ event: "fault", id, ...described(failure) });
    else if (refusal.refused === "unavailable") log.warn({ event: "unavailable", id });
    if (res.headersSent) res.destroy();
    else sendRefusal(res, refusal.refused === "fault" ? { ...refusal, ref: id } : refusal);
  };

function refusalFor(failure: unknown): Refusal {
  if (failure instanceof Unavailable) return refuse("unavailable", 1000);
  const type = bodyFailure(failure);
  if (type === "entity.too.large") return refuse("too_large");
  return refuse(type === undefined ? "fault" : "invalid_message");
}

/** express.json() says by `type` what was wrong with a body; a broken escape in a path is a `URIError` with a status. */
function bodyFailure(failure: unknown): string | undefined {
  if (!(failure instanceof Error) || !("status" in failure)) return undefined;
  const isTheirs = typeof failure.status === "number" && failure.status >= 400 && failure.status < 500;
  if (!isTheirs) return undefined;
  return "type" in failure && typeof failure.type === "string" ? failure.type : "request";
}
