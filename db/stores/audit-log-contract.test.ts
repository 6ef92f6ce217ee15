import { auditContract } from "#core/contract/audit.contract.ts";
import { connect } from "../open/connect.ts";
import { auditLog } from "./audit-log.ts";
import { deskOnPostgres } from "./testing/desk-on-postgres.ts";

auditContract(async () => {
  const desk = await deskOnPostgres();
  /** As a superuser who switches the append-only triggers off. */
  const asThief = async (text: string, values: unknown[]) => {
    await using admin = await connect(desk.fresh.adminUrl);
    await admin.query("set session_replication_role = replica");
    await admin.query(text, values);
  };
  const at = "update roomdesk.audit_log set n =";
  return {
    audit: auditLog({ database: desk.fresh.database, keyring: desk.keyring }),
    addOrganisation: async () => (await desk.addOrganisation("Brewster")).orgId,
    tamper: {
      change: (orgId, n) =>
        asThief("update roomdesk.audit_log set outcome = 'denied' where org_id = $1 and n = $2", [orgId, n]),
      remove: (orgId, n) => asThief("delete from roomdesk.audit_log where org_id = $1 and n = $2", [orgId, n]),
      swap: async (orgId, n, m) => {
        for (const [from, to] of [
          [n, 0],
          [m, n],
          [0, m],
        ])
          // prettier-ignore
          await asThief(`${at} $3 where org_id = $1 and n = $2`, [orgId, from, to]);
      },
    },
    close: desk.close,
  };
});
