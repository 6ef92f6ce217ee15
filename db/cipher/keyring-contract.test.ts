import { randomUUID } from "node:crypto";
import { cipherContract } from "#core/contract/cipher.contract.ts";
import { connect } from "../open/connect.ts";
import { freshDatabase } from "../testing/fresh-database.ts";
import { keepKey } from "./key-shelf.ts";
import { openKeyring } from "./open-keyring.ts";

cipherContract(async () => {
  const fresh = await freshDatabase();
  const keyring = await openKeyring(fresh.database.app, fresh.secret);
  const orgId = randomUUID();
  const newKey = async () => {
    const key = await keyring.forge({ kind: "customer", orgId, subjectId: randomUUID() });
    await fresh.database.withCtx({ org: orgId, uid: null, role: "system" }, (db) => keepKey(db, key));
    return key.id;
  };
  return {
    cipher: keyring,
    keys: [await newKey(), await newKey()],
    destroyAfter: async (use) => {
      const id = await newKey();
      await use(id);
      await using admin = await connect(fresh.adminUrl);
      await admin.query("delete from roomdesk.keys where id = $1", [id]);
      keyring.forget(id);
    },
    close: async () => {
      keyring.close();
      await fresh.close();
    },
  };
});
