import { normalEmail } from "../email.ts";
import { EmailTaken, type NewStaffUser, type Setup, type SetupRight, type StaffUser } from "../ports/staff.ts";
import { addOrganisation, type MemoryDesk } from "./memory-desk.ts";
import { userByEmail } from "./staff.ts";

export function memorySetup(desk: MemoryDesk): Setup {
  const isDone = () => [...desk.users.values()].some((user) => user.role === "admin");
  const use = (right: SetupRight) => right === "server" || desk.setupLinks.delete(right.tokenHash);
  return {
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

    async complete({ organisation, admin, inboxName }, right) {
      if (isDone() || !use(right)) return undefined;
      const { orgId } = addOrganisation(desk, organisation, { name: inboxName, identitySecret: desk.newId() });
      return addUser(desk, { ...admin, orgId, role: "admin" });
    },

    async addUser(user) {
      return addUser(desk, user);
    },

    async inboxes(orgId) {
      return [...desk.inboxes.values()].filter((inbox) => inbox.orgId === orgId);
    },
  };
}

function addUser(desk: MemoryDesk, { orgId, email, name, role, passwordHash }: NewStaffUser): StaffUser {
  if (userByEmail(desk, email)) throw new EmailTaken();
  const organisation = desk.organisations.get(orgId);
  if (!organisation) throw new Error(`No organisation ${orgId}`);
  const user = { id: desk.newId(), orgId, organisation: organisation.name, role, name, email: normalEmail(email) };
  desk.users.set(user.id, { ...user, passwordHash });
  return user;
}
