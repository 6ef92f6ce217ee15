import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { pipeline } from "node:stream/promises";
import type { Request, RequestHandler, Response } from "express";
import type { Logger } from "pino";
import { Unavailable } from "#core/ports/conversation-log.ts";
import type { Whereabouts } from "#rooms/cluster/whereabouts.ts";
import { idIn } from "../http/accept.ts";
import { rawBody } from "../http/json-body.ts";
import { type Asked, type Elsewhere, NoAnswer, NodeGone, type NodeLines } from "./node-line.ts";
import type { NodeSeal } from "./node-seal.ts";
import { isPassedOn } from "./from-nodes.ts";
import { answeredHeaders, passedHeaders } from "./passed-headers.ts";

export type PassOnParts = {
  readonly whereabouts: Whereabouts;
  readonly seal: NodeSeal;
  readonly lines: NodeLines;
  readonly log: Logger;
};

const tries = 3;
const longestHoldSeconds = 20;

/** A request about one conversation's room, for the node that has it. The owner judges who asks; here nobody does. */
export const passOn = (parts: PassOnParts): RequestHandler => passOnFor(parts, idIn);

/** A request for a room that any node may have, such as a workspace's: for another node while this one is leaving. */
export const passOnFromLeaving = (parts: PassOnParts, isLeaving: () => boolean): RequestHandler =>
  passOnFor(parts, () => (isLeaving() ? randomUUID() : undefined));

/** @param roomOf what the place is looked up by; `undefined` for what is served here */
function passOnFor(parts: PassOnParts, roomOf: (req: Request) => string | undefined): RequestHandler {
  return async (req, res, next) => {
    const id = roomOf(req);
    if (id === undefined || req.method === "OPTIONS" || isPassedOn(req)) return next();
    const left = new AbortController();
    res.once("close", () => left.abort());
    try {
      const answer = await findAnswer(parts, req, id, left.signal);
      if (answer === "here") next();
      else await relay(answer, res);
    } catch (failure) {
      if (!left.signal.aborted) throw failure; // who has left needs no answer
    }
  };
}

async function findAnswer(parts: PassOnParts, req: Request, id: string, signal: AbortSignal): Promise<Answer | "here"> {
  let before: Answer | undefined;
  for (let turn = 0; turn < tries; turn += 1) {
    const place = await parts.whereabouts.of(id);
    if (place.here) return "here";
    if (before?.from === place.nodeId) return before;
    const answer = await askOne(parts, req, place, id, signal);
    if (answer === "gone") continue;
    if (!answer.isMoved) return answer;
    before = answer; // asked once more where it has moved to, and told to come back when nobody knows yet
  }
  if (before) return before;
  throw new Unavailable("No node that was named answered");
}

type Answer = {
  readonly from: string;
  readonly head: IncomingMessage;
  /** Of an answer that was read because it decides how to go on. */
  readonly body?: string;
  readonly isMoved: boolean;
};

async function askOne(
  { whereabouts, seal, lines, log }: PassOnParts,
  req: Request,
  place: Elsewhere,
  id: string,
  signal: AbortSignal,
): Promise<Answer | "gone"> {
  try {
    const head = await lines.ask(place, asked(req, place.nodeId, seal), signal);
    if (head.statusCode === 421) throw dumped(head, new NodeGone("another process by now"));
    if (head.statusCode !== 503) return { from: place.nodeId, head, isMoved: false };
    const body = await text(head);
    return { from: place.nodeId, head, body, isMoved: body.includes('"refused":"moved"') };
  } catch (failure) {
    if (failure instanceof NoAnswer) throw new Unavailable("The owner is slow", { cause: failure });
    if (!(failure instanceof NodeGone)) throw failure;
    log.warn({ event: "suspect", node: place.nodeId, code: failure.message });
    await whereabouts.suspect(place.nodeId, id);
    return "gone";
  }
}

function asked(req: Request, to: string, seal: NodeSeal): Asked {
  const { method, originalUrl: url } = req;
  const body = rawBody(req);
  const sealed = seal.seal(to, req.ip ?? "", { method, url, body });
  return { method, url, body, headers: passedHeaders(req.headers, sealed, body), heldMs: heldMs(req) };
}

function heldMs({ query }: Request): number {
  const seconds = Number(query["wait"]);
  return seconds > 0 ? Math.min(seconds, longestHoldSeconds) * 1000 : 0;
}

function dumped<T>(answer: IncomingMessage, and: T): T {
  answer.resume(); // so that the line can be used again
  return and;
}

async function text(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of answer) chunks.push(chunk as Buffer);
  } catch {
    throw new NodeGone("cut in the middle");
  }
  return Buffer.concat(chunks).toString();
}

async function relay({ head, body }: Answer, res: Response): Promise<void> {
  res.status(head.statusCode ?? 502);
  for (const [name, value] of answeredHeaders(head.headers)) res.setHeader(name, value);
  if (body !== undefined) return void res.end(body);
  // Cut in the middle it is cut for the client too, which asks again: a short body would look whole.
  await pipeline(head, res).catch(() => res.destroy());
}
