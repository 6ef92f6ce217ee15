import { customerWires, type CustomerWires } from "#client-sdk/customer-wires.ts";
import type { CustomerApi } from "#client-sdk/desk-api.ts";
import { failed } from "#client-sdk/desk-request.ts";
import { limits } from "#protocol/limits.ts";
import { TurnedAway } from "#loadtest/people/turned-away.ts";

/** Wires over the network whose `api` we may use too: what it says is read from the desk, not from a session's memory. */
export function openWires(): { wires: CustomerWires; api: () => CustomerApi } {
  let made: CustomerApi | undefined;
  const wires: CustomerWires = (settings) => {
    const lines = customerWires(settings);
    made = lines.api;
    return lines;
  };
  const api = () => {
    if (!made) throw new Error("There is no customer on these wires yet.");
    return made;
  };
  return { wires, api };
}

/** Ids of all messages that the desk's pages show of a conversation. */
export async function historyOf(api: Pick<CustomerApi, "page">, conversationId: string): Promise<string[]> {
  const ids: string[] = [];
  for (let before: number | undefined, more = true; more;) {
    const page = await api.page(conversationId, { limit: limits.pageMax, ...(before !== undefined && { before }) });
    if (failed(page)) throw new TurnedAway("A customer who asked for the history", page);
    for (const line of page.lines) if (line.kind === "message") ids.push(line.id);
    before = page.lines[0]?.seq;
    more = page.more && before !== undefined;
  }
  return ids;
}
