import type { Account as SignIn } from "#loadtest/people/agents.ts";
import type { Account } from "./ledger.ts";
import type { Pace } from "./rate-plan.ts";

/** What a process of clients is told, one after the other. */
export type Order =
  | { readonly order: "enter"; readonly desk: string; readonly inboxKey: string; readonly agents: readonly SignIn[] }
  /** `mine`: numbers of the conversations that this process has. */
  | { readonly order: "open"; readonly mine: readonly number[] }
  | {
      readonly order: "talk";
      readonly pace: Pace;
      readonly bytes: number;
      /** Milliseconds since 1970. */
      readonly startAt: number;
      /** Nothing of it is told or counted. */
      readonly isWarmUp: boolean;
    }
  | { readonly order: "account" }
  /** Everything the desk's own pages show of the conversations, asked for by their customers. */
  | { readonly order: "histories" };

/** What it says: `done` ends an order. */
export type Word =
  | { readonly say: "opened"; readonly count: number }
  | {
      readonly say: "heard";
      readonly sent: number;
      readonly deliver: number[];
      readonly ack: number[];
      readonly late: number[];
    }
  | { readonly say: "accounts"; readonly accounts: readonly Account[] }
  | { readonly say: "history"; readonly conversationId: string; readonly ids: readonly string[] }
  | { readonly say: "done" }
  | { readonly say: "failed"; readonly why: string };
