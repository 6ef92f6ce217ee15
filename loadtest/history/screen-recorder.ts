import type { Shown } from "./screen-lines.ts";

export type Splice = { readonly at: number; readonly gone: number; readonly lines: readonly Shown[] };

/** The smallest change that makes one list of lines the other; `undefined`: they are the same. */
export function spliceOf(before: readonly Shown[], now: readonly Shown[]): Splice | undefined {
  const most = Math.min(before.length, now.length);
  let head = 0;
  while (head < most && isSame(before[head]!, now[head]!)) head += 1;
  let tail = 0;
  while (tail < most - head && isSame(before[before.length - 1 - tail]!, now[now.length - 1 - tail]!)) tail += 1;
  const gone = before.length - tail - head;
  const lines = now.slice(head, now.length - tail);
  return gone === 0 && lines.length === 0 ? undefined : { at: head, gone, lines };
}

const isSame = (a: Shown, b: Shown): boolean =>
  a === b ||
  (a.key === b.key &&
    a.seq === b.seq &&
    a.id === b.id &&
    a.kind === b.kind &&
    a.hash === b.hash &&
    a.state === b.state);
