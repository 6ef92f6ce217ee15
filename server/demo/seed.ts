import { createHmac } from "node:crypto";
import { byServer } from "#core/audit-entries.ts";
import type { CustomerSessionRow, Inbox } from "#core/ports/customers.ts";
import type { StaffUser } from "#core/ports/staff.ts";
import type { Ports } from "../ports.ts";
import type { Passwords } from "../passwords.ts";
import type { Demo, DemoFile, DemoUser } from "./demo-file.ts";
import { storiesClosed } from "./stories-closed.ts";
import { storiesOpen } from "./stories-open.ts";
import { storiesWaiting } from "./stories-waiting.ts";
import { people, type StaffKey } from "./story.ts";
import { customerOf, requestId, tell, type Stage } from "./tell.ts";

export type SeedPorts = Pick<Ports, "log" | "staff" | "setup" | "customers">;
type World = { readonly passwords: Passwords; readonly secret: string; readonly nodeId: string; readonly now: number };

const demo = byServer(requestId);
const stories = [...storiesClosed, ...storiesOpen, ...storiesWaiting];

/**
 * The demo's desk: filled at the first start, finished if that was cut off, left alone ever after. `undefined` when the
 * desk that is there is somebody's own. Of nodes that start together one fills it, and the others find it filled.
 */
export function demoDesk(ports: SeedPorts, file: DemoFile, world: World): Promise<Demo | undefined> {
  return ports.setup.inTurn(async () => {
    if (file.isUnfinished || !(await ports.setup.isDone())) return fill(ports, file, world);
    const kept = file.read();
    const key = kept?.inboxes[0]?.key;
    // Another database than the one the file was written for has another inbox.
    return key !== undefined && (await ports.customers.inbox(key)) ? kept : filledElsewhere(ports, world);
  });
}

/** Another node with this secret has filled it: then it gave the passwords that we would have given. */
async function filledElsewhere(ports: SeedPorts, { passwords, secret }: World): Promise<Demo | undefined> {
  const { ada } = people;
  const known = await ports.staff.credentials(ada.email);
  if (!known || !(await passwords.matches(known.passwordHash, passwordOf(secret, ada.email)))) return undefined;
  const inboxes = await ports.setup.inboxes(known.user.orgId);
  return { users: usersOf(secret), inboxes: inboxes.slice(0, 1).map(asListed) };
}

async function fill(ports: SeedPorts, file: DemoFile, world: World): Promise<Demo> {
  file.begin();
  const users = usersOf(world.secret);
  const accounts = await makeAccounts(ports, users, world.passwords);
  const orgId = accounts.ada.orgId;
  const [inbox] = await ports.setup.inboxes(orgId);
  if (!inbox) throw new Error("The demo's organisation has no inbox");
  const stage: Stage = { ...ports, ...world, inbox, accounts };
  const sessions: CustomerSessionRow[] = [];
  for (const story of stories) sessions.push(await customerOf(stage, story)); // one after the other: Nora is in two
  // Each in its own order, all at once: the log commits them together.
  await Promise.all(stories.map((story, number) => tell(stage, story, number, sessions[number]!)));
  return { users, inboxes: [asListed(inbox)] };
}

type Accounts = Readonly<Record<StaffKey, StaffUser>>;

async function makeAccounts(ports: SeedPorts, users: readonly DemoUser[], passwords: Passwords): Promise<Accounts> {
  const hashes = new Map(
    await Promise.all(users.map(async (u) => [u.email, await passwords.hash(u.password)] as const)),
  );
  const { ada } = people;
  const admin = { name: ada.name, email: ada.email, passwordHash: hashes.get(ada.email) ?? "" };
  await ports.setup.complete(
    { organisation: "Tidewater", inboxName: "Tidewater shop", admin },
    "server",
    demo.requestId,
  );
  const first = await ports.staff.credentials(ada.email);
  if (!first) throw new Error("The demo's admin is not there");
  const account = async (key: StaffKey): Promise<StaffUser> => {
    const { name, email, role } = people[key];
    const passwordHash = hashes.get(email) ?? "";
    const known = await ports.staff.credentials(email);
    if (!known) return ports.setup.addUser({ orgId: first.user.orgId, name, email, role, passwordHash }, demo);
    await ports.staff.setPassword(known.user.id, passwordHash, demo);
    return known.user;
  };
  const [priya, ben, sofie, mara] = await Promise.all([
    account("priya"),
    account("ben"),
    account("sofie"),
    account("mara"),
  ]);
  return { priya, ben, sofie, mara, ada: await account("ada") };
}

const asListed = ({ name, key }: Inbox) => ({ name, key });

const usersOf = (secret: string): DemoUser[] =>
  Object.values(people).map((person) => ({ ...person, password: passwordOf(secret, person.email) }));

/**
 * Sixteen of 31 characters that nobody mistakes for each other: 79 bits, readable over a shoulder or a phone. They follow
 * from the desk's secret, so that every node of it knows them and nobody else can.
 */
function passwordOf(secret: string, email: string): string {
  const alphabet = "abcdefghjkmnpqrstuvwxyz23456789";
  let left = BigInt(`0x${createHmac("sha512", secret).update(`demo password|${email}`).digest("hex")}`);
  const one = () => {
    const letter = alphabet[Number(left % 31n)];
    left /= 31n;
    return letter;
  };
  const four = () => Array.from({ length: 4 }, one).join("");
  return [four(), four(), four(), four()].join("-");
}
