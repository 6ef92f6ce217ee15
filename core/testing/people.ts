import type { Person } from "#protocol/people.ts";

const id = (n: number) => `00000000-0000-4000-9000-${String(n).padStart(12, "0")}`;

/** The people of all tests: Ana and Carl are customers, Ben and Dee agents, Sam a supervisor, Ada the admin. */
export const ana = { side: "customer", id: id(1), name: "Ana" } as const satisfies Person;
export const carl = { side: "customer", id: id(2), name: "Carl" } as const satisfies Person;
export const ben = { side: "staff", id: id(3), name: "Ben", role: "agent" } as const satisfies Person;
export const dee = { side: "staff", id: id(4), name: "Dee", role: "agent" } as const satisfies Person;
export const sam = { side: "staff", id: id(5), name: "Sam", role: "supervisor" } as const satisfies Person;
export const ada = { side: "staff", id: id(6), name: "Ada", role: "admin" } as const satisfies Person;
