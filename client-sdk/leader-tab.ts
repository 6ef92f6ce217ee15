import type { Ack } from "#protocol/conversation.ts";
import type { RefusalCode } from "#protocol/refusals.ts";
import type { Cancel } from "./world.ts";

/** What tabs of one person tell each other. */
export type TabNote =
  /** Rows of this conversation were added, queued again or removed: look. */
  | { readonly rows: string }
  | { readonly acked: string; readonly ack: Ack }
  | { readonly refused: string; readonly code: RefusalCode }
  | { readonly opened: string; readonly as: string }
  /** Everything is to be forgotten: the person has signed out. */
  | { readonly signedOut: true };

/** The other tabs of this person in this browser. */
export interface Tabs {
  /** Calls once this tab is the one that sends; it then is until it closes. */
  lead(begin: () => void): void;
  tell(note: TabNote): void;
  hear(listener: (note: TabNote) => void): Cancel;
  close(): void;
}

/** There are no others: in Node, or when nothing is shared with them. */
export const aloneTab = (): Tabs => ({
  lead: (begin) => begin(),
  tell: () => undefined,
  hear: () => () => undefined,
  close: () => undefined,
});

/** Tabs that share an outbox of this name. Without Web Locks (plain http) every tab leads: the keys make that safe. */
export function browserTabs(name: string): Tabs {
  const channel = new BroadcastChannel(name);
  const closed = new AbortController();
  return {
    lead(begin) {
      const { locks } = navigator as { locks?: LockManager };
      if (locks) void holdLock(locks, name, closed.signal, begin);
      else begin();
    },
    tell(note) {
      if (!closed.signal.aborted) channel.postMessage(note);
    },
    hear(listener) {
      const hear = ({ data }: MessageEvent<TabNote>) => listener(data);
      channel.addEventListener("message", hear);
      return () => channel.removeEventListener("message", hear);
    },
    close() {
      closed.abort();
      channel.close();
    },
  };
}

/** The browser gives the lock to the next tab when this one closes, however it closes. */
async function holdLock(locks: LockManager, name: string, closed: AbortSignal, begin: () => void): Promise<void> {
  try {
    await locks.request(name, { signal: closed }, () => {
      begin();
      return new Promise<void>((release) => closed.addEventListener("abort", () => release()));
    });
  } catch (error) {
    if (!closed.aborted) throw error; // waiting was given up because this tab closes
  }
}
