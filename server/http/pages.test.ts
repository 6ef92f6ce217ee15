import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { decodeJwt } from "jose";
import { beforeEach, describe, expect, test } from "vitest";
import type { CustomerSession } from "#protocol/people.ts";
import { call } from "../testing/calls.ts";
import { httpDesk, type HttpDesk, type HttpDeskSettings } from "../testing/http-desk.ts";
import { furnish, memoryPorts, type House } from "../testing/memory-ports.ts";

let desk: HttpDesk;
let house: House;
let clients: string;

beforeEach(async () => {
  clients = builtClients();
  await open({});
  return async () => {
    await desk.close();
    rmSync(clients, { recursive: true });
  };
});

async function open(settings: HttpDeskSettings) {
  const ports = memoryPorts();
  house = await furnish(ports, "Tidewater");
  desk = await httpDesk({ ports, clients, demo: { inboxKey: house.inbox.key }, ...settings });
}

async function reopen(settings: HttpDeskSettings) {
  await desk.close();
  await open(settings);
}

const get = (path: string, headers?: Record<string, string>) => call(desk.url, "GET", path, headers ? { headers } : {});

function builtClients(): string {
  const folder = mkdtempSync(join(tmpdir(), "roomdesk-clients-"));
  const put = (path: string, text: string) => {
    writeFileSync(join(folder, path), text);
    writeFileSync(join(folder, `${path}.br`), brotliCompressSync(text));
  };
  mkdirSync(join(folder, "widget", "chunks"), { recursive: true });
  mkdirSync(join(folder, "workspace", "assets"), { recursive: true });
  put("widget/loader.js", "loader();");
  put("widget/app.js", "app();");
  put("widget/chunks/link-Ab3dEf9h.js", "link();");
  put("workspace/index.html", "<!doctype html><title>Workspace</title>");
  put("workspace/assets/inter-variable.woff2", "font");
  writeFileSync(join(folder, "secret.txt"), "not for the world");
  return folder;
}

describe("our pages", () => {
  test("[N32] run scripts from here only, without eval and without markup from strings", async () => {
    for (const path of ["/", "/workspace/"]) {
      const policy = (await get(path)).headers.get("content-security-policy") ?? "";
      for (const part of [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "require-trusted-types-for 'script'",
      ])
        expect(policy.split(";")).toContain(part);
      expect(policy).not.toMatch(/unsafe|\*|https?:/);
    }
  });

  test("[N33] are never framed", async () => {
    for (const path of ["/", "/workspace/"]) {
      const { headers } = await get(path);
      expect(headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
      expect(headers.get("x-frame-options")).toBe("DENY");
    }
  });

  test("say neither what made them nor where people came from", async () => {
    const { headers } = await get("/workspace/");
    expect(headers.get("x-powered-by")).toBeNull();
    expect(headers.get("referrer-policy")).toBe("no-referrer");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("strict-transport-security")).toBeNull();
    await reopen({ publicUrl: "https://desk.example" });
    expect((await get("/workspace/")).headers.get("strict-transport-security")).toBe("max-age=31536000");
    expect((await get("/workspace/")).headers.get("content-security-policy")).toContain("wss://desk.example");
  });

  test("the workspace answers under its name, under any place within it, and never from a cache unasked", async () => {
    expect((await get("/workspace")).headers.get("location")).toBe("/workspace/");
    for (const path of ["/workspace/", "/workspace/conversations/7"]) {
      const answer = await get(path);
      expect([answer.status, answer.text]).toEqual([200, "<!doctype html><title>Workspace</title>"]);
      expect(answer.headers.get("cache-control")).toBe("no-cache");
    }
  });

  test("nothing outside the built folders is served", async () => {
    const paths = [
      "/secret.txt",
      "/widget/../secret.txt",
      "/widget/%2e%2e/secret.txt",
      "/widget/..%2fsecret.txt",
      "/shop/../seed.ts",
      "/shop/%2e%2e/seed.ts",
    ];
    for (const path of paths) expect((await get(path)).text).not.toMatch(/not for the world|import/);
  });
});

