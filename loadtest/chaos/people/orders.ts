/** What a crew of simulated people is told. `device` names one of theirs. */
export type CrewOrder =
  /** Staff learn which conversations are theirs. */
  | { readonly does: "look"; readonly conversations: readonly string[] }
  /** Begin to talk: so many messages a second, all together. */
  | { readonly does: "talk"; readonly perSecond: number }
  | { readonly does: "hush" }
  /** Writes, and reloads the page before it is answered. */
  | { readonly does: "reload"; readonly device: string }
  | { readonly does: "second tab"; readonly device: string }
  /** Without a network for so long, and writing all the same. */
  | { readonly does: "offline"; readonly device: string; readonly ms: number; readonly messages: number }
  /** Every connection of everybody is dropped and made again at once. */
  | { readonly does: "reconnect" }
  /** Says when nothing is left to be sent. */
  | { readonly does: "empty"; readonly withinMs: number }
  /** Says when every screen has come as far as this, and then what is left in the outboxes. */
  | { readonly does: "catch up"; readonly heads: Heads; readonly withinMs: number };

/** How far each conversation has come, for staff and for the customer. */
export type Heads = Readonly<Record<string, { readonly staff: number; readonly customer: number }>>;

/** What a crew says. */
export type CrewWord =
  | { readonly says: "ready"; readonly conversations: readonly string[] }
  | { readonly says: "done"; readonly does: CrewOrder["does"]; readonly device?: string }
  | { readonly says: "late"; readonly does: CrewOrder["does"]; readonly who: readonly string[] };

export type CrewPlan = {
  readonly name: string;
  readonly side: "customer" | "staff";
  readonly seed: number;
  readonly desk: string;
  readonly inboxKey: string;
  readonly folder: string;
  readonly devices: readonly DevicePlan[];
};
export type DevicePlan = {
  readonly name: string;
  readonly account?: { readonly email: string; readonly password: string };
};
