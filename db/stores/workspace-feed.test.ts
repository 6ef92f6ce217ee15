import { describe } from "vitest";
import { workspaceFeedContract } from "#core/contract/workspace-feed.contract.ts";
import { deskOnPostgres, deskWithoutWalls } from "./testing/desk-on-postgres.ts";

workspaceFeedContract(deskOnPostgres);

describe("without row-level security", () => workspaceFeedContract(deskWithoutWalls));
