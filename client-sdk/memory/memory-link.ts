import type { ConversationCommand, FetchEvents, FetchPage } from "#protocol/conversation.ts";
import { limits } from "#protocol/limits.ts";
import type { Person } from "#protocol/people.ts";
import type { Failed } from "../desk-request.ts";
import { failed } from "../desk-request.ts";
import { wire, type Dialer, type Link, type LinkListener } from "../link.ts";
import type { MemoryHouse } from "./memory-house.ts";

/** Dials the room of a conversation in memory. @param who verified at each dial, as the seat endpoint does */
export function memoryDialer(house: MemoryHouse, conversationId: string, who: () => Promise<Person | Failed>): Dialer {
  return {
    async dial(listener) {
      const person = await who();
      if (failed(person)) return person;
      return enter(house, conversationId, person, listener);
    },
    owner: async () => "memory",
  };
}

async function enter(
  house: MemoryHouse,
  conversationId: string,
  person: Person,
  listener: LinkListener,
): Promise<Link | Failed> {
  const room = house.room(conversationId);
  const leave = await room.enter(person, listener).catch(() => undefined);
  if (!leave) return { refused: "unavailable" };
  return {
    kind: "memory",
    owner: "memory",
    request: (type, payload) => answerOf(house, conversationId, person, type, payload),
    signal: (type, payload) => room.signal(person, type, payload),
    close: leave,
  };
}

/** What a room answers, whichever way it was asked. */
export async function answerOf(
  house: MemoryHouse,
  conversationId: string,
  person: Person,
  type: string,
  payload: unknown,
): Promise<unknown> {
  try {
    if (type === wire.fetch) {
      const { since, limit = limits.fetchMax } = payload as FetchEvents;
      return { ok: true, ...(await house.log.since(conversationId, person.side, since, limit)) };
    }
    if (type === wire.page) {
      const { before, limit = limits.pageMax } = payload as FetchPage;
      return { ok: true, ...(await house.log.page(conversationId, person.side, before, limit)) };
    }
    const command = { type, ...(payload as object) } as ConversationCommand;
    return await house.room(conversationId).run(person, command);
  } catch {
    return { ok: false, code: "unavailable" }; // the log was told to be down
  }
}
