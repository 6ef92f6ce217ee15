import type { CustomerSession } from "#client-sdk/customer-session.ts";
import type { Problem } from "#client-sdk/problem.ts";
import type { Chat } from "./chat.ts";

/** What the widget wants of a customer's session. */
export type Customer = Pick<
  CustomerSession,
  | "state"
  | "error"
  | "customer"
  | "inbox"
  | "conversations"
  | "unread"
  | "draft"
  | "notice"
  | "onChange"
  | "open"
  | "identify"
  | "logout"
  | "destroy"
> & { conversation(id?: string): Chat };

/** Brings the session of a customer. It is fetched when first needed, so that the launcher stays light. */
export type Arrive = (to: { readonly inbox: string; readonly server: string }) => Promise<Customer>;

/** Over the network, to the real desk. */
export const arrive: Arrive = async ({ inbox, server }) => {
  const { CustomerSession } = await import("#client-sdk/customer-session.ts");
  const page = () => ({ url: location.href, title: document.title });
  return new CustomerSession({ desk: server, inboxKey: inbox, page });
};

const partMissing = { code: "part_missing", retry: true } as const;
/** Why the desk cannot be opened. */
export type Trouble = Problem | typeof partMissing;

/** The way to the desk: fetches the session once, and opens it as often as somebody asks. */
export class Arrival {
  customer: Customer | undefined;
  readonly #bring: () => Promise<Customer>;
  readonly #on: { readonly arrived: (customer: Customer) => void; readonly changed: () => void };
  #arriving: Promise<Customer> | undefined;
  #connecting: Promise<void> | undefined;
  #isPartMissing = false;

  constructor(bring: () => Promise<Customer>, on: { arrived: (customer: Customer) => void; changed: () => void }) {
    this.#bring = bring;
    this.#on = on;
  }

  get isConnecting(): boolean {
    return this.#connecting !== undefined;
  }

  get isOpen(): boolean {
    return this.customer?.state === "open";
  }

  get trouble(): Trouble | null {
    return this.#isPartMissing ? partMissing : (this.customer?.error ?? null);
  }

  /** Failing is not the end: `trouble` says so, and the session tries again by itself. */
  connect(): Promise<void> {
    this.#connecting ??= this.#open().finally(() => {
      this.#connecting = undefined;
      this.#on.changed();
    });
    this.#on.changed();
    return this.#connecting;
  }

  /** Rejects when a part of the widget does not load. The next call fetches it again. */
  arrive(): Promise<Customer> {
    this.#arriving ??= this.#bring().then(
      (customer) => {
        this.#isPartMissing = false;
        this.customer = customer;
        this.#on.arrived(customer);
        return customer;
      },
      (error: unknown) => {
        this.#arriving = undefined;
        this.#isPartMissing = true;
        this.#on.changed();
        throw error;
      },
    );
    return this.#arriving;
  }

  end(): void {
    this.customer?.destroy();
    this.customer = this.#arriving = undefined;
  }

  async #open(): Promise<void> {
    try {
      await (await this.arrive()).open();
    } catch (error) {
      console.error(error);
    }
  }
}
