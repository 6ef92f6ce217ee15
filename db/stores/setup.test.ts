import { setupContract } from "#core/contract/setup.contract.ts";
import { deskOnPostgres } from "./testing/desk-on-postgres.ts";

setupContract(deskOnPostgres);
