import type { RequestHandler } from "express";
import helmet from "helmet";
import type { Site } from "../desk.ts";

/** For answers that are data: nothing in them may run or be shown as a page, and nothing of them may be kept. */
export function dataHeaders(site: Site): RequestHandler {
  const guard = headers(site, { defaultSrc: ["'none'"], frameAncestors: ["'none'"] });
  return (req, res, next) => {
    res.setHeader("cache-control", "no-store");
    guard(req, res, next);
  };
}

/** For our own pages: scripts from here only, no markup from strings, and never inside somebody else's page. */
export const pageHeaders = (site: Site): RequestHandler =>
  headers(site, {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'", "data:", "blob:"],
    fontSrc: ["'self'"],
    mediaSrc: ["'self'"],
    manifestSrc: ["'self'"],
    connectSrc: ["'self'", ...sockets(site)],
    baseUri: ["'none'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
    requireTrustedTypesFor: ["'script'"],
    trustedTypes: ["lit-html"],
  });

/** For files of the widget: any site may load them, that is what they are for. */
export function widgetFileHeaders(site: Site): RequestHandler {
  const guard = headers(site, { defaultSrc: ["'none'"], frameAncestors: ["'none'"] }, "cross-origin");
  return (req, res, next) => {
    res.setHeader("access-control-allow-origin", "*");
    guard(req, res, next);
  };
}

function headers(
  site: Site,
  directives: Record<string, readonly string[]>,
  policy: "same-origin" | "cross-origin" = "same-origin",
): RequestHandler {
  return helmet({
    contentSecurityPolicy: { useDefaults: false, directives },
    crossOriginResourcePolicy: { policy },
    referrerPolicy: { policy: "no-referrer" },
    strictTransportSecurity: site.secure ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    xFrameOptions: { action: "deny" },
  });
}

// 'self' does not cover sockets in every browser.
const sockets = ({ publicUrl }: Site) => (publicUrl === undefined ? [] : [publicUrl.replace(/^http/, "ws")]);
