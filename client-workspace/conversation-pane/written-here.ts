import { Draft } from "#client-ui/draft.ts";

const of = (userId: string) => `desk:${userId}:`;

/**
 * What somebody has begun to write in a conversation, and for whom: a note that came back as a reply after a reload would
 * go to the customer.
 */
export class WrittenHere {
  readonly #text: Draft;
  readonly #mode: Draft;

  constructor(userId: string, conversation: string) {
    this.#text = new Draft(of(userId) + conversation);
    this.#mode = new Draft(`${of(userId)}${conversation}:note`);
  }

  get body(): string {
    return this.#text.read();
  }

  set body(body: string) {
    this.#text.keep(body);
  }

  get isNote(): boolean {
    return this.body !== "" && this.#mode.read() !== "";
  }

  set isNote(isNote: boolean) {
    this.#mode.keep(isNote ? "note" : "");
  }

  /** By conversation, for the list. */
  static all(userId: string): ReadonlyMap<string, string> {
    return new Map([...Draft.all(of(userId))].filter(([conversation]) => !conversation.endsWith(":note")));
  }

  /** Nothing of it stays on the device when they sign out. */
  static forget(userId: string): void {
    Draft.forget(of(userId));
  }
}
