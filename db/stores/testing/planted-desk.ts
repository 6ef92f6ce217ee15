import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import type { Person, StaffRole } from "#protocol/people.ts";
import { keepKey } from "../../cipher/key-shelf.ts";
import type { Keyring } from "../../cipher/keyring.ts";
import { columnRow } from "../../cipher/rows.ts";
import type { Database } from "../../open.ts";
import { inboxes } from "../../schema/inboxes.ts";
import { organisations } from "../../schema/organisations.ts";
import { customers, users } from "../../schema/people.ts";
import type { Ctx } from "../../scope.ts";

export type PlantedConversation = {
  readonly conversationId: string;
  readonly ana: Person & { side: "customer" };
  readonly customerId: string;
  readonly customerKey: string;
};

/** An organisation with an inbox, written straight into the tables: what the log's tests and benches stand on. */
export class PlantedDesk {
  readonly orgId = randomUUID();
  readonly inboxId: string;
  readonly system: Ctx = { org: this.orgId, uid: null, role: "system" };
  readonly #database: Database;
  readonly #keyring: Keyring;

  private constructor(database: Database, keyring: Keyring, inboxId: string) {
    this.#database = database;
    this.#keyring = keyring;
    this.inboxId = inboxId;
  }

  static async plant(database: Database, keyring: Keyring): Promise<PlantedDesk> {
    const desk = new PlantedDesk(database, keyring, randomUUID());
    const key = await keyring.forge({ kind: "organisation", orgId: desk.orgId, subjectId: desk.orgId });
    await database.withCtx(desk.system, async (db) => {
      await keepKey(db, key);
      await db.insert(organisations).values({ id: desk.orgId, name: "Brewster", keyId: key.id });
    });
    await desk.addInbox(desk.inboxId);
    return desk;
  }

  async addInbox(id: string = randomUUID()): Promise<string> {
    const inbox = { id, orgId: this.orgId, name: "Shop", publicKey: `rd_${id}` };
    await this.#database.withCtx(this.system, (db) => db.insert(inboxes).values(inbox));
    return id;
  }

  async hire(name: string, role: StaffRole = "agent"): Promise<Person & { side: "staff" }> {
    const id = randomUUID();
    const personal = Buffer.from("sealed elsewhere");
    const user = { id, orgId: this.orgId, role, name: personal, email: personal, passwordHash: "none" };
    await this.#database.withCtx(this.system, (db) =>
      db.insert(users).values({ ...user, emailIndex: Buffer.from(id) }),
    );
    return { side: "staff", id, name, role };
  }

  async customer(name: string): Promise<{ customerId: string; customerKey: string }> {
    const id = randomUUID();
    const { orgId } = this;
    const key = await this.#keyring.forge({ kind: "customer", orgId, subjectId: id });
    const sealedName = await this.#keyring.seal(key.id, columnRow(orgId, "customers", id, "name"), name);
    await this.#database.withCtx(this.system, async (db) => {
      await keepKey(db, key);
      await db.insert(customers).values({ id, orgId, keyId: key.id, name: sealedName });
    });
    return { customerId: id, customerKey: key.id };
  }

  async open(inboxId = this.inboxId): Promise<PlantedConversation> {
    const customer = await this.customer("Ana");
    return { ...customer, ...(await this.openFor(customer, inboxId)) };
  }

  async openFor(
    { customerId, customerKey }: { customerId: string; customerKey: string },
    inboxId = this.inboxId,
  ): Promise<{ conversationId: string; ana: Person & { side: "customer" } }> {
    const [conversationId, author, clientId, eventId] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
    const what = { kind: "conversation", orgId: this.orgId, subjectId: conversationId, parentId: customerKey } as const;
    const key = await this.#keyring.forge(what);
    await this.#database.withCtx(this.system, (db) =>
      db.execute(sql`select * from roomdesk.open_conversation(${conversationId}, ${inboxId}, ${customerId}, ${author},
        ${clientId}, ${eventId}, ${1_700_000_000_000}, null, ${key.id}, ${key.kek}, ${key.wrapped})`),
    );
    return { conversationId, ana: { side: "customer", id: author, name: "Ana" } };
  }
}
