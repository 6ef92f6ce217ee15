/** The rows of a native thread that are in the page: items from `start` up to, not including, `end`. */
export type Slice = { readonly start: number; readonly end: number };

/** More rows than this make scrolling heavy where nothing is virtual. */
export const mostRows = 300;
const atFirst = 80;
const step = 60;

export const newest = (count: number): Slice => ({ start: Math.max(0, count - atFirst), end: count });

export function older({ start, end }: Slice): Slice {
  const from = Math.max(0, start - step);
  return { start: from, end: Math.min(end, from + mostRows) };
}

export function newer({ start, end }: Slice, count: number): Slice {
  const to = Math.min(count, end + step);
  return { start: Math.max(start, to - mostRows), end: to };
}

export function around(index: number, count: number): Slice {
  const start = Math.max(0, index - atFirst / 2);
  return { start, end: Math.min(count, start + atFirst * 2) };
}

/**
 * The same rows after items came at either end: `shift` were put before. A reader at the end stays there and old rows
 * leave at the top; one who reads further up keeps theirs.
 */
export function carried({ start, end }: Slice, shift: number, count: number, wasCount: number, atEnd: boolean): Slice {
  const from = Math.max(0, start + shift);
  if (end < wasCount) return { start: from, end: Math.min(count, end + shift) };
  if (atEnd) return { start: Math.max(from, count - mostRows), end: count };
  return { start: from, end: Math.min(count, from + mostRows) };
}
