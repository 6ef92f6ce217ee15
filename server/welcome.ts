import type { Config } from "./config.ts";
import type { Demo } from "./demo/demo-file.ts";

type Ready = {
  readonly url: string;
  readonly demo: Demo | undefined;
  readonly setupLink: string | undefined;
  readonly isDemoWanted: boolean;
};

/** What a start says when it takes connections. The first line is a contract: `ready <url>`. */
export function welcome({ url, demo, setupLink, isDemoWanted }: Ready): string[] {
  if (setupLink !== undefined) return [`ready ${url}`, `  Make the first account, once, with this link: ${setupLink}`];
  if (demo) return [`ready ${url}`, ...places(url), ...signIns(demo)];
  return [`ready ${url}`, `  workspace  ${url}/workspace/`, ...(isDemoWanted ? [ownDesk] : [])];
}

const ownDesk =
  "  This desk is somebody's own, so the demo was left out; ROOMDESK_DEMO=0 says the same without a word.";

const places = (url: string) => [`  shop       ${url}/`, `  workspace  ${url}/workspace/`];

function signIns({ users }: Demo): string[] {
  const [names, emails] = [users.map(({ name }) => name.length), users.map(({ email }) => email.length)];
  const [wide, wider] = [Math.max(...names), Math.max(...emails)];
  const line = ({ role, name, email, password }: Demo["users"][number]) =>
    `  ${role.padEnd(10)} ${name.padEnd(wide)}  ${email.padEnd(wider)}  ${password}`;
  return ["  sign in as", ...users.map(line)];
}

/** What is allowed and should be known. */
export function warnings({
  publicUrl,
  production,
  DATABASE_URL,
  REDIS_URL,
  ROOMDESK_NODE_URL,
  ROOMDESK_RATE_FACTOR,
}: Config): string[] {
  const isPlain = publicUrl === undefined ? production : publicUrl.startsWith("http:") && !isLocal(publicUrl);
  const said = [
    isPlain && "Warning: PUBLIC_URL is not https, so passwords and cookies travel in the clear.",
    REDIS_URL !== undefined &&
      DATABASE_URL === undefined &&
      "Warning: REDIS_URL is for several nodes, which share a database too: set DATABASE_URL.",
    REDIS_URL === undefined && ROOMDESK_NODE_URL !== undefined && "Without REDIS_URL, ROOMDESK_NODE_URL is not used.",
    ROOMDESK_RATE_FACTOR > 1 &&
      `Warning: limits on rates are raised ${ROOMDESK_RATE_FACTOR} times (ROOMDESK_RATE_FACTOR).`,
  ];
  return said.filter((line) => line !== false);
}

const isLocal = (url: string) => ["localhost", "127.0.0.1", "[::1]"].includes(URL.parse(url)?.hostname ?? "");
