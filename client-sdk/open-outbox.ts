import { idbOutbox } from "./idb-outbox.ts";
import { aloneTab, browserTabs, type Tabs } from "./leader-tab.ts";
import { memoryOutbox } from "./memory-outbox.ts";
import type { Outbox } from "./outbox.ts";
import type { Clock } from "./world.ts";

/** Where what is written is kept, and with whom that is shared. */
export type Keeping = { readonly outbox: Outbox; readonly tabs: Tabs };
export type OpenKeeping = (name: string, clock: Clock) => Promise<Keeping>;

/** A database that another tab keeps from opening does not answer at all. */
const openWithinMs = 3000;

/** On the device where the browser lets us; otherwise in this page only. */
export const browserKeeping: OpenKeeping = async (name, clock) => {
  const outbox = await persistent(name, clock);
  return outbox ? { outbox, tabs: browserTabs(name) } : { outbox: memoryOutbox(), tabs: aloneTab() };
};

async function persistent(name: string, clock: Clock): Promise<Outbox | undefined> {
  if (typeof indexedDB === "undefined") return undefined;
  const opening = idbOutbox(name).catch(() => undefined); // private window, or storage is blocked or full
  const tooLate = new Promise<undefined>((resolve) => clock.after(openWithinMs, () => resolve(undefined)));
  return Promise.race([opening, tooLate]);
}
