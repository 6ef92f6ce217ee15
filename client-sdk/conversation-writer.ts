import { refuseText } from "#core/text.ts";
import type { ConversationCommand, Line } from "#protocol/conversation.ts";
import { isRefusal, refuse, type Refusal } from "#protocol/refusals.ts";
import type { Dispatch } from "./dispatch.ts";
import { isChange, type Change } from "./pending-view.ts";
import type { Pending } from "./pending-rows.ts";

/** It is kept on the device, under this key. */
export type Kept = { readonly clientId: string };

export type WriterParts = {
  readonly dispatch: Promise<Dispatch>;
  readonly newId: () => string;
  /** The conversation's id, or its key while it has none. */
  readonly conversation: () => string;
  readonly lineOf: (key: string) => Extract<Line, { version: number }> | undefined;
};

type Draft<C extends ConversationCommand = ConversationCommand> = C extends unknown ? Omit<C, "clientId"> : never;
type Turn = "conversation.join" | "conversation.leave" | "conversation.close" | "conversation.reopen";

/** What a person does in a conversation, kept before anything else happens to it. */
export class ConversationWriter {
  readonly #parts: WriterParts;

  constructor(parts: WriterParts) {
    this.#parts = parts;
  }

  async post(type: "message.send" | "note.post", body: string): Promise<Kept | Refusal> {
    return refuseText(body) ?? this.#keep({ type, body });
  }

  async edit(key: string, body: string): Promise<Kept | Refusal> {
    return refuseText(body) ?? this.#change(key, (target) => ({ type: "message.edit", ...target, body }));
  }

  async delete(key: string): Promise<Kept | Refusal> {
    return this.#change(key, (target) => ({ type: "message.delete", ...target }));
  }

  /** Answers when the desk has: there is no bubble that could tell how it went. */
  async turn(type: Turn): Promise<Kept | Refusal> {
    const { dispatch, conversation, newId } = this.#parts;
    const clientId = newId();
    const { outcome } = await (await dispatch).add(conversation(), { type, clientId });
    const answer = await outcome;
    return isRefusal(answer) ? answer : { clientId };
  }

  async retry(key: string): Promise<void> {
    const dispatch = await this.#parts.dispatch;
    const parked = this.#parked(dispatch, key);
    if (!parked) return;
    const { command } = parked.row;
    if (!isChange(command)) return dispatch.retry(command.clientId);
    // The version it named may be why it was refused.
    await dispatch.discard(command.clientId);
    await (command.type === "message.edit" ? this.edit(key, command.body) : this.delete(key));
  }

  async discard(key: string): Promise<void> {
    const dispatch = await this.#parts.dispatch;
    const parked = this.#parked(dispatch, key);
    if (parked) await dispatch.discard(parked.row.command.clientId);
  }

  async #change(
    key: string,
    make: (target: Pick<Change, "messageId" | "version">) => Draft<Change>,
  ): Promise<Kept | Refusal> {
    const line = this.#parts.lineOf(key);
    if (!line) return refuse("unavailable"); // not saved yet: there is nothing to change
    const before = this.#changesOf(await this.#parts.dispatch, line.id).filter(({ row }) => !row.parked);
    return this.#keep(make({ messageId: line.id, version: line.version + before.length }));
  }

  async #keep(draft: Draft): Promise<Kept> {
    const { dispatch, conversation, newId } = this.#parts;
    const clientId = newId();
    await (await dispatch).add(conversation(), { ...draft, clientId });
    return { clientId };
  }

  #parked(dispatch: Dispatch, key: string): Pending | undefined {
    const id = this.#parts.lineOf(key)?.id;
    const own = dispatch.of(this.#parts.conversation()).find(({ row }) => row.command.clientId === key);
    return own?.row.parked
      ? own
      : id === undefined
        ? undefined
        : this.#changesOf(dispatch, id).findLast(({ row }) => row.parked);
  }

  #changesOf(dispatch: Dispatch, messageId: string): readonly Pending[] {
    const pending = dispatch.of(this.#parts.conversation());
    return pending.filter(({ row: { command } }) => isChange(command) && command.messageId === messageId);
  }
}
