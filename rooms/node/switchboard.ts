/** What a node's memory knows of a conversation beyond its rows. */
export type Presence = { readonly customerOnline: boolean; readonly customerTyping: boolean };

/** What a conversation tells the workspace of its organisation on this node. Hints: the rows come from the feed. */
export interface Inboxes {
  /** Something was kept: there is more in the feed. */
  changed(): void;
  presence(conversationId: string, presence: Presence): void;
  /** A person's read number was kept. */
  read(conversationId: string, personId: string, upTo: number): void;
}

const away: Presence = { customerOnline: false, customerTyping: false };

/** Joins the conversations of a node with its workspaces, which come and go on their own. */
export class Switchboard {
  readonly #listeners = new Map<string, Inboxes>();
  readonly #present = new Map<string, Map<string, Presence>>();

  listen(orgId: string, inboxes: Inboxes): void {
    this.#listeners.set(orgId, inboxes);
  }

  hangUp(orgId: string, inboxes: Inboxes): void {
    if (this.#listeners.get(orgId) === inboxes) this.#listeners.delete(orgId);
  }

  changed(orgId: string): void {
    this.#listeners.get(orgId)?.changed();
  }

  read(orgId: string, conversationId: string, personId: string, upTo: number): void {
    this.#listeners.get(orgId)?.read(conversationId, personId, upTo);
  }

  present(orgId: string, conversationId: string, presence: Presence): void {
    const known = this.presenceOf(orgId, conversationId);
    if (known.customerOnline === presence.customerOnline && known.customerTyping === presence.customerTyping) return;
    const organisation = this.#present.get(orgId) ?? new Map<string, Presence>();
    this.#present.set(orgId, organisation);
    if (presence.customerOnline || presence.customerTyping) organisation.set(conversationId, presence);
    else organisation.delete(conversationId);
    this.#listeners.get(orgId)?.presence(conversationId, presence);
  }

  presenceOf(orgId: string, conversationId: string): Presence {
    return this.#present.get(orgId)?.get(conversationId) ?? away;
  }
}
