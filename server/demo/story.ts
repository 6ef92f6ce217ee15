import type { StaffRole } from "#protocol/people.ts";

/** The people of the pretend shop. */
export const people = {
  priya: { name: "Priya Raman", email: "priya@tidewater.example", role: "agent" },
  ben: { name: "Ben Osei", email: "ben@tidewater.example", role: "agent" },
  sofie: { name: "Sofie Maas", email: "sofie@tidewater.example", role: "agent" },
  mara: { name: "Mara de Wit", email: "mara@tidewater.example", role: "supervisor" },
  ada: { name: "Ada Lind", email: "ada@tidewater.example", role: "admin" },
} as const satisfies Record<string, { name: string; email: string; role: StaffRole }>;

export type StaffKey = keyof typeof people;
export type Who = "customer" | StaffKey;

/** One step of an earlier conversation: who, how many minutes after the step before, and what. */
export type Turn = readonly [who: Who, minutes: number, ...what: Said | Done];
type Said = readonly [say: "says" | "notes", text: string];
type Done = readonly [does: "joins" | "leaves" | "closes" | "reopens"];

export type Story = {
  readonly customer: {
    readonly name: string;
    /** Known to the shop; `null`: a visitor who never signed in. */
    readonly known: { readonly id: string; readonly email: string } | null;
    readonly language: string;
    readonly device: string;
  };
  readonly page: { readonly url: string; readonly title: string };
  /** When it was opened, in minutes before the first start. */
  readonly minutesAgo: number;
  readonly turns: readonly Turn[];
  /** Who has read it to its end. */
  readonly readBy: readonly Who[];
};

const browsers = {
  desktop: "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0 Safari/537.36",
  phone: "Mozilla/5.0 (iPhone; CPU iPhone OS 19_2 like Mac OS X) AppleWebKit/605.1.15 Version/19.2 Mobile Safari/604.1",
  tablet: "Mozilla/5.0 (Linux; Android 16; Tablet) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/149.0 Safari/537.36",
};

export const visitor = (language: string, device: keyof typeof browsers): Story["customer"] => ({
  name: "Visitor",
  known: null,
  language,
  device: browsers[device],
});

export const knownCustomer = (
  id: string,
  name: string,
  email: string,
  language: string,
  device: keyof typeof browsers,
): Story["customer"] => ({ name, known: { id, email }, language, device: browsers[device] });

export const page = (path: string, title: string): Story["page"] => ({
  url: `https://tidewater.example/${path}`,
  title: `${title} · Tidewater`,
});
