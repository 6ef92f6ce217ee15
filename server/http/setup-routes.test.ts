import { beforeEach, expect, test } from "vitest";
import type { StaffSession } from "#protocol/people.ts";
import { call, cookieOf } from "../testing/calls.ts";
import { hashed, newSecret } from "../tokens.ts";
import { httpDesk, type HttpDesk } from "../testing/http-desk.ts";

let desk: HttpDesk;
let token: string;
beforeEach(async () => {
  desk = await httpDesk();
  token = newSecret();
  await desk.ports.setup.offer(hashed(token));
  return () => desk.close();
});

const good = { organisation: "Harbour", name: "Ada", email: "ada@harbour.example", password: "a long sentence" };
const setUp = (more: object, headers?: Record<string, string>) =>
  call(desk.url, "POST", "/api/setup", { body: { token, ...good, ...more }, ...(headers && { headers }) });

test("[N2] the link makes the first admin, signs them in, and works once", async () => {
  const answer = await setUp({});
  expect(answer.status).toBe(201);
  expect(answer.as<StaffSession>()).toMatchObject({
    organisation: "Harbour",
    user: { role: "admin", email: good.email },
  });
  const me = await call(desk.url, "GET", "/api/staff/me", { headers: { cookie: cookieOf(answer) } });
  expect(me.status).toBe(200);
  expect(await setUp({ email: "second@harbour.example" })).toMatchObject({ status: 403, refused: "bad_setup_token" });
});

test("[N2] of two tabs with the same link one makes the desk", async () => {
  const answers = await Promise.all([setUp({}), setUp({ email: "other@harbour.example" })]);
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 403]);
  expect(desk.ports.memory.users.size).toBe(1);
});

test("[N2] without the right token nobody is made, whatever is sent", async () => {
  for (const wrong of ["x", `${token}x`, token.slice(1), "0".repeat(43)])
    expect(await setUp({ token: wrong })).toMatchObject({ status: 403, refused: "bad_setup_token" });
  for (const odd of [null, {}, [], 7, ""]) expect((await setUp({ token: odd })).status).toBe(400);
  expect(desk.ports.memory.users.size).toBe(0);
});

test("[N2] a new link ends the one before it", async () => {
  await desk.ports.setup.offer(hashed(newSecret()));
  expect(await setUp({})).toMatchObject({ status: 403, refused: "bad_setup_token" });
});

test("[N2] a password that is short or the first guess is refused, and the link still works", async () => {
  for (const password of ["short", "aaaaaaaaaaaaaa", "123456789012", good.email])
    expect(await setUp({ password })).toMatchObject({ status: 422, refused: "weak_password" });
  expect((await setUp({})).status).toBe(201);
});

test("[N3] guessing the token ends in 429", async () => {
  const statuses = [];
  for (let n = 0; n < 11; n++) statuses.push((await setUp({ token: "guess" })).status);
  expect(statuses.at(-1)).toBe(429);
});

test("[N37] a foreign page sets nothing up", async () => {
  expect(await setUp({}, { origin: "https://evil.example" })).toMatchObject({ status: 403, refused: "foreign_origin" });
});

test("[N18] a role or an organisation of one's choice is refused", async () => {
  for (const extra of ["role", "orgId", "id"]) expect((await setUp({ [extra]: "admin" })).status).toBe(400);
});
