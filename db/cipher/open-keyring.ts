import type { Door } from "../open.ts";
import { Refused } from "../refused.ts";
import { keyShelf } from "./key-shelf.ts";
import { Keyring } from "./keyring.ts";
import { masterKey } from "./master-key.ts";

/** The desk's keys. Refuses a secret that is not the one the database was set up with. */
export async function openKeyring(door: Pick<Door, "call">, secret: string): Promise<Keyring> {
  const master = masterKey(secret);
  const [answer] = await door.call<{ fits: boolean }>("select roomdesk.check_master_key($1, $2) as fits", [
    master.id,
    master.checkValue,
  ]);
  if (!answer?.fits)
    throw new Refused(
      "ROOMDESK_SECRET is not the secret this database was set up with, so nothing in it can be read; set it to the earlier one.",
    );
  return new Keyring(master, keyShelf(door));
}
