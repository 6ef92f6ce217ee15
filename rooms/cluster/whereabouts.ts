/** Where a conversation's room is, or is to be made. */
export type Place =
  { readonly here: true } | { readonly here: false; readonly nodeId: string; readonly address: string };

/** What any node of a cluster, being an entry, asks before it serves or passes on. */
export interface Whereabouts {
  /** Where this conversation's room is, or is to be made (rendezvous hash over live, not draining nodes). Throws `Unavailable` when neither Redis nor the database says. */
  of(conversationId: string): Promise<Place>;
  /**
   * That node did not answer in time or is gone: its listing is removed (compare-and-set) and `of` names another node from
   * now on, for some seconds for the node as a whole; unless Redis has just seen it awake, when it is asked again.
   */
  suspect(nodeId: string, conversationId: string): Promise<void>;
  /** The address of a node of this cluster; only ever from the registry. */
  addressOf(nodeId: string): Promise<string | undefined>;
}
