import { Draft } from "#client-ui/draft.ts";

const fresh = "new";

/** What was typed and not sent, by conversation; `null` is the one that begins with its first message. */
export class Drafts {
  readonly #inbox: string;
  /** Where storage is blocked, drafts live as long as their page. */
  readonly #here = new Map<string, string>();

  constructor(inbox: string) {
    this.#inbox = inbox;
  }

  read(conversation: string | null): string {
    return this.#here.get(conversation ?? fresh) ?? this.#kept(conversation).read();
  }

  keep(conversation: string | null, body: string): void {
    this.#here.set(conversation ?? fresh, body);
    this.#kept(conversation).keep(body);
  }

  /** The desk has given the new conversation its id: what was being typed goes on there. */
  move(to: string): void {
    const body = this.read(null);
    this.keep(null, "");
    if (body !== "") this.keep(to, body);
  }

  /** Puts a text after what was written already, once. */
  add(conversation: string | null, text: string): void {
    const before = this.read(conversation);
    if (!before.includes(text)) this.keep(conversation, before.trim() === "" ? text : `${before.trimEnd()}\n${text}`);
  }

  forget(): void {
    this.#here.clear();
    Draft.forget(`${this.#inbox}:`);
  }

  #kept(conversation: string | null): Draft {
    return new Draft(`${this.#inbox}:${conversation ?? fresh}`);
  }
}
