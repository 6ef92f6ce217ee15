import { expect, onTestFinished, test } from "vitest";
import { setupContract } from "#core/contract/setup.contract.ts";
import { openKeyring } from "../cipher/open-keyring.ts";
import { openDatabaseAt } from "../open/database.ts";
import { connect } from "../open/connect.ts";
import { setupStore } from "./setup.ts";
import { deskOnPostgres } from "./testing/desk-on-postgres.ts";

setupContract(deskOnPostgres);

test("[N2] one node's link works at another, ends with the other's next one, and is nowhere but as a hash", async () => {
  const desk = await deskOnPostgres();
  onTestFinished(() => desk.close());
  const { secret, adminUrl } = desk.fresh;
  const database = openDatabaseAt({ url: adminUrl, secret });
  onTestFinished(() => database.close());
  const keyring = await openKeyring(database.app, secret);
  onTestFinished(() => keyring.close());
  const elsewhere = setupStore({ database, keyring });

  await desk.setup.offer("a".repeat(64));
  expect(await elsewhere.isOffered("a".repeat(64))).toBe(true);
  await elsewhere.offer("b".repeat(64));
  expect(await desk.setup.isOffered("a".repeat(64))).toBe(false);
  const admin = { email: "ada@brewster.example", name: "Ada", passwordHash: "$argon2id$none" };
  const first = { organisation: "Brewster", inboxName: "Web shop", admin };
  expect(await desk.setup.complete(first, { tokenHash: "b".repeat(64) }, "request")).toBeDefined();
  expect(await elsewhere.isDone()).toBe(true);

  await using server = await connect(adminUrl);
  const { rows } = await server.query("select id, used_at is not null as used from roomdesk.setup_tokens order by id");
  expect(rows).toEqual(["a", "b"].map((letter) => ({ id: letter.repeat(64), used: true })));
});
