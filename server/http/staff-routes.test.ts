import { beforeEach, describe, expect, test, vi } from "vitest";
import { refusals } from "#protocol/refusals.ts";
import { call, cookieOf, signIn, type Called } from "../testing/calls.ts";
import { httpDesk, type HttpDesk } from "../testing/http-desk.ts";
import { furnish, memoryPorts, password, type House } from "../testing/memory-ports.ts";

let desk: HttpDesk;
let house: House;
const ben = "ben@tidewater.example";
const enter = (body: unknown, headers?: Record<string, string>) =>
  call(desk.url, "POST", "/api/staff/sign-in", { body, ...(headers && { headers }) });

beforeEach(async () => {
  const ports = memoryPorts();
  house = await furnish(ports, "Tidewater");
  desk = await httpDesk({ ports });
  return () => desk.close();
});

describe("signing in", () => {
  test("[N1] a wrong password, and every wrong type of one, is 401 with the same words and no session", async () => {
    unthrottled();
    const wrong = ["wrong", "", {}, [], ["correct horse battery"], null, 7, true, { $ne: "" }];
    for (const given of wrong) expectDenied(await enter({ email: ben, password: given }));
    for (const given of ["nobody@tidewater.example", "", {}, [], null, 7])
      expectDenied(await enter({ email: given, password }));
    expectDenied(await enter({ email: ben, password, role: "admin" }));
    expectDenied(await enter([]));
    expectDenied(await call(desk.url, "POST", "/api/staff/sign-in"));
    expect(desk.ports.memory.staffSessions.size).toBe(0);
  });

  const expectDenied = (answer: Called) => {
    expect([answer.status, answer.text]).toEqual([401, JSON.stringify(wrongCredentials)]);
    expect(answer.headers.getSetCookie()).toEqual([]);
  };
  const unthrottled = () => {
    vi.spyOn(desk.desk.throttles.signInByAddress, "tooMany").mockResolvedValue(undefined);
    vi.spyOn(desk.desk.throttles.signInByUser, "tooMany").mockResolvedValue(undefined);
  };
  const wrongCredentials = { refused: "wrong_credentials", say: refusals.wrong_credentials.say };

  test("[N1] somebody unknown costs the time of somebody known, within a fifth", async () => {
    await desk.close();
    desk = await httpDesk({ ports: desk.ports, refusalPaceMs: 250 });
    unthrottled();
    await desk.desk.passwords.matches(undefined, password);
    const bodies = {
      known: { email: ben, password: "wrong" },
      unknown: { email: "x@y.example", password: "wrong" },
      odd: { email: 7 },
    };
    const took = { known: [] as number[], unknown: [] as number[], odd: [] as number[] };
    for (let round = 0; round < 7; round++)
      for (const who of ["known", "unknown", "odd"] as const) {
        const began = performance.now();
        await enter(bodies[who]);
        took[who].push(performance.now() - began);
      }
    // The quickest of many: what else the machine does only ever adds.
    const [known, unknown, odd] = [took.known, took.unknown, took.odd].map((all) => Math.min(...all)) as [
      number,
      number,
      number,
    ];
    expect(Math.abs(unknown - known) / known).toBeLessThan(0.2);
    expect(Math.abs(odd - known) / known).toBeLessThan(0.2);
  });

  test("[N3] twenty wrong passwords for one person from one address end in 429 with a time to wait, not in a lock", async () => {
    vi.useFakeTimers({ toFake: ["Date", "setTimeout"], shouldAdvanceTime: true });
    try {
      const answers = [];
      for (let n = 0; n < 21; n++) answers.push(await enter({ email: ben, password: "wrong" }));
      const last = answers.at(-1)!;
      expect([last.status, last.refused]).toEqual([429, "too_many_attempts"]);
      expect(Number(last.headers.get("retry-after"))).toBeGreaterThan(0);
      expect(await enter({ email: ben, password })).toMatchObject({ status: 429 });
      await vi.advanceTimersByTimeAsync(61_000);
      expect(await enter({ email: ben, password })).toMatchObject({ status: 200 });
    } finally {
      vi.useRealTimers();
    }
  });

  test("[N3] twenty addresses guess one person's password together: throttled by person; others and known places get in", async () => {
    await desk.close();
    desk = await httpDesk({ ports: desk.ports, trustedProxies: 1 });
    const from = (n: number) => ({ "x-forwarded-for": `203.0.113.${n}` });
    expect(await enter({ email: ben, password }, from(200))).toMatchObject({ status: 200 });
    const guesses = [];
    for (let n = 0; n < 20; n++) guesses.push((await enter({ email: ben, password: "wrong" }, from(n))).status);
    expect(guesses.slice(0, 5)).toEqual([401, 401, 401, 401, 401]);
    expect(guesses.slice(-5)).toEqual([429, 429, 429, 429, 429]);
    expect(await enter({ email: ben, password }, from(200))).toMatchObject({ status: 200 });
    expect(await enter({ email: "dee@tidewater.example", password }, from(1))).toMatchObject({ status: 200 });
  });

  test("[N77] a made-up X-Forwarded-For does not make one address into many", async () => {
    const statuses = [];
    for (let n = 0; n < 22; n++) {
      const guess = { email: `guess${n}@tidewater.example`, password: "wrong" };
      statuses.push((await enter(guess, { "x-forwarded-for": `203.0.113.${n}` })).status);
    }
    expect(statuses.at(-1)).toBe(429);
  });

  test("[N10] the session gets a new id whatever cookie came along, and the planted one is worth nothing", async () => {
    const planted = "planted-by-somebody-else-0123456789";
    const answer = await enter({ email: ben, password }, { cookie: `roomdesk=${planted}` });
    expect(answer.status).toBe(200);
    expect(cookieOf(answer)).not.toContain(planted);
    expect(await call(desk.url, "GET", "/api/staff/me", { headers: { cookie: `roomdesk=${planted}` } })).toMatchObject({
      status: 401,
    });
    const again = await enter({ email: ben, password }, { cookie: cookieOf(answer) });
    expect(cookieOf(again)).not.toBe(cookieOf(answer));
    expect(await call(desk.url, "GET", "/api/staff/me", { headers: { cookie: cookieOf(answer) } })).toMatchObject({
      status: 401,
    });
  });

  test("[N10] the cookie is __Host-, Secure, HttpOnly and SameSite=Lax over https, and plain over http", async () => {
    const plain = (await enter({ email: ben, password })).headers.getSetCookie()[0];
    expect(plain).toMatch(/^roomdesk=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/);
    await desk.close();
    desk = await httpDesk({ ports: desk.ports, publicUrl: "https://desk.example" });
    const safe = (await enter({ email: ben, password, remember: true })).headers.getSetCookie()[0];
    expect(safe).toMatch(
      /^__Host-roomdesk=[\w-]{43}; Max-Age=2592000; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Lax$/,
    );
  });

  test("[N37] a sign-in from a foreign page is refused, so nobody is signed in as somebody else", async () => {
    for (const origin of ["https://evil.example", "null", `${desk.url}.evil.example`])
      expect(await enter({ email: ben, password }, { origin })).toMatchObject({
        status: 403,
        refused: "foreign_origin",
      });
    expect(await enter({ email: ben, password }, { origin: desk.url })).toMatchObject({ status: 200 });
  });

  test("[N80] a denied sign-in leaves exactly one audit entry without the address or the password", async () => {
    await enter({ email: ben, password: "wrong-secret-canary" });
    const all = () => desk.ports.memory.audit.get(house.orgId) ?? [];
    const entries = () => all().filter(({ outcome }) => outcome === "denied");
    await expect.poll(entries).toHaveLength(1);
    expect(entries()[0]).toMatchObject({
      action: "staff.sign_in",
      outcome: "denied",
      objectId: house.people["ben"]!.id,
    });
    expect(JSON.stringify([entries(), desk.logged])).not.toMatch(/canary|ben@/);
  });

  test("[N1] no audit, no sign-in: when it cannot be written down nobody gets in", async () => {
    desk.ports.memory.audit.set(house.orgId, 0 as never);
    const answer = await enter({ email: ben, password });
    expect(answer).toMatchObject({ status: 500, refused: "fault" });
    expect(answer.headers.getSetCookie()).toEqual([]);
    expect(desk.ports.memory.staffSessions.size).toBe(0);
  });

  test("[I19] signing in and out stand in the audit log once each, under their requests", async () => {
    const member = await signIn(desk.url, ben);
    const left = await member.ask("POST", "/api/staff/sign-out", {});
    const { id } = house.people["ben"]!;
    const by = { actorId: id, actorRole: "agent", objectType: "user", objectId: id, outcome: "done" };
    expect(desk.ports.memory.audit.get(house.orgId)?.slice(-2)).toEqual([
      expect.objectContaining({ ...by, action: "staff.sign_in" }),
      expect.objectContaining({ ...by, action: "staff.sign_out", requestId: left.headers.get("x-request-id") }),
    ]);
  });
});

