import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import { expect, test } from "vitest";
import { call } from "../testing/calls.ts";
import { clientAddress } from "./client-address.ts";

test("[N77] a socket's client has the address that Express finds for a request of theirs", async () => {
  for (const trusted of [0, 1, 2, 3]) {
    const app = express().set("trust proxy", trusted);
    app.get("/", (req, res) => void res.json({ express: req.ip, ours: clientAddress(req, trusted) }));
    const server = createServer(app).listen(0, "127.0.0.1");
    await once(server, "listening");
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    for (const said of [undefined, "203.0.113.9", "203.0.113.9, 198.51.100.2", "a,b,c,d", " 203.0.113.9 ,::1"]) {
      const answer = await call(url, "GET", "/", said === undefined ? {} : { headers: { "x-forwarded-for": said } });
      const { express: theirs, ours } = answer.as<{ express: string; ours: string }>();
      expect(ours, `${trusted} proxies, ${said}`).toBe(theirs);
    }
    server.close();
  }
});
