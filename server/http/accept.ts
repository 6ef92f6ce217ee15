import type { Request } from "express";
import { refuse, type Refusal } from "#protocol/refusals.ts";

/** A schema of the protocol, seen without its library. */
type Schema<T> = { safeParse(value: unknown): { success: true; data: T } | { success: false } };

/** The body as the schema says, or a refusal. What was wrong with it is not repeated: it may hold anything. */
export function accept<T>(schema: Schema<T>, value: unknown): T | Refusal {
  const parsed = schema.safeParse(value);
  return parsed.success ? parsed.data : refuse("invalid_message");
}

/** For requests that say nothing: no body, or an empty object. */
export function acceptNothing({ body }: Request): Refusal | undefined {
  const given: unknown = body;
  if (given === undefined) return undefined;
  const isEmpty =
    typeof given === "object" && given !== null && !Array.isArray(given) && Object.keys(given).length === 0;
  return isEmpty ? undefined : refuse("invalid_message");
}

/** Whole numbers of a query; `undefined` in the answer for one that was not given. Anything else is refused. */
export function acceptNumbers<const K extends string>(
  { query }: Request,
  names: readonly K[],
): Partial<Record<K, number>> | Refusal {
  const found: Partial<Record<K, number>> = {};
  for (const [name, value] of Object.entries(query)) {
    const known = names.find((one) => one === name);
    if (!known || typeof value !== "string" || !/^\d{1,9}$/.test(value)) return refuse("invalid_message");
    found[known] = Number(value);
  }
  return found;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The id in a path, or `undefined` for what can be no id of ours. In one spelling only: two would name two rooms. */
export function idIn(req: Request): string | undefined {
  const id = req.params["id"];
  return typeof id === "string" && uuid.test(id) ? id : undefined;
}
