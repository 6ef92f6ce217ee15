import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  conversationRequests,
  conversationSignals,
  FetchEvents,
  FetchPage,
  OpenConversation,
  PostEvent,
} from "./conversation.ts";
import { OpenSession, Setup, SignIn } from "./people.ts";
import { ListWindow } from "./workspace.ts";

const id = "00000000-0000-4000-8000-000000000001";

/** Every request of the wire with an input that its schema takes. */
const requests = {
  "message.send": [conversationRequests["message.send"], { clientId: id, body: "Hello" }],
  "note.post": [conversationRequests["note.post"], { clientId: id, body: "Hello" }],
  "message.edit": [conversationRequests["message.edit"], { clientId: id, messageId: id, version: 1, body: "Hello" }],
  "message.delete": [conversationRequests["message.delete"], { clientId: id, messageId: id, version: 1 }],
  "conversation.join": [conversationRequests["conversation.join"], { clientId: id }],
  "conversation.leave": [conversationRequests["conversation.leave"], { clientId: id }],
  "conversation.close": [conversationRequests["conversation.close"], { clientId: id }],
  "conversation.reopen": [conversationRequests["conversation.reopen"], { clientId: id }],
  typing: [conversationSignals.typing, { on: true }],
  read: [conversationSignals.read, { upTo: 1 }],
  delivered: [conversationSignals.delivered, { upTo: 1 }],
  "events.fetch": [FetchEvents, { since: 0, limit: 10 }],
  "events.page": [FetchPage, { before: 10, limit: 10 }],
  "list.window": [ListWindow, { view: "new", limit: 10 }],
  "open conversation": [OpenConversation, { clientId: id, page: { url: "https://shop.example", title: "Shop" } }],
  "post event": [PostEvent, { type: "message.send", payload: {} }],
  "sign in": [SignIn, { email: "ben@shop.example", password: "secret", remember: true }],
  setup: [Setup, { token: "t", organisation: "O", name: "Ada", email: "ada@shop.example", password: "x".repeat(12) }],
  "open session": [OpenSession, { inboxKey: "web", deviceId: id, token: "t", identity: "i" }],
} as const;
const named = Object.entries(requests).map(([name, [schema, input]]) => [name, schema, input] as const);

test("every request of a conversation and every signal is asked below", () => {
  expect(Object.keys(requests)).toEqual(expect.arrayContaining(Object.keys(conversationRequests)));
  expect(Object.keys(requests)).toEqual(expect.arrayContaining(Object.keys(conversationSignals)));
});

describe.each(named)("%s", (_, schema, input) => {
  test("[N18] takes its own fields and no other", () => {
    expect(schema.safeParse(input).success).toBe(true);
    const foreign = [
      "role",
      "org_id",
      "orgId",
      "author_id",
      "author",
      "by",
      "seq",
      "epoch",
      "at",
      "created_at",
      "kind",
    ];
    for (const field of [...foreign, "verified", "side", "id", "visibility", "note", "__proto__x"])
      expect(schema.safeParse({ ...input, [field]: "system" }).success, field).toBe(false);
  });

  test("[N22] takes no wrong type in any field, and does not throw", () => {
    const numbers = [NaN, Infinity, -1, 1.5, Number("1e309"), 2 ** 53];
    const wrong = [null, {}, [], true, "", "x", { $gt: "" }, [[[]]], () => 1, 10n ** 30n];
    const values: Record<string, unknown> = input;
    for (const field of Object.keys(input)) {
      const taken = wrong.filter((value) => schema.safeParse({ ...input, [field]: value }).success);
      for (const value of taken) expect(typeof value, field).toBe(typeof values[field]);
      for (const value of numbers) expect(schema.safeParse({ ...input, [field]: value }).success, field).toBe(false);
    }
    for (const whole of [null, undefined, 1, "x", [], [input], new Map(), NaN]) {
      const isEmpty = Array.isArray(whole) || whole instanceof Map;
      expect(schema.safeParse(whole).success && !isEmpty).toBe(false);
    }
  });
});

test("[N22] an id has one spelling", () => {
  const [clientId, messageId] = ["0198f3a2-7c1e-7abc-8def-0123456789ab", "0198f3a2-7c1e-7abc-8def-0123456789ac"];
  const edit = { clientId, messageId, version: 1, body: "Hello" };
  const edits = conversationRequests["message.edit"];
  expect(edits.safeParse(edit).success).toBe(true);
  expect(edits.safeParse({ ...edit, clientId: clientId.toUpperCase() }).success).toBe(false);
  expect(edits.safeParse({ ...edit, messageId: messageId.toUpperCase() }).success).toBe(false);
});

test("[N22] whatever JSON arrives, no schema throws", () => {
  fc.assert(
    fc.property(fc.constantFrom(...named), fc.jsonValue(), fc.string(), ([, schema, input], value, field) => {
      schema.safeParse(value);
      schema.safeParse({ ...input, [field]: value });
      for (const own of Object.keys(input)) schema.safeParse({ ...input, [own]: value });
    }),
  );
});

test("[N22] a key cannot reach an object's prototype", () => {
  const sent: unknown = JSON.parse(`{"clientId":"${id}","body":"hi","__proto__":{"role":"admin"}}`);
  const taken = conversationRequests["message.send"].safeParse(sent);
  expect(taken.success && "role" in taken.data).toBe(false);
});
