import type { ConversationLog } from "#core/ports/conversation-log.ts";
import type { Frame } from "#protocol/conversation.ts";
import type { Side } from "#protocol/people.ts";
import type { Clock } from "../node/clock.ts";
import type { NodeHeart } from "../node/node-heart.ts";
import type { Switchboard } from "../node/switchboard.ts";
import type { Rates } from "../ports.ts";
import type { Witness } from "../witness.ts";

/** What one conversation needs. */
export type ActorWorld = {
  readonly log: ConversationLog;
  readonly heart: Pick<NodeHeart, "watch" | "forget" | "pauses" | "sure" | "isSure">;
  readonly switchboard: Switchboard;
  readonly clock: Clock;
  readonly rates: Rates;
  readonly nodeId: string;
  readonly newId: () => string;
  readonly onFault: (error: unknown) => void;
  readonly witness?: Witness;
};

/** `soon`: those who are told of it otherwise already, or to whom it is no news, can wait for what usually follows. */
export type Urgency = "at once" | "soon";

/** Those who listen to one conversation. */
export interface Audience {
  tell(side: Side, frames: readonly Frame[]): void;
  headerChanged(urgency: Urgency): void;
  /** The conversation is another's now: say nothing, close everything. */
  lost(): void;
}
