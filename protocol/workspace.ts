import * as z from "zod/mini";
import type { Status } from "./conversation.ts";
import type { Side } from "./people.ts";

/** The views of the inbox. `new`: open and nobody joined. `mine`: open and joined by me. */
export const View = z.enum(["new", "mine", "all", "closed"]);
export type View = z.infer<typeof View>;

/** One conversation in the list. */
export type Row = {
  readonly id: string;
  readonly inboxId: string;
  readonly inboxName: string;
  readonly customer: {
    readonly id: string;
    readonly name: string;
    readonly verified: boolean;
    readonly online: boolean;
  };
  readonly status: Status;
  readonly head: number;
  readonly openedAt: number;
  readonly lastAt: number;
  /** The last message as it now reads; `null` before the first, after its deletion, or when it cannot be read. */
  readonly lastLine: {
    readonly text: string | null;
    readonly side: Side;
    readonly name: string;
    readonly deleted: boolean;
  } | null;
  /** Since when the customer has waited for an answer, milliseconds since 1970; `null` when we wait for them. */
  readonly waitingSince: number | null;
  /** Messages of the customer after my read number. */
  readonly unread: number;
  readonly joined: readonly { readonly id: string; readonly name: string }[];
  readonly customerTyping: boolean;
};

export type Counts = Readonly<Record<View, number>> & { readonly unreadMine: number; readonly unreadNew: number };

/** `list.window`: which part of which view this tab shows; changes of it are told until the next call. */
export const ListWindow = z.strictObject({
  view: View,
  limit: z._default(z.int().check(z.minimum(1), z.maximum(500)), 100),
});
export type ListWindow = z.input<typeof ListWindow>;
export type Listed = {
  readonly ok: true;
  readonly view: View;
  readonly rows: readonly Row[];
  readonly total: number;
  readonly counts: Counts;
};

/** Told unasked: rows of the open window that changed or left it, and counts (coalesced to one a second). */
export type ListChanged = {
  readonly view: View;
  readonly upserted: readonly Row[];
  readonly removed: readonly string[];
  readonly total: number;
};

/** Colleagues with a live connection. */
export type Colleague = { readonly id: string; readonly name: string; readonly online: boolean };

/** `GET /api/customers/:id`, or `/api/customers/of/:conversation`: the panel beside a conversation. */
export type CustomerPanel = {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  readonly verified: boolean;
  readonly externalId: string | null;
  readonly since: number;
  readonly page: { readonly url: string; readonly title: string } | null;
  readonly device: string | null;
  readonly language: string | null;
  readonly conversations: readonly {
    readonly id: string;
    readonly status: Status;
    readonly openedAt: number;
    readonly lastLine: string | null;
  }[];
};
