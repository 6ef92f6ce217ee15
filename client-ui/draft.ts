const prefix = "roomdesk:draft:";

/** What was typed and not sent, kept over a reload. Where storage is blocked a draft lives as long as its page. */
export class Draft {
  readonly #key: string;

  /** @param of what is being written in: a conversation's id, with the inbox before it where several share a browser */
  constructor(of: string) {
    this.#key = prefix + of;
  }

  /** Every draft whose `of` begins so, on signing out. */
  static forget(of: string): void {
    try {
      for (const key of Object.keys(localStorage)) if (key.startsWith(prefix + of)) localStorage.removeItem(key);
    } catch (error) {
      console.debug("There are no drafts in this browser.", error);
    }
  }

  /** Every draft whose `of` begins so, by the rest of it. */
  static all(of: string): ReadonlyMap<string, string> {
    try {
      const begin = prefix + of;
      const kept = Object.entries(localStorage).filter(([key]) => key.startsWith(begin)) as [string, string][];
      return new Map(kept.map(([key, body]) => [key.slice(begin.length), body]));
    } catch {
      return new Map();
    }
  }

  read(): string {
    try {
      return localStorage.getItem(this.#key) ?? "";
    } catch {
      return "";
    }
  }

  keep(body: string): void {
    try {
      if (body === "") localStorage.removeItem(this.#key);
      else localStorage.setItem(this.#key, body);
    } catch (error) {
      console.debug("The draft cannot be kept in this browser.", error);
    }
  }
}
