import type { NodeHint } from "#protocol/node-hints.ts";

/** The staff of an organisation that have a socket at one node. */
export type Here = { readonly orgId: string; readonly userIds: string[] };

/** Who of the staff is here, over all nodes. */
export class Reception {
  readonly #tellOthers: (hint: NodeHint) => void;
  readonly #listeners = new Map<string, () => void>();
  readonly #here = new Map<string, string[]>();
  readonly #elsewhere = new Map<string, Map<string, string[]>>();

  constructor(tellOthers: (hint: NodeHint) => void = () => undefined) {
    this.#tellOthers = tellOthers;
  }

  /** @param changed called when somebody came or went elsewhere */
  listen(orgId: string, changed: () => void): void {
    this.#listeners.set(orgId, changed);
  }

  hangUp(orgId: string): void {
    this.#listeners.delete(orgId);
    this.here({ orgId, userIds: [] });
  }

  here({ orgId, userIds }: Here): void {
    if (userIds.length > 0) this.#here.set(orgId, userIds);
    else this.#here.delete(orgId);
    this.#tellOthers({ type: "here", orgId, userIds });
  }

  elsewhere(orgId: string): ReadonlySet<string> {
    return new Set([...this.#elsewhere.values()].flatMap((known) => known.get(orgId) ?? []));
  }

  /** Everybody at this node. */
  all(): Here[] {
    return [...this.#here].map(([orgId, userIds]) => ({ orgId, userIds }));
  }

  heard(nodeId: string, { orgId, userIds }: Here): void {
    const known = this.#elsewhere.get(nodeId) ?? new Map<string, string[]>();
    this.#elsewhere.set(nodeId, known);
    if (known.get(orgId)?.join() === userIds.join()) return;
    known.set(orgId, userIds);
    this.#listeners.get(orgId)?.();
  }

  /** Everybody at another node; whoever was there and is not among them has left. */
  heardAll(nodeId: string, all: readonly Here[]): void {
    const now = new Set(all.map(({ orgId }) => orgId));
    for (const orgId of this.#elsewhere.get(nodeId)?.keys() ?? [])
      if (!now.has(orgId)) this.heard(nodeId, { orgId, userIds: [] });
    for (const here of all) this.heard(nodeId, here);
  }

  gone(nodeId: string): void {
    this.heardAll(nodeId, []);
    this.#elsewhere.delete(nodeId);
  }
}
