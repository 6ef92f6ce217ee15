import type { Request, RequestHandler, Response } from "express";
import { isRefusal, refusals, type Refusal, type RefusalCode } from "#protocol/refusals.ts";

/** What a route answers: a refusal, or a status with a body. */
export type Reply =
  | (Refusal & { readonly ref?: string })
  | { readonly status: 200 | 201; readonly body: object }
  | { readonly status: 204 };
export type Handler = (req: Request, res: Response) => Promise<Reply> | Reply;

export const ok = (body: object): Reply => ({ status: 200, body });
export const created = (body: object): Reply => ({ status: 201, body });
export const done: Reply = { status: 204 };

const statuses = {
  invalid_message: 400,
  not_signed_in: 401,
  wrong_credentials: 401,
  bad_identity: 401,
  forbidden: 403,
  not_yours: 403,
  bad_csrf: 403,
  foreign_origin: 403,
  bad_setup_token: 403,
  not_found: 404,
  unknown_inbox: 404,
  key_reused: 409,
  version_conflict: 409,
  message_deleted: 409,
  conversation_closed: 409,
  already_closed: 409,
  already_open: 409,
  already_joined: 409,
  not_joined: 409,
  too_large: 413,
  empty_message: 422,
  unreadable_text: 422,
  weak_password: 422,
  files_not_accepted: 422,
  too_fast: 429,
  too_many_attempts: 429,
  fault: 500,
  unavailable: 503,
  moved: 503,
} as const satisfies Record<RefusalCode, number>;

export const statusOf = (code: RefusalCode): number => statuses[code];

/** A route that answers with a value; what it throws goes to the last handler of the app. */
export const route =
  (handle: Handler): RequestHandler =>
  async (req, res) => {
    const reply = await handle(req, res);
    if (isRefusal(reply)) sendRefusal(res, reply);
    else if ("body" in reply) res.status(reply.status).json(reply.body);
    else res.status(reply.status).end();
  };

/** @param ref the request's id, given only with a fault so that somebody can find it in the log */
export function sendRefusal(
  res: Response,
  { refused, retryInMs, ...rest }: Refusal & { ref?: string | undefined },
): void {
  const status = statusOf(refused);
  if (status === 429 || status === 503) res.setHeader("retry-after", String(Math.ceil((retryInMs ?? 1000) / 1000)));
  const { say } = refusals[refused];
  res.status(status).json({ refused, say, ...(retryInMs !== undefined && { retryInMs }), ...rest });
}
