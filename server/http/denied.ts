import type { Response } from "express";
import type { AuditEntry } from "#core/ports/audit.ts";
import type { Desk } from "../desk.ts";
import { described } from "../logger.ts";
import { requestIdOf } from "./request-log.ts";

type Denial = Pick<AuditEntry, "actorId" | "actorRole" | "action" | "objectType" | "objectId"> & {
  /** `undefined` when nobody knows whose desk it was tried at: then only the log tells. */
  readonly orgId: string | undefined;
  readonly code: string;
};

/**
 * Tells that somebody was refused, once, in the log and in the audit log. Not waited for: a refusal must take as long for
 * what exists as for what does not, and stands whether or not it could be written down.
 */
export function denied(desk: Desk, res: Response, { orgId, code, ...what }: Denial): void {
  const requestId = requestIdOf(res);
  desk.log.warn({ event: "denied", id: requestId, code, ...what });
  if (orgId === undefined) return;
  const entry = { orgId, ...what, outcome: "denied" as const, requestId, detail: { code } };
  desk.audit.write(entry).catch((failure: unknown) => {
    desk.log.error({ event: "fault", id: requestId, where: "audit", ...described(failure) });
  });
}
