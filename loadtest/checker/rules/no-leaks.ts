import type { Rule } from "../verdict.ts";

/** What a healthy process may have grown by between its warm start and the end. */
const heapMayGrow = { times: 1.5, bytes: 32 * 1024 * 1024 };

export const noLeaks: Rule = {
  invariant: "I24",
  judge: ({ all }, findings) => {
    for (const trouble of all.of("trouble")) {
      const { kind, message } = trouble.line;
      const isLeak = kind === "warning" && /MaxListeners|memory leak/i.test(message);
      if (kind === "rejection" || kind === "exception" || isLeak)
        findings.found(`${kind}, handled by nobody: ${message}`, {}, trouble);
    }
    const counts = Map.groupBy(all.of("counts"), ({ line }) => line.phase);
    for (const end of counts.get("end") ?? []) {
      findings.saw();
      const { who, rooms, connections, heapBytes } = end.line;
      if (rooms > 0) findings.found(`${rooms} rooms are left on ${who}`, {}, end);
      if (connections > 0) findings.found(`${connections} connections are left on ${who}`, {}, end);
      const warm = counts.get("warm")?.find(({ line }) => line.who === who);
      if (warm && heapBytes > warm.line.heapBytes * heapMayGrow.times + heapMayGrow.bytes)
        findings.found(`the heap of ${who} grew from ${warm.line.heapBytes} to ${heapBytes} bytes`, {}, end, warm);
    }
  },
};