describe("a session", () => {
  test("says who is signed in, and nothing else about them", async () => {
    const member = await signIn(desk.url, ben);
    const me = await member.ask("GET", "/api/staff/me");
    const { id } = house.people["ben"]!;
    const user = { id, name: "Ben", email: ben, role: "agent" };
    expect(me.as()).toEqual({ user, organisation: "Tidewater", csrf: member.session.csrf });
    expect(me.headers.get("cache-control")).toBe("no-store");
  });

  test("[N37] every change with the cookie alone, by form or by text, is refused with 403", async () => {
    const { cookie } = await signIn(desk.url, ben);
    const id = "00000000-0000-4000-8000-000000000001";
    const changes = [
      "/api/staff/sign-out",
      "/api/staff/sign-out-everywhere",
      "/api/workspace/seat",
      `/api/conversations/${id}/seat`,
      `/api/conversations/${id}/events`,
    ];
    for (const path of changes)
      for (const headers of [
        { cookie },
        { cookie, "content-type": "text/plain" },
        { cookie, "x-roomdesk-csrf": "guess" },
      ])
        expect(await call(desk.url, "POST", path, { raw: "{}", headers })).toMatchObject({
          status: 403,
          refused: "bad_csrf",
        });
    expect(await call(desk.url, "GET", "/api/staff/me", { headers: { cookie } })).toMatchObject({ status: 200 });
  });

  test("[N37] one person's token does not fit another's cookie", async () => {
    const [one, other] = [await signIn(desk.url, ben), await signIn(desk.url, "dee@tidewater.example")];
    const headers = { "x-roomdesk-csrf": other.session.csrf };
    expect(await one.ask("POST", "/api/staff/sign-out", {}, headers)).toMatchObject({ status: 403 });
  });

  test("[N24] a foreign page is refused even with cookie and token", async () => {
    const member = await signIn(desk.url, ben);
    for (const origin of ["https://evil.example", "null", `${desk.url}.evil.example`, "http://localhost:1"]) {
      const answer = await member.ask("GET", "/api/staff/me", undefined, { origin });
      expect(answer).toMatchObject({ status: 403, refused: "foreign_origin" });
      expect(answer.headers.get("access-control-allow-origin")).toBeNull();
    }
  });

  test("[N5] signing out ends it at once and closes its sockets", async () => {
    const member = await signIn(desk.url, ben);
    const [id] = desk.ports.memory.staffSessions.keys();
    expect((await member.ask("POST", "/api/staff/sign-out", {})).status).toBe(204);
    expect(desk.told.closed).toEqual([id]);
    expect(await member.ask("GET", "/api/staff/me")).toMatchObject({ status: 401, refused: "not_signed_in" });
  });

  test("[N5] signing out everywhere ends all sessions of this person and of nobody else", async () => {
    const [laptop, phone, dee] = [
      await signIn(desk.url, ben),
      await signIn(desk.url, ben),
      await signIn(desk.url, "dee@tidewater.example"),
    ];
    expect((await laptop.ask("POST", "/api/staff/sign-out-everywhere", {})).status).toBe(204);
    expect(desk.told.closed).toHaveLength(2);
    expect(await phone.ask("GET", "/api/staff/me")).toMatchObject({ status: 401 });
    expect(await dee.ask("GET", "/api/staff/me")).toMatchObject({ status: 200 });
  });

  test("[N18] what a person is cannot be sent along", async () => {
    const member = await signIn(desk.url, ben);
    const answer = await member.ask("POST", "/api/staff/sign-out", { role: "admin" });
    expect(answer).toMatchObject({ status: 400, refused: "invalid_message" });
  });

  test("ends by itself at its time", async () => {
    const memory = desk.ports.memory;
    const member = await signIn(desk.url, ben);
    const [[id, session] = []] = memory.staffSessions;
    expect(session!.expiresAt - Date.now()).toBeGreaterThan(11 * 3_600_000);
    memory.staffSessions.set(id!, { ...session!, expiresAt: Date.now() - 1 });
    expect(await member.ask("GET", "/api/staff/me")).toMatchObject({ status: 401 });
  });
});

