import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { byServer } from "#core/audit-entries.ts";
import type { AuditEntry } from "#core/ports/audit.ts";
import type { CustomerSessionRow } from "#core/ports/customers.ts";
import type { StaffUser } from "#core/ports/staff.ts";
import { asPerson, Company, hex, type DeskUnderTest } from "./desk-under-test.ts";

type Scene = {
  readonly desk: DeskUnderTest;
  readonly company: Company;
  readonly ben: StaffUser;
  /** A session of Ben's. */
  readonly signedIn: string;
  readonly ana: CustomerSessionRow;
};
type Change = {
  /** What is done, under the request "r7". */
  readonly make: (scene: Scene) => Promise<unknown>;
  /** What of the desk it changes. */
  readonly look: (scene: Scene) => Promise<unknown>;
  readonly entry: (scene: Scene) => Partial<AuditEntry>;
};

const request = "r7";
const newcomer = { email: "eve@brewster.example", name: "Eve", role: "agent", passwordHash: "$argon2id$none" } as const;
const newSession = hex();
const self = ({ id, role }: StaffUser) => ({ actorId: id, actorRole: role, objectType: "user", objectId: id });
const customers = ({ customerId }: CustomerSessionRow) => ({ actorId: customerId, actorRole: "customer" });

const changes: Record<string, Change> = {
  "hiring somebody": {
    make: ({ desk, company }) => desk.setup.addUser({ ...newcomer, orgId: company.orgId }, byServer(request)),
    look: ({ desk, company }) => desk.staff.list(company.orgId),
    entry: () => ({ action: "staff.add", actorId: null, actorRole: "system", detail: { role: "agent" } }),
  },
  "a new password": {
    make: ({ desk, ben }) => desk.staff.setPassword(ben.id, "$argon2id$new", byServer(request)),
    look: ({ desk, ben }) => desk.staff.credentials(ben.email),
    entry: ({ ben }) => ({ action: "staff.change_password", objectType: "user", objectId: ben.id }),
  },
  "signing in": {
    make: ({ desk, ben }) =>
      desk.staff.startSession(
        { id: newSession, userId: ben.id, orgId: ben.orgId, expiresAt: Date.now() + 60_000, device: "" },
        request,
      ),
    look: async ({ desk }) => (await desk.staff.session(newSession))?.id,
    entry: ({ ben }) => ({ action: "staff.sign_in", ...self(ben) }),
  },
  "signing out": {
    make: ({ desk, signedIn }) => desk.staff.endSession(signedIn, request),
    look: async ({ desk, signedIn }) => (await desk.staff.session(signedIn))?.id,
    entry: ({ ben }) => ({ action: "staff.sign_out", ...self(ben) }),
  },
  "signing out everywhere": {
    make: ({ desk, ben }) => desk.staff.endAllSessions(ben.id, request),
    look: async ({ desk, signedIn }) => (await desk.staff.session(signedIn))?.id,
    entry: ({ ben }) => ({ action: "staff.sign_out_everywhere", ...self(ben), detail: { sessions: 1 } }),
  },
  "a customer's signing out": {
    make: ({ desk, ana }) => desk.customers.endSession(ana.id, request),
    look: ({ desk, ana }) => desk.customers.session(ana.id),
    entry: ({ ana }) => ({ action: "customer.sign_out", ...customers(ana), objectId: ana.customerId }),
  },
  "a customer's becoming known": {
    make: ({ desk, ana }) =>
      desk.customers.identify(ana, { externalId: ana.id, name: "Ana", email: "ana@shop.example" }, request),
    look: ({ desk, ana }) => desk.customers.session(ana.id),
    entry: ({ ana }) => ({ action: "customer.identify", ...customers(ana), detail: { moved: 0 } }),
  },
  "opening a conversation": {
    make: ({ desk, ana }) => desk.customers.openConversation(ana, { clientId: randomUUID(), at: 1000 }, request),
    look: ({ desk, ana }) => desk.customers.conversations(ana),
    entry: ({ ana }) => ({ action: "conversation.open", ...customers(ana), objectType: "conversation" }),
  },
};

