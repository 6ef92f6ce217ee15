import { colleagueAdded, deskSetUp } from "../audit-entries.ts";
import { normalEmail } from "../email.ts";
import { EmailTaken, type NewStaffUser, type Setup, type SetupRight, type StaffUser } from "../ports/staff.ts";
import { keepAudit } from "./audit.ts";
import { addOrganisation, type MemoryDesk } from "./memory-desk.ts";
import { userByEmail } from "./staff.ts";

export function memorySetup(desk: MemoryDesk): Setup {
  const isDone = () => [...desk.users.values()].some((user) => user.role === "admin");
  const use = (right: SetupRight) => right === "server" || desk.setupLinks.delete(right.tokenHash);
  let turn: Promise<unknown> = Promise.resolve();
  return {
    inTurn(work) {
      const mine = turn.then(work);
      turn = mine.catch(() => undefined); // whose turn it was hears of it
      return mine;
    },

    async isDone() {
      return isDone();
    },

    async offer(tokenHash) {
      desk.setupLinks.clear();
      desk.setupLinks.add(tokenHash);
    },

    async isOffered(tokenHash) {
      return desk.setupLinks.has(tokenHash);
    },

    async complete({ organisation, admin, inboxName }, right, requestId) {
      if (isDone() || !use(right)) return undefined;
      const { orgId } = addOrganisation(desk, organisation, { name: inboxName, identitySecret: desk.newId() });
      const user = newUser(desk, { ...admin, orgId, role: "admin" });
      keepAudit(desk, deskSetUp(user, requestId));
      return keepUser(desk, user, admin.passwordHash);
    },

    async addUser(given, by) {
      const user = newUser(desk, given);
      keepAudit(desk, colleagueAdded(user, by));
      return keepUser(desk, user, given.passwordHash);
    },

    async inboxes(orgId) {
      return [...desk.inboxes.values()].filter((inbox) => inbox.orgId === orgId);
    },
  };
}

function newUser(desk: MemoryDesk, { orgId, email, name, role }: NewStaffUser): StaffUser {
  if (userByEmail(desk, email)) throw new EmailTaken();
  const organisation = desk.organisations.get(orgId);
  if (!organisation) throw new Error(`No organisation ${orgId}`);
  return { id: desk.newId(), orgId, organisation: organisation.name, role, name, email: normalEmail(email) };
}

function keepUser(desk: MemoryDesk, user: StaffUser, passwordHash: string): StaffUser {
  desk.users.set(user.id, { ...user, passwordHash });
  return user;
}
