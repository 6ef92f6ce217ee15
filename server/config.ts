import { readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import * as z from "zod";

/** A setting that cannot be used. Its message is one sentence that names the variable. */
export class InvalidSetting extends Error {
  override readonly name = "InvalidSetting";
}

export type Config = Readonly<z.infer<typeof Settings>> & {
  /** Where people reach this desk, without a slash at the end; `undefined`: wherever they asked. */
  readonly publicUrl: string | undefined;
  readonly demo: boolean;
  readonly production: boolean;
};

/** The environment, with what a file of settings adds to it. Where both name something, the environment is right. */
export function settingsOf(file: string | undefined, env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  if (file === undefined) return env;
  try {
    return { ...parseEnv(readFileSync(file, "utf8")), ...withoutEmpty(env) };
  } catch (failure) {
    const code = failure instanceof Error && "code" in failure ? String(failure.code) : "unreadable";
    if (code === "ENOENT") return env;
    throw new InvalidSetting(`The settings in ${file} cannot be read (${code}).`);
  }
}

/** The only reader of the environment. An empty value counts as none. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const given = withoutEmpty(env);
  const production = given["NODE_ENV"] === "production";
  const parsed = Settings.safeParse({ HOST: production ? "0.0.0.0" : "127.0.0.1", ...given });
  if (!parsed.success) throw new InvalidSetting(parsed.error.issues[0]?.message ?? "A setting is not valid.");
  const { PUBLIC_URL, ROOMDESK_DEMO } = parsed.data;
  if (production && !parsed.data.ROOMDESK_SECRET)
    throw new InvalidSetting("ROOMDESK_SECRET is required in production: give it 32 or more random characters.");
  if (parsed.data.AI_PROVIDER && !parsed.data.AI_MODEL)
    throw new InvalidSetting("AI_MODEL must be given when AI_PROVIDER is.");
  return Object.freeze({
    ...parsed.data,
    publicUrl: PUBLIC_URL?.replace(/\/+$/, ""),
    demo: (ROOMDESK_DEMO ?? (production ? "0" : "1")) === "1",
    production,
  });
}

const withoutEmpty = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ""));

// Values that may hold a password are never repeated in a message.
const text = z.string().trim();
const secretText = text.max(4000);
const whole = (name: string, least: number, most: number) =>
  text
    .regex(/^\d{1,6}$/, { error: (issue) => wholeSays(name, least, most, issue.input), abort: true })
    .transform(Number)
    .refine((n) => n >= least && n <= most, { error: (issue) => wholeSays(name, least, most, issue.input) });
const oneOf = <const T extends readonly [string, ...string[]]>(name: string, values: T) =>
  z.enum(values, { error: (issue) => `${name} must be one of ${values.join(", ")}, not ${shown(issue.input)}.` });
const url = (name: string, schemes: readonly string[]) =>
  text.refine((value) => schemes.includes(URL.parse(value)?.protocol.slice(0, -1) ?? ""), {
    error: `${name} must be an address that begins with ${schemes.map((scheme) => `${scheme}://`).join(" or ")}.`,
  });

const Settings = z.object({
  NODE_ENV: text.optional(),
  HOST: text.regex(/^[\w.:-]+$/, { error: (issue) => `HOST must be a name or an address, not ${shown(issue.input)}.` }),
  PORT: whole("PORT", 0, 65535).default(3000),
  PUBLIC_URL: url("PUBLIC_URL", ["http", "https"])
    .refine((value) => isOrigin(value), {
      error: "PUBLIC_URL must be an address without a path, such as https://desk.example.",
    })
    .optional(),
  TRUST_PROXY: whole("TRUST_PROXY", 0, 10).default(0),
  ROOMDESK_DATA: text.default(".roomdesk"),
  ROOMDESK_SECRET: text.min(32, { error: "ROOMDESK_SECRET must have 32 or more characters." }).max(4000).optional(),
  ROOMDESK_DEMO: oneOf("ROOMDESK_DEMO", ["0", "1"]).optional(),
  DATABASE_URL: url("DATABASE_URL", ["postgres", "postgresql"]).optional(),
  REDIS_URL: url("REDIS_URL", ["redis", "rediss"]).optional(),
  ROOMDESK_NODE_URL: url("ROOMDESK_NODE_URL", ["http", "https"]).optional(),
  AI_PROVIDER: text.optional(),
  AI_MODEL: text.optional(),
  AI_BASE_URL: url("AI_BASE_URL", ["http", "https"]).optional(),
  AI_API_KEY: secretText.optional(),
  AI_EMBEDDINGS: text.optional(),
  FILES_DIR: text.optional(),
  S3_ENDPOINT: url("S3_ENDPOINT", ["http", "https"]).optional(),
  S3_REGION: text.optional(),
  S3_BUCKET: text.optional(),
  S3_ACCESS_KEY_ID: secretText.optional(),
  S3_SECRET_ACCESS_KEY: secretText.optional(),
  SMTP_URL: url("SMTP_URL", ["smtp", "smtps"]).optional(),
  ROOMDESK_RATE_FACTOR: whole("ROOMDESK_RATE_FACTOR", 1, 10_000).default(1),
  LOG_LEVEL: oneOf("LOG_LEVEL", ["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
});

/** Every variable this server knows, for the tests of `.env.example` and docker-compose.yml. */
export const settingNames: readonly string[] = Object.keys(Settings.shape);

function wholeSays(name: string, least: number, most: number, input: unknown): string {
  return `${name} must be a whole number from ${least} to ${most}, not ${shown(input)}.`;
}

function shown(input: unknown): string {
  return JSON.stringify(String(input).slice(0, 40));
}

function isOrigin(value: string): boolean {
  const parsed = URL.parse(value);
  return parsed !== null && parsed.pathname === "/" && !parsed.search && !parsed.hash && !parsed.username;
}
