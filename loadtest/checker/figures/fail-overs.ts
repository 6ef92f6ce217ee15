import type { Conversation } from "../model/conversation.ts";
import type { Noticed } from "../model/gather.ts";
import type { Model } from "../model/model.ts";
import type { Delivery } from "./deliveries.ts";
import { isDisturbed } from "./disturbed.ts";

/** From the fault, or from the first message after it, to the next message that arrived. */
export type FailOver = { readonly did: Noticed<"did">; readonly conversation: string; readonly ms: number };

/** A message sent so long before the fault may still be on its way, one sent so long after still meets the gap. */
const reaches = { beforeMs: 5000, afterMs: 1500 };
const givenUpMs = 60_000;

const ofNodes = new Set(["kill9", "crashPoint", "freeze", "splitBrain", "sigterm"]);

/** What each fault of a node cost each of its conversations; without those that another fault met in the same time. */
export function failOversOf(model: Model, deliveries: ReadonlyMap<string, readonly Delivery[]>): FailOver[] {
  return model.did
    .filter(({ line }) => ofNodes.has(line.injection))
    .flatMap((did) =>
      did.line.targets.flatMap((node) =>
        [...model.conversations.values()]
          .filter((conversation) => isOwner(conversation, node, did.line.from))
          .flatMap(({ id }) => failOver(model, did, id, deliveries.get(id) ?? [])),
      ),
    );
}

function failOver(
  model: Model,
  did: Noticed<"did">,
  conversation: string,
  deliveries: readonly Delivery[],
): FailOver[] {
  const { from } = did.line;
  const met = deliveries.filter(
    ({ sentAt, at }) => at > from && sentAt >= from - reaches.beforeMs && sentAt <= from + reaches.afterMs,
  );
  if (met.length === 0) return [];
  const start = Math.max(from, Math.min(...met.map(({ sentAt }) => sentAt)));
  const next = Math.min(...met.map(({ at }) => at));
  const until = Number.isFinite(next) ? next : start + givenUpMs;
  const isTheirFault = model.viewings.some(
    (one) =>
      one.conversation === conversation && one.screen.gone.some((t) => t >= from - reaches.beforeMs && t <= until),
  );
  if (isTheirFault || isDisturbed(model, from, until, did)) return [];
  return [{ did, conversation, ms: until - start }];
}

/** Whether the node had the conversation then, and had not given it up. */
export function isOwner({ claims, releases }: Conversation, node: string, t: number): boolean {
  const last = claims.findLast(({ line }) => line.t <= t);
  if (!last || last.line.who !== node) return false;
  return !releases.some(({ line }) => line.epoch === last.line.epoch && line.t <= t);
}
