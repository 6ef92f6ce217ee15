import type { Ack, ConversationCommand, Refused } from "#protocol/conversation.ts";
import type { Failed } from "../desk-request.ts";
import { Dispatch } from "../dispatch.ts";
import { aloneTab, type Tabs } from "../leader-tab.ts";
import { memoryOutbox } from "../memory-outbox.ts";
import type { Outbox } from "../outbox.ts";
import { manualWorld, type ManualWorld } from "./manual-world.ts";

export const garden = "garden";
export const say = (body: string): ConversationCommand => ({
  type: "message.send",
  clientId: crypto.randomUUID(),
  body,
});
export const ack = (seq: number): Ack => ({ ok: true, seq, at: seq, id: `event-${seq}` });
export const no = (code: Refused["code"], retryInMs?: number): Refused =>
  retryInMs === undefined ? { ok: false, code } : { ok: false, code, retryInMs };
const textOf = (command: ConversationCommand) => ("body" in command ? command.body : command.type);

/** A desk that answers as it is told, and otherwise acknowledges each key once and the same way ever after. */
export class ScriptedDesk {
  readonly posts: string[] = [];
  readonly log = new Map<string, Ack>();
  answers: (Ack | Refused | undefined)[] = [];
  opens: (Failed | { conversationId: string })[] = [];
  readonly opening: string[] = [];

  post = async (_conversation: string, command: ConversationCommand): Promise<Ack | Refused | undefined> => {
    this.posts.push(textOf(command));
    if (this.answers.length > 0) return this.answers.shift();
    const known = this.log.get(command.clientId) ?? ack(this.log.size + 1);
    this.log.set(command.clientId, known);
    return known;
  };

  open = async (key: string) => {
    this.opening.push(key);
    return this.opens.shift() ?? { conversationId: garden };
  };
}

export async function dispatching(
  desk: ScriptedDesk,
  {
    world = manualWorld(),
    outbox = memoryOutbox(),
    tabs = aloneTab(),
  }: { world?: ManualWorld; outbox?: Outbox; tabs?: Tabs } = {},
) {
  const opened: [string, string][] = [];
  const dispatch = new Dispatch({
    outbox,
    tabs,
    world,
    post: desk.post,
    open: desk.open,
    opened: (...names) => opened.push(names),
    signedOut: () => dispatch.close(),
  });
  await dispatch.start();
  return { dispatch, world, outbox, opened };
}
export const shown = (dispatch: Dispatch, conversation = garden) =>
  dispatch
    .of(conversation)
    .map(({ row, ack, late }) => [textOf(row.command), row.parked ?? (ack ? "saved" : late ? "late" : "queued")]);
