import type {
  Ack,
  ConversationCommand,
  ConversationOpenedAnswer,
  FetchPage,
  OpenConversation,
  Paged,
  Polled,
} from "#protocol/conversation.ts";
import { limits } from "#protocol/limits.ts";
import type { CustomerSession, OpenSession, Setup, SignIn, StaffSession } from "#protocol/people.ts";
import type { Colleague, CustomerPanel } from "#protocol/workspace.ts";
import { isAck, isFetched, isPaged } from "./answers.ts";
import { failed, unreachable, type AskDesk, type DeskRequest, type Failed } from "./desk-request.ts";

/** A place kept for us in a room, good once and for some seconds. */
export type Seat = {
  readonly name: string;
  readonly roomId: string;
  readonly sessionId: string;
  readonly processId?: string;
  readonly publicAddress?: string;
};
type Answered<T> = Promise<T | Failed>;

/** A seat is asked for when something may be wrong already, so sooner than what only has to arrive. */
const seatAgain = (isHurried = false) => ({ againAfterMs: isHurried ? 300 : 1000 });
const again = { againAfterMs: 2000 };

/** What customers and staff may ask of one conversation. */
export interface ConversationApi {
  /** @param isHurried a frozen node is in the way */
  seat(conversationId: string, isHurried?: boolean): Answered<Seat>;
  post(conversationId: string, command: ConversationCommand): Answered<Ack>;
  /** Not tried again: what it says is over soon. */
  signal(conversationId: string, type: string, payload: unknown): Answered<{ ok: true }>;
  /** @param waitSeconds how long the desk may hold the answer until there is something new */
  poll(conversationId: string, since: number, limit: number, waitSeconds: number): Answered<Polled>;
  page(conversationId: string, page: FetchPage): Answered<Paged>;
}

export interface CustomerApi extends ConversationApi {
  session(open: OpenSession): Answered<CustomerSession>;
  signOut(): Answered<undefined>;
  openConversation(open: OpenConversation): Answered<ConversationOpenedAnswer>;
}

export interface StaffApi extends ConversationApi {
  me(): Answered<StaffSession>;
  signIn(who: SignIn): Answered<StaffSession>;
  signOut(): Answered<undefined>;
  signOutEverywhere(): Answered<undefined>;
  setup(first: Setup): Answered<StaffSession>;
  workspaceSeat(isHurried?: boolean): Answered<Seat>;
  customerPanel(customerId: string): Answered<CustomerPanel>;
  customerOf(conversationId: string): Answered<CustomerPanel>;
  colleagues(): Answered<readonly Colleague[]>;
}

export function customerApi(ask: AskDesk): CustomerApi {
  const { post } = verbs(ask);
  return {
    ...conversationApi(ask),
    session: (open) => post("/api/customers/session", open, has("token"), { isAnonymous: true }),
    signOut: () => post("/api/customers/sign-out", {}, isNothing),
    openConversation: (open) => post("/api/conversations", open, has("conversationId"), again),
  };
}

export function staffApi(ask: AskDesk): StaffApi {
  const { get, post } = verbs(ask);
  return {
    ...conversationApi(ask),
    me: () => get("/api/staff/me", has("user")),
    signIn: (who) => post("/api/staff/sign-in", who, has("user")),
    signOut: () => post("/api/staff/sign-out", {}, isNothing),
    signOutEverywhere: () => post("/api/staff/sign-out-everywhere", {}, isNothing),
    setup: (first) => post("/api/setup", first, has("user")),
    workspaceSeat: async (isHurried) =>
      seatOf(await post("/api/workspace/seat", {}, has<{ seat: Seat }>("seat"), seatAgain(isHurried))),
    customerPanel: (id) => get(`/api/customers/${id}`, has("id")),
    customerOf: (id) => get(`/api/customers/of/${id}`, has("id")),
    async colleagues() {
      const answer = await get("/api/colleagues", has<{ colleagues: readonly Colleague[] }>("colleagues"));
      return failed(answer) ? answer : answer.colleagues;
    },
  };
}

function conversationApi(ask: AskDesk): ConversationApi {
  const { get, post } = verbs(ask);
  return {
    seat: async (id, isHurried) =>
      seatOf(await post(`/api/conversations/${id}/seat`, {}, has<{ seat: Seat }>("seat"), seatAgain(isHurried))),
    post: (id, { type, ...payload }) =>
      post(`/api/conversations/${id}/events`, { type, payload }, isAck, { withinMs: limits.ackWithinMs, ...again }),
    signal: (id, type, payload) => post(`/api/conversations/${id}/events`, { type, payload }, has<{ ok: true }>("ok")),
    poll: (id, since, limit, wait) =>
      get(`/api/conversations/${id}/events?since=${since}&limit=${limit}&wait=${wait}`, isPolled, {
        // Held or not, silence is noticed after as long as over a socket.
        withinMs: Math.max(limits.ackWithinMs, wait * 1000 + 3000),
      }),
    page: (id, { before, limit }) =>
      get(`/api/conversations/${id}/page?limit=${limit ?? 50}${before ? `&before=${before}` : ""}`, isPaged, again),
  };
}

const seatOf = (answer: { seat: Seat } | Failed): Seat | Failed => (failed(answer) ? answer : answer.seat);

/** An answer of another shape comes from somebody else on the way: nobody has answered. */
type Is<T> = (answer: unknown) => answer is T;
const has =
  <T extends object>(member: keyof T & string): Is<T> =>
  (answer): answer is T =>
    typeof answer === "object" && answer !== null && member in answer;
const isNothing: Is<undefined> = (answer) => answer === undefined;
const isPolled: Is<Polled> = (answer): answer is Polled => isFetched(answer) && "header" in answer && "you" in answer;

function verbs(ask: AskDesk) {
  const as = async <T>(request: DeskRequest, is: Is<T>): Answered<T> => {
    const answer = await ask(request);
    return failed(answer) || is(answer) ? answer : unreachable;
  };
  return {
    get: <T>(path: string, is: Is<T>, more?: Partial<DeskRequest>) => as({ method: "GET", path, ...more }, is),
    post: <T>(path: string, body: unknown, is: Is<T>, more?: Partial<DeskRequest>) =>
      as({ method: "POST", path, body, ...more }, is),
  };
}
