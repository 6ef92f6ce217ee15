import { auditedChangesContract } from "#core/contract/audited-changes.contract.ts";
import { deskOnPostgres } from "./testing/desk-on-postgres.ts";

auditedChangesContract(deskOnPostgres);
