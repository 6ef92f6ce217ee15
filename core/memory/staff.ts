import { passwordChanged, signedIn, signedOut, signedOutEverywhere } from "../audit-entries.ts";
import type { By } from "../ports/audit.ts";
import { normalEmail } from "../email.ts";
import type { Staff, StaffSessionRow, StaffUser } from "../ports/staff.ts";
import { keepAudit } from "./audit.ts";
import type { KeptUser, MemoryDesk } from "./memory-desk.ts";

export const memoryStaff = (desk: MemoryDesk): Staff => new MemoryStaff(desk);

class MemoryStaff implements Staff {
  readonly #desk: MemoryDesk;

  constructor(desk: MemoryDesk) {
    this.#desk = desk;
  }

  async credentials(email: string): ReturnType<Staff["credentials"]> {
    const user = userByEmail(this.#desk, email);
    return user && { user: withoutHash(user), passwordHash: user.passwordHash };
  }

  async startSession(
    { id, userId, expiresAt }: Parameters<Staff["startSession"]>[0],
    requestId: string,
  ): Promise<void> {
    const user = this.#desk.users.get(userId);
    if (!user) throw new Error(`There is no colleague ${userId}`);
    keepAudit(this.#desk, signedIn(user, requestId));
    this.#desk.staffSessions.set(id, { userId, expiresAt });
  }

  async session(id: string): Promise<StaffSessionRow | undefined> {
    const session = this.#desk.staffSessions.get(id);
    const user = session && this.#desk.users.get(session.userId);
    return user && this.#isLive(id) ? { id, user: withoutHash(user), expiresAt: session.expiresAt } : undefined;
  }

  async endSession(id: string, requestId: string): Promise<void> {
    const user = this.#desk.users.get(this.#desk.staffSessions.get(id)?.userId ?? "");
    if (user) keepAudit(this.#desk, signedOut(user, requestId));
    this.#desk.staffSessions.delete(id);
  }

  async endAllSessions(userId: string, requestId: string): Promise<readonly string[]> {
    const sessions = [...this.#desk.staffSessions].filter(([, session]) => session.userId === userId);
    const ids = sessions.map(([id]) => id);
    const user = this.#desk.users.get(userId);
    if (user) keepAudit(this.#desk, signedOutEverywhere(user, ids.length, requestId));
    for (const id of ids) this.#desk.staffSessions.delete(id);
    return ids;
  }

  async ended(ids: readonly string[]): Promise<readonly string[]> {
    return ids.filter((id) => !this.#isLive(id) && !this.#desk.customerSessions.has(id));
  }

  async list(orgId: string): Promise<readonly StaffUser[]> {
    return [...this.#desk.users.values()].filter((user) => user.orgId === orgId).map(withoutHash);
  }

  async setPassword(userId: string, passwordHash: string, by: By): Promise<void> {
    const user = this.#desk.users.get(userId);
    if (!user) return;
    keepAudit(this.#desk, passwordChanged(user, by));
    this.#desk.users.set(userId, { ...user, passwordHash });
  }

  #isLive(id: string): boolean {
    const session = this.#desk.staffSessions.get(id);
    return session !== undefined && session.expiresAt > this.#desk.now() && this.#desk.users.has(session.userId);
  }
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
