import type { Logger as ColyseusLogger } from "@colyseus/core/Logger";
import pino, { type Logger } from "pino";
import type { Report } from "#rooms/ports.ts";

/** One JSON line per event on standard error, so that standard output stays for people. JSON keeps CR and LF harmless. */
export const createLogger = (level: string): Logger =>
  pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination({ dest: 2, sync: false }));

/** What the rooms tell, with ids and codes only. */
export const reportTo = (log: Logger): Report => ({
  fault: ({ error, where, ref }) => log.error({ event: "fault", id: ref, where, ...described(error) }),
  redis: ({ isUp, error }) =>
    isUp ? log.info({ event: "redis up" }) : log.warn({ event: "redis away", ...described(error) }),
  closed: (closed) => log.info({ event: "closed", ...closed }),
});

/**
 * Colyseus prints whole stacks, of refused sockets and taken ports alike. What went wrong in our rooms they report
 * themselves; of the rest the first line is enough.
 */
export const colyseusLogger = (log: Logger): ColyseusLogger => {
  const tell = (first: unknown) => log.debug({ event: "colyseus", message: cut(String(first)) });
  return { debug: tell, error: tell, info: tell, trace: tell, warn: tell };
};

/**
 * What of a failure may stand in a log. Its message is cut to the first line and loses what it quotes: database errors
 * repeat values and parameters there.
 */
export function described(failure: unknown): { error: string; code?: string; message: string; at: string[] } {
  if (!(failure instanceof Error)) return { error: typeof failure, message: "", at: [] };
  const frames = (failure.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  return {
    error: failure.name,
    ...codeOf(failure),
    message: cut(failure.message),
    at: frames.slice(0, 12).map((line) => line.trim()),
  };
}

function codeOf(failure: Error): { code?: string } {
  const carriers = [failure, failure.cause];
  for (const carrier of carriers)
    if (carrier instanceof Error && "code" in carrier && typeof carrier.code === "string")
      return { code: carrier.code };
  return {};
}

const cut = (text: string): string => (text.split("\n", 1)[0] ?? "").replaceAll(/"[^"]*"|'[^']*'/g, "…").slice(0, 200);
