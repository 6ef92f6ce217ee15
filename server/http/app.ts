import express, { type Express, type RequestHandler } from "express";
import { refuse } from "#protocol/refusals.ts";
import type { Desk } from "../desk.ts";
import type { Forwarding } from "../forwarding/forwarding.ts";
import { addressKey } from "../throttles.ts";
import { clientFiles } from "./client-files.ts";
import { conversationRoutes } from "./conversation-routes.ts";
import { customerRoutes } from "./customer-routes.ts";
import { demoRoutes } from "./demo-routes.ts";
import { faults } from "./faults.ts";
import { healthRoutes } from "./health-routes.ts";
import { jsonBody } from "./json-body.ts";
import { sendRefusal } from "./reply.ts";
import { requestLog } from "./request-log.ts";
import { dataHeaders } from "./security-headers.ts";
import { setupRoutes } from "./setup-routes.ts";
import { staffRoutes } from "./staff-routes.ts";
import { workspaceRoutes } from "./workspace-routes.ts";

/**
 * The HTTP side of a desk.
 * @param between how requests are passed on where there are several nodes
 */
export function httpApp(desk: Desk, between?: Forwarding["http"]): Express {
  const app = express();
  app.disable("x-powered-by");
  app.disable("etag"); // answers are never kept, so there is nothing to compare them with
  app.enable("case sensitive routing");
  app.set("query parser", "simple");
  app.set("trust proxy", desk.site.trustedProxies);
  app.use(requestLog(desk.log), ...(between ? [between.door] : []), notTooMany(desk));
  app.use("/api", dataHeaders(desk.site), jsonBody);
  if (between) app.use("/api", between.wholeBody);
  if (between)
    app.all("/api/conversations/:id/:what", between.passOn).post("/api/workspace/seat", between.passOnFromLeaving);
  app.use(["/livez", "/readyz"], dataHeaders(desk.site));
  app.use(staffRoutes(desk), setupRoutes(desk), customerRoutes(desk), conversationRoutes(desk), workspaceRoutes(desk));
  app.use(healthRoutes(desk), demoRoutes(desk), clientFiles(desk.site));
  app.use(dataHeaders(desk.site), (_req, res) => sendRefusal(res, refuse("not_found")));
  app.use(faults(desk.log));
  return app;
}

const notTooMany =
  ({ throttles }: Desk): RequestHandler =>
  async (req, res, next) => {
    const waitMs = await throttles.requestsByAddress.tooMany(addressKey(req.ip));
    if (waitMs === undefined) next();
    else sendRefusal(res, refuse("too_fast", waitMs));
  };
