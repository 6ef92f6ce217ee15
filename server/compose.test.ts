import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { readConfig, settingNames } from "./config.ts";

type Service = {
  image?: string;
  build?: string;
  ports?: string[];
  expose?: string[];
  environment?: Record<string, string>;
  volumes?: string[];
  configs?: { source: string; target: string }[];
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: { test: string[] };
  restart?: string;
  stop_grace_period?: string;
};
type Compose = {
  services: Record<string, Service>;
  configs: Record<string, { content: string }>;
  volumes: Record<string, unknown>;
};

const read = (name: string) => readFileSync(new URL(`../${name}`, import.meta.url), "utf8");
const text = read("docker-compose.yml");
const compose = parse(text) as Compose;
const { proxy, roomdesk, postgres, redis } = compose.services as Record<
  "proxy" | "roomdesk" | "postgres" | "redis",
  Service
>;
const example = [...read(".env.example").matchAll(/^#? ?([A-Z][A-Z0-9_]*)=/gm)].map(([, name = ""]) => name);

/** As compose does it: `${NAME:-default}` and `${NAME:?message}`. */
const filled = (value: string, env: Record<string, string>) =>
  value.replaceAll(
    /\$\{(\w+)(?::([-?])([^}]*))?\}/g,
    (_whole, name: string, kind: string | undefined, rest: string) => {
      if (env[name] || kind === "-") return env[name] || rest;
      throw new Error(`${name} is needed`);
    },
  );
const dotEnv = { ROOMDESK_SECRET: "s".repeat(44), POSTGRES_PASSWORD: "a-password", ROOMDESK_DOMAIN: "desk.example" };

describe("docker-compose.yml", () => {
  test("runs Roomdesk, PostgreSQL, Redis and a proxy, each healthy before the next needs it", () => {
    expect(Object.keys(compose.services).sort()).toEqual(["postgres", "proxy", "redis", "roomdesk"]);
    for (const service of Object.values(compose.services)) {
      expect(service.healthcheck?.test.length).toBeGreaterThan(1);
      expect(service.restart).toBe("unless-stopped");
    }
    expect(roomdesk.depends_on).toEqual({
      postgres: { condition: "service_healthy" },
      redis: { condition: "service_healthy" },
    });
    expect(proxy.depends_on).toEqual({ roomdesk: { condition: "service_healthy" } });
  });

  test("[N78] only the proxy is reached from outside", () => {
    expect(proxy.ports).toEqual(["80:80", "443:443", "443:443/udp"]);
    for (const inner of [roomdesk, postgres, redis]) expect(inner.ports).toBeUndefined();
  });

  test("sets only what the server reads, and starts with it", () => {
    const environment = roomdesk.environment ?? {};
    for (const name of Object.keys(environment)) expect(settingNames).toContain(name);
    const env = Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, filled(value, dotEnv)]));
    expect(readConfig(env)).toMatchObject({
      production: true,
      demo: false,
      publicUrl: "https://desk.example",
      TRUST_PROXY: 1,
      DATABASE_URL: "postgres://postgres:a-password@postgres:5432/roomdesk",
    });
  });

  test("[N2] does not start without the operator's own secrets, and holds none itself", () => {
    for (const name of ["ROOMDESK_SECRET", "POSTGRES_PASSWORD"]) {
      const without = { ...dotEnv, [name]: "" };
      expect(() => filled(text, without)).toThrow(`${name} is needed`);
    }
    expect(read(".env.example")).not.toMatch(/^#? ?[A-Z0-9_]*(SECRET|PASSWORD|KEY)[A-Z0-9_]*=./m);
  });

  test("every variable it asks for stands in .env.example", () => {
    for (const [, name] of text.matchAll(/\$\{(\w+)/g)) expect(example).toContain(name);
  });

  test("keeps what must not be lost in volumes that are declared", () => {
    const mounted = Object.values(compose.services).flatMap(({ volumes = [] }) => volumes);
    expect(mounted.map((mount) => mount.split(":")[0]).sort()).toEqual(Object.keys(compose.volumes).sort());
    expect(roomdesk.volumes).toEqual([`desk:${roomdesk.environment?.["ROOMDESK_DATA"]}`]);
    expect(postgres.volumes).toEqual(["database:/var/lib/postgresql"]);
  });

  test("the proxy passes everything, upgrades too, to the port Roomdesk listens on", () => {
    const { content } = compose.configs["caddyfile"]!;
    expect(proxy.configs).toEqual([{ source: "caddyfile", target: "/etc/caddy/Caddyfile" }]);
    expect(filled(content, dotEnv)).toMatch(/^desk\.example \{\n {2}reverse_proxy roomdesk:3000/);
    expect(roomdesk.expose).toEqual([roomdesk.environment?.["PORT"]]);
  });

  test("leaves Roomdesk time to drain", () => {
    expect(parseInt(roomdesk.stop_grace_period ?? "0")).toBeGreaterThan(15);
  });
});

describe("Dockerfile", () => {
  const dockerfile = read("Dockerfile");
  const last = dockerfile.slice(dockerfile.lastIndexOf("\nFROM"));

  test("runs as somebody without rights, with a health check, from a second stage", () => {
    expect(dockerfile.match(/^FROM /gm)).toHaveLength(2);
    expect(last).toMatch(/^USER node$/m);
    expect(last).toMatch(/HEALTHCHECK [\s\S]+\/readyz/);
    expect(last).toMatch(/^CMD \["node", "server\/start\.ts"\]$/m);
  });

  test("sets only what the server reads", () => {
    const [, settings = ""] = /^ENV (.+)$/m.exec(last) ?? [];
    for (const [, name] of settings.matchAll(/(\w+)=/g)) expect(settingNames).toContain(name);
  });
});

test(".env.example documents every setting, and nothing the server does not read", () => {
  const forCompose = ["ROOMDESK_DOMAIN", "POSTGRES_PASSWORD"];
  expect([...example].sort()).toEqual([...settingNames, ...forCompose].sort());
});
