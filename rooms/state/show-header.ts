import type { StateView } from "@colyseus/schema";
import type { MemberHeader } from "#protocol/conversation.ts";
import type { FullHeader } from "../conversation/conversation-header.ts";
import { LookerState, MemberState, type ConversationState } from "./conversation-state.ts";

/**
 * Writes what changed of a header into the state; equal values are not written, so they are not sent.
 * @param staffView has to be told of every object below a field that only it lets through; values it finds itself
 */
export function showHeader(state: ConversationState, header: FullHeader, staffView: StateView | undefined): void {
  const { shown, head, reads, lookers } = header;
  set(state, "status", shown.status);
  set(state, "assigneeId", shown.assigneeId ?? "");
  set(state, "head", shown.head);
  set(state, "staffHead", head);
  for (const member of shown.members) showMember(state, member);
  for (const [id, upTo] of reads) if (state.staffReads.get(id) !== upTo) state.staffReads.set(id, upTo);
  for (const { id, name, here } of lookers) {
    const looker = state.viewers.get(id) ?? added(state.viewers, id, new LookerState());
    if (staffView && !staffView.has(looker)) staffView.add(looker);
    set(looker, "name", name);
    set(looker, "here", here);
  }
}

function showMember(state: ConversationState, { id, ...member }: MemberHeader): void {
  const shown = state.members.get(id) ?? added(state.members, id, new MemberState());
  set(shown, "side", member.side);
  set(shown, "name", member.name);
  set(shown, "joined", member.joined);
  set(shown, "online", member.online);
  set(shown, "typing", member.typing);
  set(shown, "read", member.read);
  set(shown, "delivered", member.delivered);
}

function added<T>(map: { set(key: string, value: T): unknown }, id: string, value: T): T {
  map.set(id, value);
  return value;
}

function set<T, K extends keyof T>(target: T, key: K, value: T[K]): void {
  if (target[key] !== value) target[key] = value;
}
