import { connect } from "../open/connect.ts";

/** A table like all of ours, for tests of what holds for any table: forced, walled, granted to the app. */
export async function createNotes(adminUrl: string): Promise<void> {
  await using admin = await connect(adminUrl);
  await admin.query(`
    create schema fixture;
    grant usage on schema fixture to roomdesk_app, roomdesk_log;
    create table fixture.notes (id text primary key, org_id uuid not null, text text not null);
    alter table fixture.notes enable row level security, force row level security;
    create policy app on fixture.notes to roomdesk_app, roomdesk_log using (true);
    create policy org_wall on fixture.notes as restrictive to roomdesk_app
      using (org_id = (select nullif(current_setting('app.org', true), '')::uuid));
    grant select, insert, update on fixture.notes to roomdesk_app;
    grant select, insert on fixture.notes to roomdesk_log`);
}
