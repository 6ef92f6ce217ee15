import { randomUUID } from "node:crypto";
import type { CustomerSession, StaffSession } from "#protocol/people.ts";
import type { RefusalCode } from "#protocol/refusals.ts";
import { password, type House } from "./memory-ports.ts";

export type Called = {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The refusal's code; `undefined` for an answer that is none. */
  readonly refused: RefusalCode | undefined;
  as<T>(): T;
};

export type Call = {
  readonly body?: unknown;
  readonly raw?: string | Uint8Array;
  readonly headers?: Record<string, string>;
};

/** One request, and its answer read to the end. */
export async function call(
  url: string,
  method: string,
  path: string,
  { body, raw, headers }: Call = {},
): Promise<Called> {
  const hasBody = body !== undefined || raw !== undefined;
  const answer = await fetch(url + path, {
    method,
    redirect: "manual",
    headers: { ...(hasBody && { "content-type": "application/json" }), ...headers },
    ...(hasBody && { body: (raw as BodyInit | undefined) ?? JSON.stringify(body) }),
  });
  const text = await answer.text();
  const isJson = answer.headers.get("content-type")?.includes("json") ?? false;
  const refused = isJson ? (JSON.parse(text) as { refused?: RefusalCode }).refused : undefined;
  return { status: answer.status, headers: answer.headers, text, refused, as: <T>() => JSON.parse(text) as T };
}

/** Somebody of the staff in a browser of theirs. */
export type Member = {
  readonly session: StaffSession;
  readonly cookie: string;
  ask(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Called>;
};

export async function signIn(url: string, email: string, secret = password): Promise<Member> {
  const entered = await call(url, "POST", "/api/staff/sign-in", { body: { email, password: secret } });
  if (entered.status !== 200) throw new Error(`Signing in was answered ${entered.status} ${entered.text}`);
  const cookie = cookieOf(entered);
  const session = entered.as<StaffSession>();
  const own = { cookie, "x-roomdesk-csrf": session.csrf };
  return {
    session,
    cookie,
    ask: (method, path, body, headers) =>
      call(url, method, path, { ...(body !== undefined && { body }), headers: { ...own, ...headers } }),
  };
}

export const cookieOf = ({ headers }: Called): string => headers.getSetCookie()[0]?.split(";")[0] ?? "";

/** A visitor of a page with the widget, on a device of their own. */
export type Visitor = {
  readonly session: CustomerSession;
  readonly deviceId: string;
  ask(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Called>;
  /** Opens a conversation; its id. */
  open(): Promise<string>;
};

export async function visit(
  url: string,
  { inbox }: House,
  more: { token?: string; identity?: string; deviceId?: string } = {},
): Promise<Visitor> {
  const deviceId = more.deviceId ?? randomUUID();
  const opened = await call(url, "POST", "/api/customers/session", {
    body: { inboxKey: inbox.key, ...more, deviceId },
  });
  if (opened.status !== 200) throw new Error(`The session was answered ${opened.status} ${opened.text}`);
  const session = opened.as<CustomerSession>();
  const own = { authorization: `Bearer ${session.token}`, "x-roomdesk-device": deviceId };
  const ask: Visitor["ask"] = (method, path, body, headers) =>
    call(url, method, path, { ...(body !== undefined && { body }), headers: { ...own, ...headers } });
  const open = async () => {
    const answer = await ask("POST", "/api/conversations", { clientId: randomUUID() });
    return answer.as<{ conversationId: string }>().conversationId;
  };
  return { session, deviceId, ask, open };
}
