import type { Ack, Fetched, Paged, Refused } from "#protocol/conversation.ts";
import { refusals, type Refusal, type RefusalCode } from "#protocol/refusals.ts";
import type { Listed } from "#protocol/workspace.ts";

/**
 * Only exactly this is an ack. A handler that failed in Colyseus answers a request with `undefined`; taken for an ack it
 * would lose the message.
 */
export const isAck = (answer: unknown): answer is Ack =>
  isObject(answer) &&
  answer.ok === true &&
  isNumber(answer.seq) &&
  answer.seq > 0 &&
  isNumber(answer.at) &&
  typeof answer.id === "string";

export const isRefused = (answer: unknown): answer is Refused =>
  isObject(answer) && answer.ok === false && isRefusalCode(answer.code);

export const isFetched = (answer: unknown): answer is Fetched =>
  isObject(answer) && answer.ok === true && Array.isArray(answer.frames) && isNumber(answer.upTo);

export const isPaged = (answer: unknown): answer is Paged =>
  isObject(answer) && answer.ok === true && Array.isArray(answer.lines) && isNumber(answer.asOf);

export const isListed = (answer: unknown): answer is Listed =>
  isObject(answer) && answer.ok === true && Array.isArray(answer.rows) && isObject(answer.counts);

export const isRefusalCode = (code: unknown): code is RefusalCode =>
  typeof code === "string" && Object.hasOwn(refusals, code);

/** Whether the same request may succeed later. */
export const isTransient = (code: RefusalCode): boolean => refusals[code].retry;

export const refusalOf = ({ code, retryInMs }: Refused): Refusal =>
  retryInMs === undefined ? { refused: code } : { refused: code, retryInMs };

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function isNumber(value: unknown): value is number {
  return Number.isSafeInteger(value);
}
