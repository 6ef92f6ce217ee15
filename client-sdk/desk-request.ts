import type { Refusal } from "#protocol/refusals.ts";
import { isRefusalCode } from "./answers.ts";
import { withSecondTry } from "./second-try.ts";
import type { Clock } from "./world.ts";

/** Nobody answered: no network, no server, or something in between that is not the desk. */
export type Unreachable = { readonly unreachable: true };
export const unreachable: Unreachable = { unreachable: true };

export type Failed = Refusal | Unreachable;

export const failed = (answer: unknown): answer is Failed =>
  typeof answer === "object" && answer !== null && ("refused" in answer || "unreachable" in answer);

export type DeskRequest = {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly body?: unknown;
  readonly withinMs?: number;
  /** Asked again beside the first when there is no answer after this long: for what may be said twice. */
  readonly againAfterMs?: number;
  /** Says nothing of who we are. */
  readonly isAnonymous?: boolean;
};

/** Asks the desk over HTTP. Never throws for what the network or the desk does. */
export type AskDesk = (request: DeskRequest) => Promise<unknown>;

export type DeskSettings = {
  /** Origin of the desk, without a path. */
  readonly desk: string;
  readonly clock: Clock;
  /** Who we are: tokens travel in headers only, never in a URL. */
  readonly identity: () => Readonly<Record<string, string>>;
  /** `omit` for customers: the cookie of an agent in the same browser is not theirs. */
  readonly credentials: "omit" | "same-origin";
  readonly fetch?: typeof globalThis.fetch | undefined;
};

const usualMs = 10_000;

export function askDesk(settings: DeskSettings): AskDesk {
  const ask = askOnce(settings);
  return (request) =>
    request.againAfterMs === undefined
      ? ask(request)
      : withSecondTry(settings.clock, request.againAfterMs, () => ask(request), isUnreachable);
}

const isUnreachable = (answer: unknown) => failed(answer) && "unreachable" in answer;

function askOnce(settings: DeskSettings): AskDesk {
  const { desk, clock, credentials, identity } = settings;
  const fetch = settings.fetch ?? ((...args: Parameters<typeof globalThis.fetch>) => globalThis.fetch(...args));
  return async ({ method, path, body, withinMs = usualMs, isAnonymous = false }) => {
    const abort = new AbortController();
    const cancel = clock.after(withinMs, () => abort.abort());
    try {
      const response = await fetch(new URL(path, desk), {
        method,
        credentials,
        signal: abort.signal,
        headers: { ...(!isAnonymous && identity()), ...(method === "POST" && { "content-type": "application/json" }) },
        ...(method === "POST" && { body: JSON.stringify(body ?? {}) }),
      });
      return await read(response);
    } catch {
      return unreachable; // no network, aborted, or cut in the middle: all of them mean "ask again later"
    } finally {
      cancel();
    }
  };
}

async function read(response: Response): Promise<unknown> {
  if (response.status === 204) return undefined;
  const answer = (await response.json()) as unknown;
  return response.ok ? answer : asRefusal(answer);
}

/** A proxy's own error page is not a refusal of the desk. */
function asRefusal(answer: unknown): Failed {
  const { refused, retryInMs } = (answer ?? {}) as { refused?: unknown; retryInMs?: unknown };
  if (!isRefusalCode(refused)) return unreachable;
  const refusal: Refusal = { refused };
  return typeof retryInMs === "number" ? { ...refusal, retryInMs } : refusal;
}
