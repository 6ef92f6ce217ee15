import { aloneTab } from "#client-sdk/leader-tab.ts";
import { memoryOutbox } from "#client-sdk/memory-outbox.ts";
import type { OpenKeeping } from "#client-sdk/open-outbox.ts";

/** What is unsent lives as long as its process. */
export const inMemory: OpenKeeping = async () => ({ outbox: memoryOutbox(), tabs: aloneTab() });
