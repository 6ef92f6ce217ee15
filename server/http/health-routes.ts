import { Router } from "express";
import type { Desk } from "../desk.ts";

/** For supervisors: alive says the process answers, ready that it takes work. Neither says more to whoever asks. */
export const healthRoutes = (desk: Pick<Desk, "isReady">): Router =>
  Router()
    .get("/livez", (_req, res) => {
      res.json({ alive: true });
    })
    .get("/readyz", (_req, res) => {
      const ready = desk.isReady();
      res.status(ready ? 200 : 503).json({ ready });
    });
