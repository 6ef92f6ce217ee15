import type { CustomerSessionRow } from "#core/ports/customers.ts";
import type { Ack, Paged, Polled, Refused } from "#protocol/conversation.ts";
import type { Person, StaffSession } from "#protocol/people.ts";
import type { CustomerPanel } from "#protocol/workspace.ts";
import type { DialConversation } from "../conversation-feed.ts";
import type { CustomerWires } from "../customer-wires.ts";
import type { ConversationApi, CustomerApi, StaffApi } from "../desk-api.ts";
import { failed, unreachable, type Failed } from "../desk-request.ts";
import type { Dialer } from "../link.ts";
import { wire } from "../link.ts";
import type { StaffWires } from "../staff-wires.ts";
import type { MemoryHouse } from "./memory-house.ts";
import { answerOf, memoryDialer } from "./memory-link.ts";
import { memoryWorkspaceDialer } from "./memory-workspace.ts";

export type MemoryWireOptions = {
  /** A line with faults, see `link-faults.ts`. */
  readonly line?: (dialer: Dialer) => Dialer;
  /** `false`: nothing gets through over HTTP either. */
  readonly isUp?: () => boolean;
};
type Who = (conversationId: string) => Promise<Person | Failed>;

/** A customer's ways to a desk in memory: the `wires` of a `CustomerSession`. */
export function memoryCustomerWires(house: MemoryHouse, options: MemoryWireOptions = {}): CustomerWires {
  return ({ identity }) => {
    const session = async () => house.customers.session((identity().authorization ?? "").replace("Bearer ", ""));
    const who: Who = async (conversationId) => {
      const row = await session();
      if (!row) return { refused: "not_signed_in" };
      const seat = await house.customers.seatOf(row, conversationId);
      return seat ? { side: "customer", id: seat.author, name: seat.name } : { refused: "not_found" };
    };
    const api = { ...conversationApi(house, who), ...customerDoor(house, session) };
    return { api: guarded(api, options), dial: dialHouse(house, who, options) };
  };
}

function customerDoor(
  house: MemoryHouse,
  session: () => Promise<CustomerSessionRow | undefined>,
): Omit<CustomerApi, keyof ConversationApi> {
  const { customers, world } = house;
  return {
    async session({ inboxKey, deviceId, token }) {
      const inbox = await customers.inbox(inboxKey);
      if (!inbox) return { refused: "unknown_inbox" };
      const known = token === undefined ? undefined : await customers.session(token);
      if (token !== undefined && known?.deviceId !== deviceId) return { refused: "not_signed_in" };
      const start = { sessionId: world.newId(), inbox, deviceId, name: "Ana", hint: { device: "", language: "" } };
      const row = known ?? (await customers.startAnonymous(start));
      return {
        token: row.id,
        customer: { id: row.customerId, name: row.customerName, verified: row.verified },
        inbox: { name: inbox.name, organisation: inbox.organisation },
        conversations: await customers.conversations(row),
      };
    },
    async signOut() {
      const row = await session();
      if (row) await customers.endSession(row.id, "request");
      return undefined;
    },
    async openConversation({ clientId, page }) {
      const row = await session();
      if (!row) return { refused: "not_signed_in" };
      const opened = await customers.openConversation(row, { clientId, page, at: world.clock.now() }, "request");
      house.changed();
      return opened;
    },
  };
}

/** An agent's ways to a desk in memory: the `wires` of a `WorkspaceSession`. */
export function memoryStaffWires(house: MemoryHouse, options: MemoryWireOptions = {}): StaffWires {
  let userId: string | undefined;
  const user = () => house.desk.users.get(userId ?? "");
  const session = (): StaffSession | Failed => {
    const now = user();
    return now ? { user: now, organisation: now.organisation, csrf: "csrf" } : { refused: "not_signed_in" };
  };
  const who: Who = async (conversationId) => {
    const now = user();
    if (!now) return { refused: "not_signed_in" };
    const isOurs = await house.feed.has(now.orgId, conversationId);
    return isOurs ? { side: "staff", id: now.id, name: now.name, role: now.role } : { refused: "not_found" };
  };
  const leave = async () => {
    userId = undefined;
    return undefined;
  };
  const api: StaffApi = {
    ...conversationApi(house, who),
    me: async () => session(),
    async signIn({ email, password }) {
      const found = [...house.desk.users.values()].find((one) => one.email === email && one.passwordHash === password);
      userId = found?.id;
      return found ? session() : { refused: "wrong_credentials" };
    },
    signOut: leave,
    signOutEverywhere: leave,
    setup: async () => ({ refused: "bad_setup_token" }),
    workspaceSeat: async () => unreachable,
    customerPanel: (id) => panelOf(house, id),
    customerOf: async (id) => panelOf(house, await house.customers.customerOf(house.orgId, id)),
    colleagues: async () => [],
  };
  return () => ({
    api: guarded(api, options),
    dial: dialHouse(house, who, options),
    dialWorkspace: () => ({ socket: (options.line ?? same)(memoryWorkspaceDialer(house, user)) }),
  });
}

const panelOf = async ({ customers, orgId }: MemoryHouse, id: string | undefined): Promise<CustomerPanel | Failed> =>
  (id === undefined ? undefined : await customers.panel(orgId, id)) ?? { refused: "not_found" };

function conversationApi(house: MemoryHouse, who: Who): ConversationApi {
  const ask = async <T>(id: string, type: string, payload: unknown): Promise<T | Failed> => {
    const person = await who(id);
    if (failed(person)) return person;
    const answer = (await answerOf(house, id, person, type, payload)) as (T & { readonly ok: true }) | Refused;
    return answer.ok ? answer : { refused: answer.code };
  };
  return {
    seat: async () => unreachable, // there are no sockets here
    post: (id, { type, ...payload }) => ask<Ack>(id, type, payload),
    async signal(id, type, payload) {
      const person = await who(id);
      if (failed(person)) return person;
      house.room(id).signal(person, type, payload);
      return { ok: true };
    },
    page: (id, page) => ask<Paged>(id, wire.page, page),
    async poll(id, since, limit) {
      const person = await who(id);
      if (failed(person)) return person;
      const fetched = await ask<Polled>(id, wire.fetch, { since, limit });
      if (failed(fetched)) return fetched;
      const { side, id: author } = person;
      return { ...fetched, header: await house.room(id).header(person), you: { side, id: author } };
    },
  };
}

const dialHouse =
  (house: MemoryHouse, who: Who, { line = same, isUp = always }: MemoryWireOptions): DialConversation =>
  (conversationId) => {
    const admit = async () => (isUp() ? who(conversationId) : unreachable);
    return { socket: line(memoryDialer(house, conversationId, admit)) };
  };

const same = (dialer: Dialer): Dialer => dialer;
const always = (): boolean => true;

/** While the desk is down every question goes unanswered. */
function guarded<Api extends object>(api: Api, { isUp = always }: MemoryWireOptions): Api {
  return new Proxy(api, {
    get(target, name, receiver) {
      const method = Reflect.get(target, name, receiver) as (...args: unknown[]) => Promise<unknown>;
      return (...args: unknown[]) => (isUp() ? method(...args) : Promise.resolve(unreachable));
    },
  });
}
