/** A process of the cluster, and where the others reach it. */
export type ClusterNode = {
  readonly id: string;
  readonly address: string;
  /** It is going away: no room is made there any more. */
  readonly isDraining: boolean;
};

/** Which nodes there are, by the store's clock, so that no two of them have to agree on the time. May throw `Unavailable`. */
export interface NodeRegistry {
  /** Announces a node, or renews its lease; answers with all that live, itself among them. */
  renew(node: ClusterNode, leaseMs: number): Promise<readonly ClusterNode[]>;
  /** It is gone. */
  forget(nodeId: string): Promise<void>;
  /** Those whose lease lives. */
  live(): Promise<readonly ClusterNode[]>;
  /** The node that claimed this conversation and has not given it up, while its lease lives. */
  ownerOf(conversationId: string): Promise<string | undefined>;
}
