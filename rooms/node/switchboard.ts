import type { NodeHint } from "#protocol/node-hints.ts";

/** What the nodes' memory knows of a conversation beyond its rows. */
export type Presence = { readonly customerOnline: boolean; readonly customerTyping: boolean };
export type Present = Presence & { readonly orgId: string; readonly conversationId: string };

/** What a conversation tells the workspace of its organisation. Hints: the rows come from the feed. */
export interface Inboxes {
  /** Something was kept: there is more in the feed. */
  changed(): void;
  presence(conversationId: string, presence: Presence): void;
  /** A person's read number was kept. */
  read(conversationId: string, personId: string, upTo: number): void;
}

type Organisations = Map<string, Map<string, Presence>>;

const away: Presence = { customerOnline: false, customerTyping: false };
const online: Presence = { customerOnline: true, customerTyping: false };
const typing: Presence = { customerOnline: true, customerTyping: true };

/** One of three, so that lists, which ask for every row, see by its identity whether it changed. */
const presenceFrom = ({ customerOnline, customerTyping }: Presence): Presence =>
  customerTyping ? typing : customerOnline ? online : away;
const livelier = (one: Presence, other: Presence): Presence =>
  one === typing || other === typing ? typing : one === online ? one : other;

/** Joins conversations, of this node and of others, with the workspaces of this node, which come and go on their own. */
export class Switchboard {
  readonly #tellOthers: (hint: NodeHint) => void;
  readonly #listeners = new Map<string, Inboxes>();
  readonly #present: Organisations = new Map();
  readonly #elsewhere = new Map<string, Organisations>();

  constructor(tellOthers: (hint: NodeHint) => void = () => undefined) {
    this.#tellOthers = tellOthers;
  }

  listen(orgId: string, inboxes: Inboxes): void {
    this.#listeners.set(orgId, inboxes);
  }

  hangUp(orgId: string, inboxes: Inboxes): void {
    if (this.#listeners.get(orgId) === inboxes) this.#listeners.delete(orgId);
  }

  changed(orgId: string): void {
    this.#listeners.get(orgId)?.changed();
    this.#tellOthers({ type: "changed", orgId });
  }

  read(orgId: string, conversationId: string, personId: string, upTo: number): void {
    this.#listeners.get(orgId)?.read(conversationId, personId, upTo);
    this.#tellOthers({ type: "read", orgId, conversationId, personId, upTo });
  }

  present(orgId: string, conversationId: string, { customerOnline, customerTyping }: Presence): void {
    const present = { orgId, conversationId, customerOnline, customerTyping };
    if (this.#put(this.#present, present)) this.#tellOthers({ type: "present", ...present });
  }

  presenceOf(orgId: string, conversationId: string): Presence {
    let known = this.#present.get(orgId)?.get(conversationId) ?? away;
    for (const there of this.#elsewhere.values())
      known = livelier(known, there.get(orgId)?.get(conversationId) ?? away);
    return known;
  }

  /** Everybody present at this node. */
  all(): Present[] {
    return [...this.#present].flatMap(([orgId, conversations]) =>
      [...conversations].map(([conversationId, presence]) => ({ orgId, conversationId, ...presence })),
    );
  }

  heard(nodeId: string, hint: NodeHint & { type: "changed" | "read" | "present" }): void {
    const listener = this.#listeners.get(hint.orgId);
    if (hint.type === "changed") listener?.changed();
    else if (hint.type === "read") listener?.read(hint.conversationId, hint.personId, hint.upTo);
    else this.#put(this.#at(nodeId), hint);
  }

  /** Everybody who is present at another node; whoever was and is not among them has left. */
  heardAll(nodeId: string, all: readonly Present[]): void {
    const now = new Set(all.map(({ conversationId }) => conversationId));
    for (const [orgId, conversations] of this.#at(nodeId))
      for (const conversationId of [...conversations.keys()])
        if (!now.has(conversationId)) this.#put(this.#at(nodeId), { orgId, conversationId, ...away });
    for (const present of all) this.#put(this.#at(nodeId), present);
  }

  gone(nodeId: string): void {
    this.heardAll(nodeId, []);
    this.#elsewhere.delete(nodeId);
  }

  #at(nodeId: string): Organisations {
    const known = this.#elsewhere.get(nodeId) ?? new Map<string, Map<string, Presence>>();
    this.#elsewhere.set(nodeId, known);
    return known;
  }

  /** Whether that is news. */
  #put(where: Organisations, { orgId, conversationId, ...given }: Present): boolean {
    const presence = presenceFrom(given);
    const organisation = where.get(orgId) ?? new Map<string, Presence>();
    where.set(orgId, organisation);
    if ((organisation.get(conversationId) ?? away) === presence) return false;
    if (presence === away) organisation.delete(conversationId);
    else organisation.set(conversationId, presence);
    this.#listeners.get(orgId)?.presence(conversationId, this.presenceOf(orgId, conversationId));
    return true;
  }
}
