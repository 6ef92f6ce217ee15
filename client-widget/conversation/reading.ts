import type { Chat } from "../chat.ts";

/**
 * Where the unread began when the conversation was opened, so that the line does not run away while one reads, and what
 * has been on screen. Before the desk has said how far we had read, nothing is marked: it would be the whole page.
 */
export class Reading {
  newFrom: string | null = null;
  readonly #chat: Chat;
  #isKnown = false;
  #seen: string | undefined;

  constructor(chat: Chat) {
    this.#chat = chat;
  }

  /** Call on every change of the session. */
  look(): void {
    if (this.#isKnown || this.#chat.isLoading || !this.#chat.header) return;
    this.#isKnown = true;
    this.newFrom = this.#chat.firstUnreadKey;
    if (this.#seen !== undefined) this.#chat.markRead(this.#seen);
  }

  seen(key: string): void {
    if (this.#isKnown) this.#chat.markRead(key);
    else this.#seen = key;
  }
}
