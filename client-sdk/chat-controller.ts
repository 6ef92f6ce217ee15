import type { Kept } from "./conversation-writer.ts";
import type { ConversationSession } from "./conversation-session.ts";
import type { Problem } from "./problem.ts";
import type { Refusal } from "#protocol/refusals.ts";
import type { Connection } from "./standing.ts";
import type { Participant, ViewLine } from "./view-line.ts";

/** What Lit calls a ReactiveControllerHost, as far as we need it: any element that is one will do. */
export interface ChatHost {
  addController(controller: ChatController): void;
  requestUpdate(): void;
}

const noLines: readonly ViewLine[] = [];
const nobody: readonly Participant[] = [];
const noSession: Refusal = { refused: "unavailable" };

/** A conversation inside an element: draws it anew when something changes, and lets go when it leaves the page. */
export class ChatController {
  readonly #host: ChatHost;
  #session: ConversationSession | null;
  #isConnected = false;
  #stop: (() => void) | undefined;

  constructor(host: ChatHost, session: ConversationSession | null = null) {
    this.#host = host;
    this.#session = session;
    host.addController(this);
  }

  get session(): ConversationSession | null {
    return this.#session;
  }

  set session(session: ConversationSession | null) {
    if (session === this.#session) return;
    this.#session = session;
    this.#listen();
    this.#host.requestUpdate();
  }

  get messages(): readonly ViewLine[] {
    return this.#session?.messages ?? noLines;
  }

  get isLoading(): boolean {
    return this.#session?.isLoading ?? true;
  }

  get error(): Problem | null {
    return this.#session?.error ?? null;
  }

  get connection(): Connection {
    return this.#session?.connection ?? "connecting";
  }

  get onlineUsers(): readonly Participant[] {
    return this.#session?.onlineUsers ?? nobody;
  }

  get typingUsers(): readonly Participant[] {
    return this.#session?.typingUsers ?? nobody;
  }

  sendMessage = async (body: string): Promise<Kept | Refusal> => this.#session?.sendMessage(body) ?? noSession;
  editMessage = async (key: string, body: string): Promise<Kept | Refusal> =>
    this.#session?.editMessage(key, body) ?? noSession;
  deleteMessage = async (key: string): Promise<Kept | Refusal> => this.#session?.deleteMessage(key) ?? noSession;
  sendFile = async (): Promise<Refusal> => this.#session?.sendFile() ?? noSession;
  sendTypingIndicator = (on = true): void => this.#session?.sendTypingIndicator(on);
  markRead = (key?: string): void => this.#session?.markRead(key);
  loadOlder = async (): Promise<void> => this.#session?.loadOlder();

  /** Lit calls these. */
  hostConnected(): void {
    this.#isConnected = true;
    this.#listen();
    this.#host.requestUpdate(); // the conversation has gone on while it was away
  }

  hostDisconnected(): void {
    this.#isConnected = false;
    this.#listen();
  }

  #listen(): void {
    this.#stop?.();
    this.#stop = this.#isConnected ? this.#session?.onChange(() => this.#host.requestUpdate()) : undefined;
  }
}
