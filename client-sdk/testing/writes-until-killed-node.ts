import { fileOutbox } from "../file-outbox-node.ts";

/** Says each text once it is kept, until it is killed. */
const outbox = fileOutbox(process.argv[2] ?? "");
for (let count = 0; ; count++) {
  const command = { type: "message.send", clientId: crypto.randomUUID(), body: `${count}` } as const;
  await outbox.add({ conversation: "garden", at: Date.now(), command });
  process.stdout.write(`${count}\n`);
}
