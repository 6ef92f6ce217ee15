import { createHash } from "node:crypto";
import * as z from "zod";
import { dumpLines } from "./dump-lines.ts";
import { nodeLines } from "./node-lines.ts";
import { runLines } from "./run-lines.ts";
import { screenLines } from "./screen-lines.ts";

/** A line of a history: who noticed what, and when. One JSONL file per process, in the order it happened there. */
export const HistoryLine = z.discriminatedUnion("what", [...runLines, ...screenLines, ...nodeLines, ...dumpLines]);
export type HistoryLine = z.infer<typeof HistoryLine>;
/** The line of one `what`. */
export type LineOf<What extends HistoryLine["what"]> = Extract<HistoryLine, { what: What }>;
/** What a writer is told; it adds when. */
export type Noted = HistoryLine extends infer L ? (L extends HistoryLine ? Omit<L, "t"> : never) : never;

/** Milliseconds of CLOCK_MONOTONIC: the same clock in every process of the machine, whatever the wall clock does. */
export const monotonicMs = (): number => Number(process.hrtime.bigint() / 1000n) / 1000;

/** Texts are compared by this; histories and reports hold none. */
export const textHash = (text: string | null): string | null =>
  text === null ? null : createHash("sha256").update(text).digest("base64url").slice(0, 22);
