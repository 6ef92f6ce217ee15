import { once } from "node:events";
import { createServer, type Server } from "node:http";

type Page = { readonly html: string; readonly headers?: Readonly<Record<string, string>> };

/** Somebody's own site, on another origin than the desk: whatever their pages hold, and whatever they forbid. */
export class HostSite {
  readonly #server: Server;
  readonly #pages = new Map<string, Page>();

  private constructor() {
    this.#server = createServer((request, response) => {
      const page = this.#pages.get(request.url ?? "");
      const type = request.url?.endsWith(".js") ? "text/javascript" : "text/html; charset=utf-8";
      response.writeHead(page ? 200 : 404, { "content-type": type, ...page?.headers });
      response.end(page?.html ?? "");
    });
  }

  static async open(): Promise<HostSite> {
    const site = new HostSite();
    await once(site.#server.listen(0, "127.0.0.1"), "listening");
    return site;
  }

  /** Puts a page, or a script whose name ends so, on the site and gives its address. */
  put(path: string, html: string, headers: Readonly<Record<string, string>> = {}): string {
    this.#pages.set(path, { html, headers });
    const address = this.#server.address();
    if (typeof address !== "object" || address === null) throw new Error("The site is closed.");
    return `http://127.0.0.1:${address.port}${path}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
  }
}
