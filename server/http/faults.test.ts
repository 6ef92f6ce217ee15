import { gzipSync } from "node:zlib";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { Unavailable } from "#core/ports/conversation-log.ts";
import { limits } from "#protocol/limits.ts";
import { call, signIn } from "../testing/calls.ts";
import { httpDesk, type HttpDesk } from "../testing/http-desk.ts";
import { furnish, memoryPorts, password } from "../testing/memory-ports.ts";

let desk: HttpDesk;
const ben = "ben@tidewater.example";
const signInPath = "/api/staff/sign-in";
beforeEach(async () => {
  const ports = memoryPorts();
  await furnish(ports, "Tidewater");
  desk = await httpDesk({ ports });
  return () => desk.close();
});

describe("a fault", () => {
  test("[N73] leaves as one sentence and a reference: no stack, no query, no path, no version", async () => {
    const failure = new Error('Failed query: select "pa55" from users where email = $1\nparams: canary@x.example', {
      cause: Object.assign(new Error("relation missing"), { code: "42P01" }),
    });
    vi.spyOn(desk.ports.staff, "credentials").mockRejectedValue(failure);
    const answer = await call(desk.url, "POST", signInPath, { body: { email: ben, password } });
    const ref = answer.headers.get("x-request-id");
    expect(answer.status).toBe(500);
    expect(answer.as()).toEqual({ refused: "fault", say: "Something went wrong on our side. We are retrying.", ref });
    const line = desk.logged.find((one) => one.includes('"fault"'));
    expect(JSON.parse(line!)).toMatchObject({ event: "fault", id: ref, code: "42P01" });
    expect(line).not.toMatch(/canary|pa55/);
  });

  test("[N73] an outage is 503 with a time to come back, and no fault", async () => {
    vi.spyOn(desk.ports.staff, "credentials").mockRejectedValue(new Unavailable("The database cannot be reached"));
    const answer = await call(desk.url, "POST", signInPath, { body: { email: ben, password } });
    expect(answer).toMatchObject({ status: 503, refused: "unavailable" });
    expect(answer.headers.get("retry-after")).toBe("1");
    expect(answer.text).not.toContain("database");
  });
});

describe("a body", () => {
  const post = (raw: string | Uint8Array, headers = {}) => call(desk.url, "POST", signInPath, { raw, headers });

  test("[N27] above the limit is refused before it is read", async () => {
    const answer = await post(JSON.stringify({ email: "x".repeat(limits.frameMaxBytes) }));
    expect(answer).toMatchObject({ status: 413, refused: "too_large" });
  });

  test("[N27] that is compressed is refused: nobody knows what it unpacks to", async () => {
    const packed = gzipSync(JSON.stringify({ email: ben, password }));
    const answer = await post(packed, { "content-encoding": "gzip" });
    expect(answer).toMatchObject({ status: 400, refused: "invalid_message" });
  });

  test("[N22] that is broken, deep or of another kind is refused, and the desk lives on", async () => {
    const odd = [
      "{",
      "",
      "[".repeat(1000) + "]".repeat(1000),
      '{"email":1e309}',
      `[${"0,".repeat(50_000)}0]`,
      '{"a":'.repeat(1000) + "1" + "}".repeat(1000),
    ];
    for (const raw of odd) expect([400, 401]).toContain((await post(raw)).status);
    expect([400, 401]).toContain((await post(new Uint8Array([0xff, 0xfe, 0x00]))).status);
    expect((await post("<xml/>", { "content-type": "application/xml" })).status).toBe(401);
    expect((await call(desk.url, "GET", "/api/%E0%A4%A")).status).toBe(404);
    expect((await call(desk.url, "GET", "/api/customers/%E0%A4%A")).status).toBe(400);
    expect((await post(JSON.stringify({ email: ben, password }))).status).toBe(200);
  });
});

describe("the log", () => {
  test("[N72] holds a line a request and no body, token, cookie, address or password", async () => {
    const member = await signIn(desk.url, ben);
    await member.ask("GET", "/api/staff/me");
    await call(desk.url, "GET", "/api/customers/canary-in-the-path?canary=in-the-query", {
      headers: { "user-agent": "canary-agent" },
    });
    await call(desk.url, "POST", signInPath, { body: { email: "canary@x.example", password: "canary" } });
    const all = desk.logged.join("\n");
    for (const secret of ["canary", password, ben, member.cookie.split("=")[1]!, member.session.csrf])
      expect(all).not.toContain(secret);
    expect(desk.logged.filter((line) => line.includes('"request"'))).toHaveLength(4);
  });

  test("[N72] keeps one event on one line, whatever is put in", async () => {
    await call(desk.url, "GET", "/api/conversations/x%0d%0a%7b%22event%22:%22forged%22%7d/page");
    for (const line of desk.logged) expect(() => JSON.parse(line) as unknown).not.toThrow();
    expect(desk.logged.some((line) => (JSON.parse(line) as { event: string }).event === "forged")).toBe(false);
  });
});

test("[N73] an unknown address is 404 without a trace of what serves it", async () => {
  const answer = await call(desk.url, "GET", "/admin.php");
  expect(answer.status).toBe(404);
  expect(answer.text).not.toMatch(/express|node|Cannot GET/i);
  expect(answer.headers.get("server")).toBeNull();
});

test("[N28] one address that floods us has to wait, and says so", async () => {
  vi.spyOn(desk.desk.throttles.requestsByAddress, "tooMany").mockResolvedValue(1500);
  const answer = await call(desk.url, "GET", "/livez");
  expect([answer.status, answer.refused, answer.headers.get("retry-after")]).toEqual([429, "too_fast", "2"]);
});
