import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePorts } from "../../net/loopback.ts";

export type DocumentedProxy = { readonly url: string; close(): Promise<void> };

const read = (name: string) => readFileSync(join(import.meta.dirname, "../../../docs/operations", name), "utf8");

/** A real nginx with the file of the manual, before these nodes. */
export async function documentedNginx(ports: readonly [number, number]): Promise<DocumentedProxy> {
  const [port = 0] = await freePorts(1);
  return start("nginx", port, (folder) => {
    const site = join(folder, "roomdesk.conf");
    writeFileSync(site, settled(read("nginx.conf"), ["listen 8080;", `listen 127.0.0.1:${port};`], ports));
    const main = join(folder, "nginx.conf");
    writeFileSync(main, nginxAround(site, folder));
    return ["-p", folder, "-c", main];
  });
}

/** A real HAProxy with the file of the manual, before these nodes. */
export async function documentedHaproxy(ports: readonly [number, number]): Promise<DocumentedProxy> {
  const [port = 0] = await freePorts(1);
  return start("haproxy", port, (folder) => {
    const file = join(folder, "haproxy.cfg");
    writeFileSync(file, settled(read("haproxy.cfg"), ["bind :8080", `bind 127.0.0.1:${port}`], ports));
    return ["-db", "-f", file];
  });
}

/** The manual's addresses, as they are here; each must be there. */
function settled(text: string, listening: readonly [string, string], ports: readonly [number, number]): string {
  const changes = [listening, ["127.0.0.1:3001", `127.0.0.1:${ports[0]}`], ["127.0.0.1:3002", `127.0.0.1:${ports[1]}`]];
  return changes.reduce((before, [from = "", to = ""]) => {
    if (!before.includes(from)) throw new Error(`The manual's file does not say ${from}`);
    return before.replace(from, to);
  }, text);
}

// What the file of a site stands in, on any machine.
const nginxAround = (site: string, folder: string): string => `
daemon off;
pid ${folder}/nginx.pid;
error_log stderr warn;
worker_processes 1;
events { worker_connections 1024; }
http {
  access_log off;
  client_body_temp_path ${folder}/body;
  proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi;
  scgi_temp_path ${folder}/scgi;
  include ${site};
}
`;

async function start(name: string, port: number, prepare: (folder: string) => string[]): Promise<DocumentedProxy> {
  const folder = mkdtempSync(join(tmpdir(), `roomdesk-${name}-`));
  const child = spawn(programOf(name), prepare(folder), { stdio: ["ignore", "inherit", "inherit"] });
  const ended = once(child, "exit");
  const close = async () => {
    if (child.exitCode === null) child.kill("SIGTERM");
    await ended;
    rmSync(folder, { recursive: true });
  };
  while (!(await answers(port))) {
    if (child.exitCode === null) continue;
    await close();
    throw new Error(`${name} does not start with the manual's file`);
  }
  return { url: `http://127.0.0.1:${port}`, close };
}

function programOf(name: string): string {
  // Debian keeps them where a user's PATH does not lead.
  const found = [name, `/usr/sbin/${name}`].find((path) => spawnSync(path, ["-v"]).status === 0);
  if (!found) throw new Error(`There is no ${name}; \`npm test\` installs one.`);
  return found;
}

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => setTimeout(resolve, 20, false));
  });
