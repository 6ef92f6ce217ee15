import type { CustomerPanel, Row } from "#protocol/workspace.ts";
import { customerName } from "./customer-name.ts";

/** A customer as far as this tab has heard of them. */
export type KnownCustomer = {
  readonly id: string;
  readonly name: string;
  readonly verified: boolean;
  readonly online: boolean;
  /** Where they write; empty when only their panel told of them. */
  readonly inboxName: string;
};

const key = "roomdesk:customers";
const most = 200;

type KeptIn = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/**
 * Whose conversation it is. The list's window may lose a row while one reads, and earlier conversations never stood in
 * it; only rows and panels say which customer a conversation belongs to. Ids survive a reload of the tab, nothing else does.
 */
export class KnownCustomers {
  readonly #known = new Map<string, KnownCustomer>();
  readonly #storage: KeptIn | undefined;
  #learnt: readonly Row[] = [];

  constructor(storage: KeptIn | undefined = tabStorage()) {
    this.#storage = storage;
    for (const [conversation, id] of this.#kept()) this.#known.set(conversation, { ...nobody, id, name: "" });
  }

  of(conversation: string): KnownCustomer | null {
    return this.#known.get(conversation) ?? null;
  }

  learn(rows: readonly Row[]): void {
    if (rows === this.#learnt) return;
    this.#learnt = rows;
    for (const { id, customer, inboxName } of rows)
      this.#known.set(id, { ...customer, name: customerName(customer), inboxName });
  }

  /** Of who does not stand in the list the conversation itself knows the name, and whether they are here. */
  meet(conversation: string, { name, online }: { readonly name: string; readonly online: boolean }): void {
    const known = this.#known.get(conversation);
    if (!known || known.inboxName !== "") return;
    const met = { ...known, name: known.name || customerName({ id: known.id, name }), online };
    if (met.name !== known.name || met.online !== known.online) this.#known.set(conversation, met);
  }

  /** Kept over a reload: the conversation that is open now. */
  keep(conversation: string): void {
    const id = this.#known.get(conversation)?.id;
    if (id === undefined) return;
    const rest = this.#kept().filter(([one]) => one !== conversation);
    this.#storage?.setItem(key, JSON.stringify([...rest, [conversation, id]].slice(-most)));
  }

  learnPanel(panel: CustomerPanel): void {
    const { id, verified } = panel;
    for (const { id: conversation } of panel.conversations) {
      const before = this.#known.get(conversation) ?? nobody;
      this.#known.set(conversation, { ...before, id, verified, name: customerName(panel) });
    }
  }

  forget(): void {
    this.#known.clear();
    this.#storage?.removeItem(key);
  }

  #kept(): [string, string][] {
    try {
      return JSON.parse(this.#storage?.getItem(key) ?? "[]") as [string, string][];
    } catch {
      return []; // Somebody else wrote there.
    }
  }
}

const nobody: KnownCustomer = { id: "", name: "", verified: false, online: false, inboxName: "" };

function tabStorage(): Storage | undefined {
  try {
    return globalThis.sessionStorage;
  } catch {
    return undefined; // Storage is blocked.
  }
}
