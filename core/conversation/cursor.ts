/** A read or delivered number after a report of `upTo`: it only grows and never passes the head (CV17). */
export const advanced = (cursor: number, upTo: number, head: number): number => Math.max(cursor, Math.min(upTo, head));
