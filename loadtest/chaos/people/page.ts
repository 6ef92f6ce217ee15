import { setTimeout as delay } from "node:timers/promises";
import type { ConversationSession } from "#client-sdk/conversation-session.ts";
import { CustomerSession } from "#client-sdk/customer-session.ts";
import type { DeviceMemory } from "#client-sdk/device-memory.ts";
import { WorkspaceSession } from "#client-sdk/workspace-session.ts";
import type { World } from "#client-sdk/world.ts";
import { cookieJar } from "../../people/cookie-jar.ts";
import type { Notes } from "./notes.ts";
import type { DevicePlan } from "./orders.ts";
import type { OwnNetwork } from "./own-network.ts";
import type { SharedOutbox } from "./shared-outbox.ts";
import { watchedCustomerWires, watchedStaffWires } from "./watched-wires.ts";

/** What a page needs of the device it is on. */
export type Handset = {
  readonly plan: DevicePlan;
  readonly desk: string;
  readonly inboxKey: string;
  readonly world: World;
  readonly memory: DeviceMemory;
  readonly fetch: typeof globalThis.fetch;
  readonly network: OwnNetwork;
  readonly outbox: SharedOutbox;
  readonly conversations: readonly string[];
  readonly state: { readonly person: string; readonly conversation?: string };
  remember(news: { readonly person?: string; readonly conversation?: string }): void;
};

/** One page of one person: opened, talked in, and closed or reloaded. Whatever it shows is noted at every change. */
export interface Page {
  readonly notes: Notes;
  /** Those that can be talked in. */
  readonly chats: readonly ConversationSession[];
  /** Resolves when the desk has let us in. */
  open(): Promise<void>;
  look(conversations: readonly string[]): void;
  close(): void;
}

export const newPage = (device: Handset, notes: Notes): Page =>
  device.plan.account ? new StaffPage(device, notes) : new CustomerPage(device, notes);

class CustomerPage implements Page {
  readonly notes: Notes;
  readonly #device: Handset;
  readonly #session: CustomerSession;
  #chat: ConversationSession | undefined;

  constructor(device: Handset, notes: Notes) {
    this.notes = notes;
    this.#device = device;
    const { desk, inboxKey, world, memory, fetch } = device;
    const keeping = async () => device.outbox.enter(notes);
    this.#session = new CustomerSession({
      ...{ desk, inboxKey, world, memory, keeping, fetch },
      wires: watchedCustomerWires(notes),
    });
  }

  get chats(): readonly ConversationSession[] {
    return this.#chat ? [this.#chat] : [];
  }

  async open(): Promise<void> {
    const { person, conversation } = this.#device.state;
    if (conversation) this.#show(person, conversation); // what was begun before goes on at once, let in or not
    await this.#session.open();
    await until(() => this.#session.customer !== null);
    const known = this.#session.customer?.id ?? "";
    this.#device.remember({ person: known });
    if (!this.#chat) this.#show(known, undefined);
  }

  look(): void {
    // A customer sees their own conversation and no other.
  }

  close(): void {
    this.#session.destroy();
    this.notes.gone();
  }

  #show(person: string, conversation: string | undefined): void {
    const { name } = this.#device.plan;
    this.notes.note({ what: "screen", side: "customer", person, outbox: name, persistent: true });
    const chat = this.#session.conversation(conversation);
    this.#chat = chat;
    watch(chat, this.notes, () => this.#session.draft);
    chat.onChange(() => {
      if (chat.conversationId) this.#device.remember({ conversation: chat.conversationId });
    });
  }
}

class StaffPage implements Page {
  readonly notes: Notes;
  readonly #device: Handset;
  readonly #session: WorkspaceSession;
  readonly #chats = new Map<string, ConversationSession>();
  #isClosed = false;

  constructor(device: Handset, notes: Notes) {
    this.notes = notes;
    this.#device = device;
    const { desk, world } = device;
    const keeping = async () => device.outbox.enter(notes);
    const fetch = device.network.guard(cookieJar());
    this.#session = new WorkspaceSession({ desk, world, keeping, fetch, wires: watchedStaffWires(notes) });
  }

  get chats(): readonly ConversationSession[] {
    return [...this.#chats.values()];
  }

  /** Signing in is the one thing a person does again by hand until it works. */
  async open(): Promise<void> {
    const { account, name } = this.#device.plan;
    if (!account) throw new Error(`${name} has no account`);
    while (!this.#isClosed && (await this.#session.signIn({ ...account, remember: true }))) await delay(500);
    if (this.#isClosed) return;
    const person = this.#session.user?.id ?? "";
    this.notes.note({ what: "screen", side: "staff", person, outbox: name, persistent: true });
    this.look(this.#device.conversations);
  }

  look(conversations: readonly string[]): void {
    if (this.#session.state !== "signed_in") return;
    for (const id of conversations) {
      if (this.#chats.has(id)) continue;
      const chat = this.#session.conversation(id);
      this.#chats.set(id, chat);
      watch(chat, this.notes, () => null);
    }
  }

  close(): void {
    this.#isClosed = true;
    this.#session.destroy();
    this.notes.gone();
  }
}

function watch(chat: ConversationSession, notes: Notes, keyOf: () => string | null): void {
  chat.onChange(() => {
    const conversation = chat.conversationId ?? keyOf();
    if (conversation) notes.screen(conversation, chat.messages, chat.hasOlder, chat.connection);
  });
}

export async function until(isSo: () => boolean | Promise<boolean>, withinMs = Infinity): Promise<boolean> {
  const late = performance.now() + withinMs;
  while (!(await isSo())) {
    if (performance.now() > late) return false;
    await delay(100);
  }
  return true;
}
