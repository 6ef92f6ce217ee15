import { existsSync } from "node:fs";
import { join } from "node:path";
import { Router, type RequestHandler } from "express";
import sirv from "sirv";
import type { Site } from "../desk.ts";
import { pageHeaders, widgetFileHeaders } from "./security-headers.ts";

/** The built clients: `/widget/*` for any site, `/workspace` for our people. */
export const clientFiles = (site: Site): Router =>
  Router()
    .use("/widget", widgetFileHeaders(site), files(join(site.clients, "widget")))
    .get("/workspace", (req, res, next) => {
      if (req.path === "/workspace") res.redirect(308, "/workspace/");
      else next();
    })
    .use("/workspace", pageHeaders(site), files(join(site.clients, "workspace"), { isPage: true }));

/** Files as they were built, in the smaller of their forms that the browser takes. */
function files(folder: string, { isPage = false } = {}): RequestHandler {
  if (!existsSync(folder)) return (_req, _res, next) => next();
  return sirv(folder, {
    brotli: true,
    gzip: true,
    etag: true,
    dotfiles: false,
    single: isPage, // a place within the workspace is still the workspace's page
    setHeaders: (res, path) => res.setHeader("cache-control", lifeOf(path)),
  });
}

// Vite's eight characters; a capital or a digit tells them from a word.
const hashedName = /-(?=[\w-]*[A-Z0-9])[\w-]{8}\.\w+$/;

function lifeOf(path: string): string {
  if (path.endsWith(".html") || !/\.\w+$/.test(path)) return "no-cache"; // the page, under whatever place was asked for
  if (hashedName.test(path)) return "public, max-age=31536000, immutable";
  // The names that stand in snippets stay the same for ever, so what is behind them must not be kept for long.
  return "public, max-age=300, stale-while-revalidate=86400";
}
