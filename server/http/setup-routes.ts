import { Router, type Request, type Response } from "express";
import { Setup, type StaffSession } from "#protocol/people.ts";
import { limits } from "#protocol/limits.ts";
import { isRefusal, refuse, type Refusal } from "#protocol/refusals.ts";
import type { Desk } from "../desk.ts";
import { isGuessable } from "../passwords.ts";
import { addressKey } from "../throttles.ts";
import { hashed } from "../tokens.ts";
import { accept } from "./accept.ts";
import { denied } from "./denied.ts";
import { isOwnOrigin } from "./origin.ts";
import { created, route } from "./reply.ts";
import { requestIdOf } from "./request-log.ts";
import { beginSession } from "./sign-in.ts";

export function setupRoutes(desk: Desk): Router {
  return Router().post(
    "/api/setup",
    route(async (req, res) => {
      const session = await setUp(desk, req, res);
      return isRefusal(session) ? session : created(session);
    }),
  );
}

async function setUp(desk: Desk, req: Request, res: Response): Promise<StaffSession | Refusal> {
  if (!isOwnOrigin(req, desk.site)) return refuse("foreign_origin");
  const waitMs = await desk.throttles.setupByAddress.tooMany(addressKey(req.ip));
  if (waitMs !== undefined) return refuse("too_many_attempts", waitMs);
  const asked = accept(Setup, req.body);
  if (isRefusal(asked)) return isTooShort(req.body) ? refuse("weak_password") : asked;
  const tokenHash = hashed(asked.token);
  if (!(await desk.setup.isOffered(tokenHash))) return badToken(desk, res);
  if (isGuessable(asked.password, asked.email)) return refuse("weak_password");
  const { organisation, name, email } = asked;
  const passwordHash = await desk.passwords.hash(asked.password);
  const first = { organisation, inboxName: organisation, admin: { name, email, passwordHash } };
  const admin = await desk.setup.complete(first, { tokenHash }, requestIdOf(res));
  return admin ? beginSession(desk, req, res, admin, false) : badToken(desk, res);
}

function badToken(desk: Desk, res: Response): Refusal {
  const nobody = { orgId: undefined, actorId: null, actorRole: "none", objectType: "desk", objectId: null };
  denied(desk, res, { ...nobody, action: "desk.set_up", code: "bad_setup_token" });
  return refuse("bad_setup_token");
}

/** The one thing wrong that a person can mend by reading about it. */
function isTooShort(body: unknown): boolean {
  if (typeof body !== "object" || body === null || !("password" in body)) return false;
  const { password } = body;
  if (typeof password !== "string" || password.length >= limits.passwordMinChars) return false;
  return Setup.safeParse({ ...body, password: "x".repeat(limits.passwordMinChars) }).success;
}
