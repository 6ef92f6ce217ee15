import type { BeforeUpgradeHandler } from "@colyseus/core";
import type { RoomWorld } from "../ports.ts";
import type { Sockets } from "./sockets.ts";

/**
 * Who may open a socket at all: before the handshake, so that the refused cost nothing more. A browser always says which
 * page asks, and a seat works only from the page it was given to; programs that are no browser say nothing.
 */
export function beforeUpgrade(
  sockets: Sockets,
  { report, isAllowedOrigin }: Pick<RoomWorld, "report" | "isAllowedOrigin">,
): BeforeUpgradeHandler {
  const refuse = (status: 401 | 403, reason: string) => {
    report.closed({ reason });
    return new Response(null, { status });
  };
  return (request, context) => {
    const origin = context.headers.get("origin") ?? undefined;
    const userAgent = context.headers.get("user-agent") ?? "";
    if (!isKnownPage({ origin, userAgent }, isAllowedOrigin)) return refuse(403, "foreign_origin");
    const { ticket, roomId } = seatAskedFor(request.url);
    const used = sockets.use(ticket, roomId, { userAgent, origin });
    if (used === "foreign") return refuse(403, "foreign_origin");
    return used === "ok" ? undefined : refuse(401, "bad_seat");
  };
}

/** The part of the rule that needs no seat: an entry asks it too, before it passes a socket on to another node. */
export function isKnownPage(
  { origin, userAgent = "" }: { origin: string | undefined; userAgent: string | undefined },
  isAllowedOrigin: (origin: string) => boolean = () => true,
): boolean {
  return origin === undefined ? !isBrowser(userAgent) : origin !== "null" && isAllowedOrigin(origin);
}

/** `/{processId}/{roomId}?sessionId={ticket}`, as the Colyseus SDK asks. */
export function seatAskedFor(url: string): { ticket: string; roomId: string } {
  const { pathname, searchParams } = new URL(url, "http://desk");
  return { ticket: searchParams.get("sessionId") ?? "", roomId: pathname.split("/").at(-1) ?? "" };
}

const isBrowser = (userAgent: string): boolean => userAgent.startsWith("Mozilla/");
