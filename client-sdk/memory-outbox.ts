import type { Outbox } from "./outbox.ts";
import { OutboxTable } from "./outbox-table.ts";

/** Where nothing can be kept: gone with the page, and the person is told so. */
export function memoryOutbox(): Outbox {
  const table = new OutboxTable();
  return {
    isPersistent: false,
    async add(row) {
      const added = table.find(row.command.clientId) ?? table.next(row);
      table.put(added);
      return added;
    },
    rows: async (conversation) => table.rows(conversation),
    park: async (clientId, code) => table.park(clientId, code),
    unpark: async (clientId) => table.park(clientId, null),
    remove: async (clientId) => table.remove(clientId),
    rename: async (from, to) => table.rename(from, to),
    expire: async (before) => table.expire(before),
    destroy: async () => table.clear(),
    close: () => undefined,
  };
}
