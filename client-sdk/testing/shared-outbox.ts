import { memoryOutbox } from "../memory-outbox.ts";
import type { Outbox } from "../outbox.ts";

/** What a device keeps: each `open` is another tab's, or the next page's, view of the same rows. */
export function sharedOutbox(): { readonly open: () => Outbox; readonly kept: Outbox } {
  const kept = memoryOutbox();
  return { kept, open: () => ({ ...kept, isPersistent: true, close: () => undefined }) };
}
