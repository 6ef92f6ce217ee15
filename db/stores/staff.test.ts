import { describe } from "vitest";
import { staffContract } from "#core/contract/staff.contract.ts";
import { deskOnPostgres, deskWithoutWalls } from "./testing/desk-on-postgres.ts";

staffContract(deskOnPostgres);

describe("without row-level security", () => staffContract(deskWithoutWalls));
