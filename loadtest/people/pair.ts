import type { ConversationSession } from "#client-sdk/conversation-session.ts";
import type { CustomerSession } from "#client-sdk/customer-session.ts";
import type { WorkspaceSession } from "#client-sdk/workspace-session.ts";
import { TurnedAway } from "./turned-away.ts";
import { until } from "./until.ts";

/** One conversation through the eyes of both who are in it. */
export type Pair = {
  readonly conversationId: string;
  readonly customer: ConversationSession;
  readonly agent: ConversationSession;
};

/** The customer begins a conversation, the agent joins it; resolves when both are there and see the beginning. */
export async function introduce(customer: CustomerSession, agent: WorkspaceSession): Promise<Pair> {
  const theirs = customer.conversation();
  await theirs.sendMessage("Hello, is anybody there?");
  await until(theirs, "a conversation was opened", () => theirs.conversationId !== null);
  const conversationId = theirs.conversationId ?? "";
  const ours = agent.conversation(conversationId);
  await until(ours, "the agent is in the conversation", () => ours.connection === "online" && !ours.isLoading);
  const joined = await ours.join();
  if ("refused" in joined) throw new TurnedAway("An agent", joined);
  const sees = (session: ConversationSession) => session.messages.some(({ kind }) => kind === "joined");
  await until(theirs, "the customer sees the agent join", () => theirs.connection === "online" && sees(theirs));
  await until(ours, "the agent sees themselves join", () => sees(ours));
  return { conversationId, customer: theirs, agent: ours };
}