describe("the widget's files", () => {
  test("may be loaded by any site, without credentials", async () => {
    const { status, headers } = await get("/widget/loader.js", { origin: "https://shop.example" });
    expect([status, headers.get("access-control-allow-origin"), headers.get("cross-origin-resource-policy")]).toEqual([
      200,
      "*",
      "cross-origin",
    ]);
    expect(headers.get("access-control-allow-credentials")).toBeNull();
    expect(headers.getSetCookie()).toEqual([]);
  });

  test("are kept five minutes under a fixed name and for ever under a hash", async () => {
    const life = async (path: string) => (await get(path)).headers.get("cache-control");
    expect(await life("/widget/loader.js")).toBe("public, max-age=300, stale-while-revalidate=86400");
    expect(await life("/widget/app.js")).toBe("public, max-age=300, stale-while-revalidate=86400");
    expect(await life("/widget/chunks/link-Ab3dEf9h.js")).toBe("public, max-age=31536000, immutable");
    expect(await life("/workspace/assets/inter-variable.woff2")).not.toContain("immutable");
  });

  test("travel compressed to whoever takes it", async () => {
    const small = await fetch(`${desk.url}/widget/loader.js`, { headers: { "accept-encoding": "br" } });
    expect([small.headers.get("content-encoding"), await small.text()]).toEqual(["br", "loader();"]);
    const plain = await fetch(`${desk.url}/widget/loader.js`, { headers: { "accept-encoding": "identity" } });
    expect(plain.headers.get("content-encoding")).toBeNull();
  });
});

describe("the demo shop", () => {
  test("embeds the widget with its inbox's key and no inline script", async () => {
    const { text, headers } = await get("/");
    expect(headers.get("content-type")).toContain("text/html");
    expect(text).toContain(`<script async src="/widget/loader.js" data-inbox="${house.inbox.key}"></script>`);
    expect(text).not.toMatch(/<script(?![^>]+src=)|\son\w+=|\sstyle=|<style/);
    const files = [...text.matchAll(/(?:src|href)="(shop\/[^"]+)"/g)].map(([, path]) => path!);
    expect(files).toHaveLength(3);
    for (const path of files) expect((await get(`/${path}`)).status).toBe(200);
  });

  test("signs Nora in as a host's server would: known, with a pass that works once", async () => {
    const { identity } = (await call(desk.url, "POST", "/demo/identity", { body: {} })).as<{ identity: string }>();
    const { exp, iat, aud } = decodeJwt(identity);
    expect([aud, exp! - iat!]).toEqual([house.inbox.key, 120]);
    const body = { inboxKey: house.inbox.key, deviceId: "00000000-0000-4000-8000-000000000001", identity };
    const session = (await call(desk.url, "POST", "/api/customers/session", { body })).as<CustomerSession>();
    expect(session.customer).toMatchObject({ name: "Nora Lindqvist", verified: true });
    expect((await call(desk.url, "POST", "/api/customers/session", { body })).status).toBe(401);
  });

  test("gives no pass to another site's page", async () => {
    const headers = { origin: "https://evil.example" };
    expect(await call(desk.url, "POST", "/demo/identity", { body: {}, headers })).toMatchObject({ status: 403 });
  });

  test("is not there outside the demo", async () => {
    await reopen({ demo: undefined });
    expect((await get("/")).headers.get("location")).toBe("/workspace/");
    expect((await call(desk.url, "POST", "/demo/identity", { body: {} })).status).toBe(404);
    expect((await get("/shop/shop.js")).status).toBe(404);
  });
});

describe("health", () => {
  test("[N78] says ready or not, and nothing more", async () => {
    expect(await get("/livez")).toMatchObject({ status: 200, text: '{"alive":true}' });
    expect(await get("/readyz")).toMatchObject({ status: 200, text: '{"ready":true}' });
    await reopen({ ports: { ...memoryPorts(), isUp: () => false } });
    expect(await get("/readyz")).toMatchObject({ status: 503, text: '{"ready":false}' });
    expect(await get("/livez")).toMatchObject({ status: 200 });
  });
});
