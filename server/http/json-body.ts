import type { IncomingMessage } from "node:http";
import express from "express";
import { limits } from "#protocol/limits.ts";

const raw = new WeakMap<IncomingMessage, Buffer>();

/** The body as it came, once `jsonBody` has read it; `undefined` when there was none that could be JSON. */
export const rawBody = (request: IncomingMessage): Buffer | undefined => raw.get(request);

// Compressed bodies are not taken: what they unpack to is known too late.
export const jsonBody = express.json({
  limit: limits.frameMaxBytes,
  inflate: false,
  strict: true,
  verify: (request, _response, body) => void raw.set(request, body),
});
