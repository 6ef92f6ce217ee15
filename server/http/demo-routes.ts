import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Router, json } from "express";
import { SignJWT } from "jose";
import sirv from "sirv";
import { limits } from "#protocol/limits.ts";
import { refuse } from "#protocol/refusals.ts";
import type { DemoSite, Desk } from "../desk.ts";
import { addressKey } from "../throttles.ts";
import { isOwnOrigin } from "./origin.ts";
import { ok, route, type Handler } from "./reply.ts";
import { dataHeaders, pageHeaders } from "./security-headers.ts";

const page = fileURLToPath(new URL("../demo/shop.html", import.meta.url));
const files = fileURLToPath(new URL("../demo/shop/", import.meta.url));

/** The shop that embeds the widget; without the demo, `/` leads to the workspace. */
export function demoRoutes(desk: Desk): Router {
  const { demo, site } = desk;
  if (!demo) return Router().get("/", (_req, res) => res.redirect(302, "/workspace/"));
  const shop = readFileSync(page, "utf8").replaceAll("{{inbox}}", encodeURIComponent(demo.inboxKey));
  return Router()
    .get("/", pageHeaders(site), (_req, res) => {
      res.setHeader("cache-control", "no-cache");
      res.type("html").send(shop);
    })
    .post(
      "/demo/identity",
      dataHeaders(site),
      json({ limit: limits.frameMaxBytes, inflate: false }),
      route(signNora(desk, demo)),
    )
    .use("/shop", pageHeaders(site), sirv(files, { etag: true, dotfiles: false, extensions: [] }));
}

/** Plays the part of the host's server, which knows its customers and shares a secret with the desk. */
const signNora =
  (desk: Desk, { inboxKey }: DemoSite): Handler =>
  async (req) => {
    if (!isOwnOrigin(req, desk.site)) return refuse("foreign_origin");
    const waitMs = await desk.throttles.identityByAddress.tooMany(addressKey(req.ip));
    if (waitMs !== undefined) return refuse("too_many_attempts", waitMs);
    const secret = (await desk.customers.inbox(inboxKey))?.identitySecret ?? null;
    if (secret === null) return refuse("unknown_inbox");
    const now = Math.floor(desk.now() / 1000);
    const identity = await new SignJWT({ name: "Nora Lindqvist", email: "nora@lindqvist.example" })
      .setProtectedHeader({ alg: "HS256" })
      .setSubject("nora-lindqvist")
      .setAudience(inboxKey)
      .setIssuedAt(now)
      .setExpirationTime(now + 120)
      .setJti(randomUUID())
      .sign(new TextEncoder().encode(secret));
    return ok({ identity });
  };