describe("the workspace's questions", () => {
  let other: House;
  beforeEach(async () => {
    other = await furnish(desk.ports, "Elsewhere");
  });

  test("[N17] colleagues come with name and role, and without their addresses", async () => {
    const member = await signIn(desk.url, ben);
    const { colleagues } = (await member.ask("GET", "/api/colleagues")).as<{ colleagues: object[] }>();
    expect(colleagues).toHaveLength(3);
    for (const colleague of colleagues) expect(Object.keys(colleague)).toEqual(["id", "name", "role"]);
  });

  test("[N17] inboxes come with their public key and without their secret", async () => {
    const member = await signIn(desk.url, ben);
    const { id, name, key } = house.inbox;
    expect((await member.ask("GET", "/api/inboxes")).as()).toEqual({ inboxes: [{ id, name, key, origins: [] }] });
  });

  test("[N13] another organisation's customer and one who does not exist are the same 404", async () => {
    const start = {
      sessionId: "s",
      inbox: other.inbox,
      deviceId: "d",
      name: "Visitor",
      hint: { device: "", language: "" },
    };
    const session = await desk.ports.customers.startAnonymous(start);
    const { customerId } = session;
    const opening = { clientId: "00000000-0000-4000-8000-000000000001", at: 1 };
    const { conversationId } = await desk.ports.customers.openConversation(session, opening, "r");
    const [ours, theirs] = [await signIn(desk.url, ben), await signIn(desk.url, "ben@elsewhere.example")];
    const panel = await theirs.ask("GET", `/api/customers/${customerId}`);
    expect(panel).toMatchObject({ status: 200 });
    expect((await theirs.ask("GET", `/api/customers/of/${conversationId}`)).as()).toEqual(panel.as());
    const foreign = await ours.ask("GET", `/api/customers/${customerId}`);
    const missing = await ours.ask("GET", "/api/customers/00000000-0000-4000-8000-00000000dead");
    const malformed = await ours.ask("GET", "/api/customers/' or 1=1--");
    const foreignOf = await ours.ask("GET", `/api/customers/of/${conversationId}`);
    const missingOf = await ours.ask("GET", "/api/customers/of/00000000-0000-4000-8000-00000000dead");
    expect([foreign.status, foreignOf.status]).toEqual([404, 404]);
    for (const { text } of [missing, malformed, foreignOf, missingOf]) expect(text).toBe(foreign.text);
  });

  test("nobody asks them without signing in", async () => {
    const id = "00000000-0000-4000-8000-000000000001";
    for (const path of ["/api/colleagues", "/api/inboxes", `/api/customers/${id}`, `/api/customers/of/${id}`])
      expect(await call(desk.url, "GET", path)).toMatchObject({ status: 401, refused: "not_signed_in" });
    expect(await call(desk.url, "POST", "/api/workspace/seat", { body: {} })).toMatchObject({ status: 401 });
  });
});
