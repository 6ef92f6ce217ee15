import { normalEmail } from "../email.ts";
import type { Staff, StaffUser } from "../ports/staff.ts";
import type { KeptUser, MemoryDesk } from "./memory-desk.ts";

export function memoryStaff(desk: MemoryDesk): Staff {
  const isLive = (id: string) => {
    const session = desk.staffSessions.get(id);
    return session !== undefined && session.expiresAt > desk.now() && desk.users.has(session.userId);
  };
  return {
    async credentials(email) {
      const user = userByEmail(desk, email);
      return user && { user: withoutHash(user), passwordHash: user.passwordHash };
    },

    async startSession({ id, userId, expiresAt }) {
      desk.staffSessions.set(id, { userId, expiresAt });
    },

    async session(id) {
      const session = desk.staffSessions.get(id);
      const user = session && desk.users.get(session.userId);
      return user && isLive(id) ? { id, user: withoutHash(user), expiresAt: session.expiresAt } : undefined;
    },

    async endSession(id) {
      desk.staffSessions.delete(id);
    },

    async endAllSessions(userId) {
      const ids = [...desk.staffSessions].filter(([, session]) => session.userId === userId).map(([id]) => id);
      for (const id of ids) desk.staffSessions.delete(id);
      return ids;
    },

    async ended(ids) {
      return ids.filter((id) => !isLive(id) && !desk.customerSessions.has(id));
    },

    async list(orgId) {
      return [...desk.users.values()].filter((user) => user.orgId === orgId).map(withoutHash);
    },

    async setPassword(userId, passwordHash) {
      const user = desk.users.get(userId);
      if (user) desk.users.set(userId, { ...user, passwordHash });
    },
  };
}

export const userByEmail = (desk: MemoryDesk, email: string): KeptUser | undefined =>
  [...desk.users.values()].find((user) => user.email === normalEmail(email));

const withoutHash = ({ id, orgId, organisation, role, name, email }: KeptUser): StaffUser => ({
  id,
  orgId,
  organisation,
  role,
  name,
  email,
});