/** What Ben and Ana do in a conversation of hers. */
async function talk({ desk, company, ben, ana }: Scene) {
  const id = await company.open(ana);
  const owner = await company.own(id);
  const status = async () => (await desk.log.claim(id, desk.nodes[0]))?.conversation.status;
  return { id, owner, ben: asPerson(ben), ana: await company.author(ana, id), status };
}

/** What every store must write down of what it changes. */
export function auditedChangesContract(start: () => Promise<DeskUnderTest>): void {
  let scene: Scene;
  let desk: DeskUnderTest;
  beforeAll(async () => {
    desk = await start();
  });
  afterAll(() => desk.close?.());
  beforeEach(async () => {
    const company = await Company.found(desk);
    const ben = await company.hire("Ben");
    const signedIn = hex();
    const session = { id: signedIn, userId: ben.id, orgId: ben.orgId, expiresAt: Date.now() + 60_000, device: "" };
    await desk.staff.startSession(session, "before");
    scene = { desk, company, ben, signedIn, ana: await company.visitor() };
  });

  describe.each(Object.entries(changes))("[I19] %s", (_, { make, look, entry }) => {
    const ofRequest = async () =>
      (await desk.audited(scene.company.orgId)).filter(({ requestId }) => requestId === request);

    test("leaves one entry", async () => {
      const before = await look(scene);
      await make(scene);
      expect(await look(scene)).not.toEqual(before);
      const { orgId } = scene.company;
      expect(await ofRequest()).toEqual([expect.objectContaining({ orgId, outcome: "done", ...entry(scene) })]);
    });

    test("does not take place when it cannot be written down", async () => {
      const before = await look(scene);
      await desk.spoilAudit(scene.company.orgId);
      await expect(make(scene)).rejects.toThrow();
      expect(await look(scene)).toEqual(before);
    });
  });

  test("[I19] closing a conversation and opening it again leave one entry each, what is said in it none", async () => {
    const { id, owner, ben, ana } = await talk(scene);
    const before = (await desk.audited(scene.company.orgId)).length;
    await owner.say(ana, "Hello");
    await owner.say(ben, "Hi");
    await owner.do(ben, { type: "conversation.close" });
    await owner.do(ana, { type: "conversation.reopen" });
    await owner.say(ana, "One more thing");
    const entries = (await desk.audited(scene.company.orgId)).slice(before);
    const about = { objectType: "conversation", objectId: id, outcome: "done" };
    expect(entries).toEqual([
      expect.objectContaining({ ...about, action: "conversation.close", actorId: ben.id, actorRole: "agent" }),
      expect.objectContaining({ ...about, action: "conversation.reopen", actorId: ana.id, actorRole: "customer" }),
    ]);
  });

  test("[I19] a conversation is not closed when it cannot be written down, and goes on", async () => {
    const { owner, ben, ana, status } = await talk(scene);
    await owner.say(ben, "Hi");
    await desk.spoilAudit(scene.company.orgId);
    await expect(owner.do(ben, { type: "conversation.close" })).rejects.toThrow();
    expect(await owner.say(ana, "Still there?")).toBeDefined();
    expect(await status()).toBe("open");
  });

  test("[I19] what changes nothing leaves no entry", async () => {
    const { company, ana, signedIn } = scene;
    const opening = { clientId: randomUUID(), at: 1000 };
    await desk.customers.openConversation(ana, opening, "first");
    await desk.customers.openConversation(ana, opening, request);
    await desk.staff.endSession(signedIn, "first");
    await desk.staff.endSession(signedIn, request);
    await desk.customers.endSession(hex(), request);
    const entries = await desk.audited(company.orgId);
    expect(entries.map(({ requestId, action }) => [requestId, action]).slice(-2)).toEqual([
      ["first", "conversation.open"],
      ["first", "staff.sign_out"],
    ]);
  });

  test("[I19] a first start is the first entry of the desk's log", async () => {
    const admin = { email: `${hex()}@brewster.example`, name: "Ada", passwordHash: "$argon2id$none" };
    const empty = await start();
    try {
      const ada = await empty.setup.complete({ organisation: "B", inboxName: "W", admin }, "server", request);
      expect(await empty.audited(ada!.orgId)).toEqual([
        expect.objectContaining({ action: "desk.set_up", actorId: ada!.id, actorRole: "admin", requestId: request }),
      ]);
    } finally {
      await empty.close?.();
    }
  });
}
