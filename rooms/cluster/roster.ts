import type { ClusterNode, NodeRegistry } from "#core/ports/node-registry.ts";
import { limits } from "#protocol/limits.ts";
import type { Clock } from "../node/clock.ts";

// Three renewals may be missed.
const leaseMs = 3 * limits.heartbeatEveryMs;
const rememberedMs = 60_000;
const suspectedMs = 3000;
const askAgainMs = 500;

/** The nodes as this one knows them: from the registry, renewed with its own lease. */
export class Roster {
  readonly #registry: NodeRegistry;
  readonly #clock: Clock;
  readonly #known = new Map<string, { readonly node: ClusterNode; readonly seenAt: number }>();
  readonly #suspectedUntil = new Map<string, number>();
  #own: ClusterNode;
  #isAnnounced = false;
  #asked: { readonly at: number; readonly answer: Promise<void> } | undefined;

  constructor(registry: NodeRegistry, nodeId: string, clock: Clock) {
    this.#registry = registry;
    this.#clock = clock;
    this.#own = { id: nodeId, address: "", isDraining: false };
  }

  get own(): ClusterNode {
    return this.#own;
  }

  /** Others find this node from now on. */
  async announce(address: string): Promise<void> {
    this.#own = { ...this.#own, address };
    this.#isAnnounced = true;
    await this.renew();
  }

  /** No room is to be made here any more. */
  async drain(): Promise<void> {
    this.#own = { ...this.#own, isDraining: true };
    await this.renew();
  }

  /** The sign of life in the database. Throws `Unavailable`. */
  async renew(): Promise<void> {
    if (this.#isAnnounced) this.#see(await this.#registry.renew(this.#own, leaseMs));
  }

  async leave(): Promise<void> {
    this.#isAnnounced = false;
    await this.#registry.forget(this.#own.id);
  }

  /** Those seen within a minute, itself among them: one whose lease has just run out may still be told by Redis to live. */
  known(): readonly ClusterNode[] {
    const since = this.#clock.monotonic() - rememberedMs;
    for (const [id, { seenAt }] of this.#known) if (seenAt < since) this.#known.delete(id);
    return [this.#own, ...[...this.#known.values()].map(({ node }) => node)];
  }

  /** One that is not known yet is asked for, however many ask at once; not more often than twice a second. */
  async find(nodeId: string): Promise<ClusterNode | undefined> {
    const found = this.#find(nodeId);
    if (found) return found;
    const now = this.#clock.monotonic();
    if (!this.#asked || now - this.#asked.at >= askAgainMs)
      this.#asked = { at: now, answer: this.#registry.live().then((live) => this.#see(live)) };
    await this.#asked.answer;
    return this.#find(nodeId);
  }

  /** By the database alone: the owner of a conversation, and all that live. Throws `Unavailable`. */
  async byDatabase(conversationId: string): Promise<{ owner: string | undefined; live: readonly ClusterNode[] }> {
    const [owner, live] = await Promise.all([this.#registry.ownerOf(conversationId), this.#registry.live()]);
    this.#see(live);
    return { owner, live };
  }

  ownerOf(conversationId: string): Promise<string | undefined> {
    return this.#registry.ownerOf(conversationId);
  }

  /** It did not answer: for some seconds nobody is sent there. */
  suspect(nodeId: string): void {
    this.#suspectedUntil.set(nodeId, this.#clock.monotonic() + suspectedMs);
  }

  isSuspected(nodeId: string): boolean {
    const until = this.#suspectedUntil.get(nodeId);
    if (until === undefined) return false;
    if (until > this.#clock.monotonic()) return true;
    this.#suspectedUntil.delete(nodeId);
    return false;
  }

  #find(nodeId: string): ClusterNode | undefined {
    return this.known().find(({ id }) => id === nodeId);
  }

  #see(nodes: readonly ClusterNode[]): void {
    const seenAt = this.#clock.monotonic();
    for (const node of nodes) if (node.id !== this.#own.id) this.#known.set(node.id, { node, seenAt });
  }
}
