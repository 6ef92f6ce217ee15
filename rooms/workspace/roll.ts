import type { Staff } from "#core/ports/staff.ts";
import type { Colleague } from "#protocol/workspace.ts";

/** The colleagues of an organisation, and who of them is here. */
export class Roll {
  readonly #orgId: string;
  readonly #staff: Pick<Staff, "list">;
  readonly #names = new Map<string, string>();
  readonly #here = new Map<string, number>();

  constructor(orgId: string, staff: Pick<Staff, "list">) {
    this.#orgId = orgId;
    this.#staff = staff;
  }

  /** Somebody who is not known by name brings the whole list with them: people are hired while a room lives. */
  async know({ id, name }: { id: string; name: string }): Promise<void> {
    if (!this.#names.has(id))
      for (const user of await this.#staff.list(this.#orgId)) this.#names.set(user.id, user.name);
    this.#names.set(id, name);
  }

  /** Of somebody who is elsewhere only the id is known at first. */
  async knowAll(ids: Iterable<string>): Promise<void> {
    if ([...ids].every((id) => this.#names.has(id))) return;
    for (const user of await this.#staff.list(this.#orgId)) this.#names.set(user.id, user.name);
  }

  enter(id: string): void {
    this.#here.set(id, (this.#here.get(id) ?? 0) + 1);
  }

  leave(id: string): void {
    const left = (this.#here.get(id) ?? 0) - 1;
    if (left > 0) this.#here.set(id, left);
    else this.#here.delete(id);
  }

  get here(): string[] {
    return [...this.#here.keys()];
  }

  /** @param elsewhere who is at other nodes */
  colleagues(elsewhere: ReadonlySet<string>): readonly Colleague[] {
    const isOnline = (id: string) => this.#here.has(id) || elsewhere.has(id);
    const all = [...this.#names].map(([id, name]) => ({ id, name, online: isOnline(id) }));
    return all.sort((a, b) => Number(b.online) - Number(a.online) || a.name.localeCompare(b.name));
  }
}
