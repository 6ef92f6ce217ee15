import { describe } from "vitest";
import { customersContract } from "#core/contract/customers.contract.ts";
import { privacyContract } from "#core/contract/privacy.contract.ts";
import { deskOnPostgres, deskWithoutWalls } from "./testing/desk-on-postgres.ts";

customersContract(deskOnPostgres);
privacyContract(deskOnPostgres);

describe("without row-level security", () => {
  customersContract(deskWithoutWalls);
  privacyContract(deskWithoutWalls);
});
