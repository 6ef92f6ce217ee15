import type { DialConversation } from "./conversation-feed.ts";
import { ConversationSession } from "./conversation-session.ts";
import { isNew } from "./courier.ts";
import type { ConversationApi } from "./desk-api.ts";
import { unreachable } from "./desk-request.ts";
import { Dispatch, type DispatchParts } from "./dispatch.ts";
import type { OpenKeeping } from "./open-outbox.ts";
import { postOver } from "./post-over.ts";
import type { Self } from "./view-line.ts";
import type { World } from "./world.ts";

export type ShelfParts = Pick<DispatchParts, "open" | "signedOut"> & {
  /** Of the outbox; the same for all tabs of this person. */
  readonly name: string;
  readonly world: World;
  readonly api: ConversationApi;
  readonly dial: DialConversation;
  readonly keeping: OpenKeeping;
  /** The same object until the name changes: that is what lines go by. */
  readonly self: () => Self;
  readonly changed: () => void;
  /** The desk does not know us any more. */
  readonly turnedAway?: () => void;
};

/** The conversations one person has open in this tab, and the one outbox behind them. */
export class ConversationShelf {
  readonly #parts: ShelfParts;
  readonly #sessions = new Map<string, ConversationSession>();
  readonly #dispatch = Promise.withResolvers<Dispatch>();
  readonly #admitted = Promise.withResolvers<undefined>();
  #ready: Dispatch | undefined;
  #starting: Promise<void> | undefined;
  #isAdmitted = false;

  constructor(parts: ShelfParts) {
    this.#parts = parts;
  }

  get sessions(): readonly ConversationSession[] {
    return [...this.#sessions.values()];
  }

  /** Those that were begun, here or before a reload, and have not come to the desk yet. */
  get begun(): readonly string[] {
    return [...this.#sessions.keys(), ...(this.#ready?.conversations ?? [])].filter(isNew);
  }

  /** Of those the ones with something unsent. */
  get unsent(): readonly string[] {
    return this.#ready?.conversations.filter(isNew) ?? [];
  }

  session(conversation: string): ConversationSession {
    void this.start();
    const known = this.#sessions.get(conversation);
    if (known) return known;
    const { promise: dispatch } = this.#dispatch;
    const { promise: admitted } = this.#admitted;
    const session = new ConversationSession({ ...this.#parts, conversation, dispatch, admitted });
    session.onChange(this.#parts.changed);
    this.#sessions.set(conversation, session);
    return session;
  }

  release(conversation: string): void {
    this.#sessions.get(conversation)?.destroy();
    this.#sessions.delete(conversation);
  }

  /** Opens the outbox. What is in it is sent as soon as we are let in. */
  start(): Promise<void> {
    return (this.#starting ??= this.#start());
  }

  /** The desk knows who we are. */
  admit(): void {
    this.#isAdmitted = true;
    this.#admitted.resolve(undefined);
    for (const conversation of this.#ready?.conversations ?? []) this.#ready?.hurry(conversation);
  }

  close(): void {
    for (const session of this.sessions) session.destroy();
    void this.#starting?.then(() => this.#ready?.close());
  }

  /** Nothing of it stays on the device. */
  async destroy(): Promise<void> {
    for (const session of this.sessions) session.destroy();
    await this.start();
    await this.#ready?.destroy();
  }

  async #start(): Promise<void> {
    const { name, world, keeping, api, open, signedOut, changed } = this.#parts;
    const { outbox, tabs } = await keeping(name, world.clock);
    const post = postOver(api);
    this.#ready = new Dispatch({
      outbox,
      tabs,
      world,
      signedOut,
      post: async (conversation, command) => (this.#isAdmitted ? post(conversation, command) : undefined),
      open: async (clientId) => (this.#isAdmitted ? open(clientId) : unreachable),
      opened: (key, conversation) => this.#opened(key, conversation),
    });
    await this.#ready.start();
    this.#dispatch.resolve(this.#ready);
    changed();
  }

  #opened(key: string, conversation: string): void {
    const session = this.#sessions.get(key);
    this.#sessions.delete(key);
    if (session && !this.#sessions.has(conversation)) this.#sessions.set(conversation, session);
    session?.adopt(conversation);
    this.#parts.changed();
  }
}
