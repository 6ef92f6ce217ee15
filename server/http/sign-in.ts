import { setTimeout as delay } from "node:timers/promises";
import type { Request, Response } from "express";
import { SignIn, type StaffSession } from "#protocol/people.ts";
import { isRefusal, refuse, type Refusal } from "#protocol/refusals.ts";
import type { StaffUser } from "#core/ports/staff.ts";
import type { Desk } from "../desk.ts";
import { addressKey } from "../throttles.ts";
import { hashed, newSecret } from "../tokens.ts";
import { accept } from "./accept.ts";
import { denied } from "./denied.ts";
import { isOwnOrigin } from "./origin.ts";
import { requestIdOf } from "./request-log.ts";
import { sessionSecret, setSessionCookie } from "./session-cookie.ts";
import { asStaffSession } from "./staff-caller.ts";

const HOUR_MS = 3_600_000;
const sessionMs = { remembered: 30 * 24 * HOUR_MS, usual: 12 * HOUR_MS };

/** Where people have signed in before: an attack on their name from elsewhere must not lock them out. */
type KnownPlaces = Set<string>;
const knownPlacesMax = 10_000;

export const signIn = (desk: Desk) => {
  const knownPlaces: KnownPlaces = new Set();
  return async (req: Request, res: Response): Promise<StaffSession | Refusal> => {
    if (!isOwnOrigin(req, desk.site)) return refuse("foreign_origin");
    const address = addressKey(req.ip);
    const waitMs = await desk.throttles.signInByAddress.tooMany(address);
    if (waitMs !== undefined || desk.passwords.isFull) return tooMany(desk, res, waitMs);
    const asked = accept(SignIn, req.body);
    const began = performance.now();
    const user = await recognise(desk, res, asked, address, knownPlaces);
    if (isRefusal(user)) return inStep(user, performance.now() - began, desk.refusalPaceMs);
    await desk.throttles.signInByAddress.forgive(address);
    remember(knownPlaces, placeOf(user.email, address));
    return beginSession(desk, req, res, user, !isRefusal(asked) && asked.remember);
  };
};

async function recognise(
  desk: Desk,
  res: Response,
  asked: SignIn | Refusal,
  address: string,
  knownPlaces: KnownPlaces,
): Promise<StaffUser | Refusal> {
  const { email, password } = isRefusal(asked) ? { email: "", password: "" } : asked;
  // Who names nobody guesses nobody's password; their address is counted all the same.
  if (!isRefusal(asked) && !knownPlaces.has(placeOf(email, address))) {
    const waitMs = await desk.throttles.signInByUser.tooMany(personKey(email));
    if (waitMs !== undefined) return tooMany(desk, res, waitMs);
  }
  const found = isRefusal(asked) ? undefined : await desk.staff.credentials(email);
  if ((await desk.passwords.matches(found?.passwordHash, password)) && found) return found.user;
  const { id = null, orgId, role = "none" } = found?.user ?? {};
  denied(desk, res, {
    orgId,
    actorId: null,
    actorRole: role,
    action: "staff.sign_in",
    objectType: "user",
    objectId: id,
    code: "wrong_credentials",
  });
  return refuse("wrong_credentials");
}

/** Answers at the next step of a slow clock: looking somebody up who exists takes longer than somebody who does not. */
async function inStep(refusal: Refusal, tookMs: number, paceMs: number): Promise<Refusal> {
  await delay(paceMs - (tookMs % paceMs));
  return refusal;
}

/** A new session under a new id, whatever cookie came with the request: a planted one is worth nothing. */
export async function beginSession(
  desk: Desk,
  req: Request,
  res: Response,
  user: StaffUser,
  remembered: boolean,
): Promise<StaffSession> {
  const before = sessionSecret(req, desk.site);
  if (before !== undefined) await desk.staff.endSession(hashed(before), requestIdOf(res));
  const secret = newSecret();
  const id = hashed(secret);
  const expiresAt = desk.now() + (remembered ? sessionMs.remembered : sessionMs.usual);
  const device = (req.headers["user-agent"] ?? "").slice(0, 200);
  const session = { id, userId: user.id, orgId: user.orgId, expiresAt, device };
  await desk.staff.startSession(session, requestIdOf(res));
  setSessionCookie(res, desk.site, secret, remembered ? sessionMs.remembered : undefined);
  return asStaffSession(desk, { id, user });
}

export const actor = (user: StaffUser) => ({ orgId: user.orgId, actorId: user.id, actorRole: user.role });

function tooMany(desk: Desk, res: Response, waitMs = 5000): Refusal {
  const nobody = { orgId: undefined, actorId: null, actorRole: "none", objectType: "user", objectId: null };
  denied(desk, res, { ...nobody, action: "staff.sign_in", code: "too_many_attempts" });
  return refuse("too_many_attempts", waitMs);
}

// Hashed, so that a heap dump of these maps lists no addresses.
const personKey = (email: string) => hashed(email.trim().toLowerCase());
const placeOf = (email: string, address: string) => `${personKey(email)}|${address}`;

function remember(places: KnownPlaces, place: string): void {
  places.delete(place);
  places.add(place);
  const [oldest] = places;
  if (places.size > knownPlacesMax && oldest !== undefined) places.delete(oldest);
}
