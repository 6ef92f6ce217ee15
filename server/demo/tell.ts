import { createHash, randomUUID } from "node:crypto";
import type { Conversation } from "#core/conversation/conversation.ts";
import { decide } from "#core/conversation/decide.ts";
import { evolve } from "#core/conversation/evolve.ts";
import type { Claimed, ConversationLog } from "#core/ports/conversation-log.ts";
import type { CustomerSessionRow, Inbox } from "#core/ports/customers.ts";
import type { StaffUser } from "#core/ports/staff.ts";
import type { ConversationCommand } from "#protocol/conversation.ts";
import type { Person } from "#protocol/people.ts";
import { isRefusal } from "#protocol/refusals.ts";
import type { Ports } from "../ports.ts";
import { hashed } from "../tokens.ts";
import type { StaffKey, Story, Turn, Who } from "./story.ts";

export type Stage = Pick<Ports, "log" | "customers"> & {
  readonly inbox: Inbox;
  readonly accounts: Readonly<Record<StaffKey, StaffUser>>;
  readonly secret: string;
  readonly nodeId: string;
  /** Milliseconds since 1970; the stories happened before it. */
  readonly now: number;
};

/** Stands in the audit log for what the demo does. */
export const requestId = "demo";

const MINUTE_MS = 60_000;

/** Plays an earlier conversation through the rules and the log, as its people would have. Again, it changes nothing. */
export async function tell(stage: Stage, story: Story, number: number, session: CustomerSessionRow): Promise<void> {
  const at = stage.now - story.minutesAgo * MINUTE_MS;
  const opened = { clientId: keyOf(number, "opened"), at, page: story.page };
  const { conversationId } = await stage.customers.openConversation(session, opened, requestId);
  const seat = await stage.customers.seatOf(session, conversationId);
  const claimed = await stage.log.claim(conversationId, stage.nodeId);
  if (!seat || !claimed) throw new Error(`The demo's conversation ${number} is not there`);
  const customer: Person = { side: "customer", id: seat.author, name: seat.name };
  const personFor = (who: Who): Person => (who === "customer" ? customer : asPerson(stage.accounts[who]));
  const read = await play(stage, claimed, story, { number, at, personFor });
  for (const [who, upTo] of read) await stage.log.read(conversationId, personFor(who), upTo);
  await stage.log.release(conversationId, claimed.epoch);
}

/** The customer with a session that nobody can have: what it is the hash of is known to this desk alone. */
export async function customerOf(
  { customers, inbox, secret }: Stage,
  { customer }: Story,
): Promise<CustomerSessionRow> {
  const { name, known, device, language } = customer;
  const sessionId = hashed(`${secret}|demo|${known?.id ?? device + language}`);
  const deviceId = keyOf(0, sessionId);
  const start = { sessionId, inbox, deviceId, name: "Visitor", hint: { device, language } };
  const session = (await customers.session(sessionId)) ?? (await customers.startAnonymous(start));
  if (!known || session.verified) return session;
  const identity = { externalId: known.id, name, email: known.email };
  return (await customers.identify(session, identity, requestId)).session;
}

type Performance = { readonly number: number; readonly at: number; readonly personFor: (who: Who) => Person };

/** Says up to where each of them has read: to where they last acted, or to the end. */
async function play({ log }: Stage, claimed: Claimed, { turns, readBy }: Story, show: Performance) {
  let { conversation } = claimed;
  let at = show.at;
  const read = new Map<Who, number>();
  for (const [index, turn] of turns.entries()) {
    const by = show.personFor(turn[0]);
    const command = commandFor(turn, keyOf(show.number, String(index)));
    at += turn[1] * MINUTE_MS;
    const known = await log.byKey(conversation.id, by, command.clientId); // from a start that was cut off
    if (!known) conversation = await keep(log, claimed.epoch, conversation, by, command, at);
    read.set(turn[0], known?.seq ?? conversation.head);
  }
  for (const who of readBy) read.set(who, who === "customer" ? conversation.publicHead : conversation.head);
  return read;
}

async function keep(
  log: ConversationLog,
  epoch: number,
  now: Conversation,
  by: Person,
  command: ConversationCommand,
  at: number,
): Promise<Conversation> {
  const events = decide(now, by, command, { at, newId: randomUUID });
  if (isRefusal(events)) throw new Error(`The demo's ${command.type} is refused: ${events.refused}`);
  const { outcome } = await log.append({ conversationId: now.id, epoch, expectedHead: now.head, events });
  if (outcome !== "kept") throw new Error(`The demo's ${command.type} is ${outcome}`);
  return events.reduce(evolve, now);
}

function commandFor([, , what, text = ""]: Turn, clientId: string): ConversationCommand {
  switch (what) {
    case "says":
      return { type: "message.send", clientId, body: text };
    case "notes":
      return { type: "note.post", clientId, body: text };
    case "joins":
      return { type: "conversation.join", clientId };
    case "leaves":
      return { type: "conversation.leave", clientId };
    case "closes":
      return { type: "conversation.close", clientId };
    case "reopens":
      return { type: "conversation.reopen", clientId };
  }
}

const asPerson = ({ id, name, role }: StaffUser): Person => ({ side: "staff", id, name, role });

/** The same uuid for the same turn each time, so that a start that was cut off can go on where it stopped. */
function keyOf(number: number, what: string): string {
  const hex = createHash("sha256").update(`demo|${number}|${what}`).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
