import type { Place, Whereabouts } from "#rooms/cluster/whereabouts.ts";

/** Says where conversations are as a test has placed them: the next in line once the first is suspected. */
export class PlacedNodes implements Whereabouts {
  readonly suspected: { readonly nodeId: string; readonly conversationId: string }[] = [];
  readonly addresses = new Map<string, string>();
  line: readonly ("here" | { readonly nodeId: string; readonly address: string })[] = ["here"];
  asked = 0;

  async of(): Promise<Place> {
    this.asked += 1;
    const gone = new Set(this.suspected.map(({ nodeId }) => nodeId));
    const next = this.line.find((one) => one === "here" || !gone.has(one.nodeId)) ?? this.line.at(-1);
    return next === undefined || next === "here" ? { here: true } : { here: false, ...next };
  }

  async suspect(nodeId: string, conversationId: string): Promise<void> {
    this.suspected.push({ nodeId, conversationId });
  }

  async addressOf(nodeId: string): Promise<string | undefined> {
    return this.addresses.get(nodeId);
  }
}
