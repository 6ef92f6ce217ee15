import type { IncomingHttpHeaders, OutgoingHttpHeaders } from "node:http";
import { sealHeader } from "./node-seal.ts";

// Of this one connection, or about the way to it: the owner learns the client's address from the seal alone.
const ofTheWay = new Set([
  ...["connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "proxy-connection", "te", "trailer"],
  ...["transfer-encoding", "upgrade", "expect", "content-length"],
  ...["forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", sealHeader],
]);

/** What the client said, for the owner to judge: `host` stays, since origins are compared with it. */
export function passedHeaders(headers: IncomingHttpHeaders, seal: string, body?: Uint8Array): OutgoingHttpHeaders {
  const kept = Object.entries(headers).filter(([name]) => !ofTheWay.has(name));
  return { ...Object.fromEntries(kept), ...(body && { "content-length": body.byteLength }), [sealHeader]: seal };
}

const ofTheAnswer = ["content-type", "content-length", "cache-control", "retry-after", "vary", "x-request-id"];

/** What of an answer is the owner's to say. Everything else about it is said by the entry. */
export function answeredHeaders(headers: IncomingHttpHeaders): [string, string | string[]][] {
  return Object.entries(headers).flatMap(([name, value]): [string, string | string[]][] =>
    value !== undefined && (ofTheAnswer.includes(name) || name.startsWith("access-control-")) ? [[name, value]] : [],
  );
}
