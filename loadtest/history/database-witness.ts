import pg from "pg";

/**
 * Triggers that write down, in the transaction itself, with which epoch each event was kept, each epoch and each read
 * number, in a schema of their own. The nodes know nothing of them: what they say of themselves is held against this.
 */
const statements = [
  "create schema if not exists witness",
  "create sequence if not exists witness.ordered",
  `create table if not exists witness.events (n bigint not null default nextval('witness.ordered'),
     conversation uuid not null, seq integer not null, epoch integer not null, owner text)`,
  `create table if not exists witness.epochs (n bigint not null default nextval('witness.ordered'),
     conversation uuid not null, epoch integer not null, owner text, head integer not null)`,
  `create table if not exists witness.reads (n bigint not null default nextval('witness.ordered'),
     conversation uuid not null, person uuid not null, seq integer not null)`,
  `create or replace function witness.event() returns trigger language plpgsql security definer
     set search_path = witness, pg_temp as $$
   begin
     insert into witness.events (conversation, seq, epoch, owner)
       select new.conversation_id, new.seq, s.epoch, s.owner_node from roomdesk.chat_sessions s where s.id = new.conversation_id;
     return null;
   end $$`,
  `create or replace function witness.epoch() returns trigger language plpgsql security definer
     set search_path = witness, pg_temp as $$
   begin
     insert into witness.epochs (conversation, epoch, owner, head) values (new.id, new.epoch, new.owner_node, new.last_seq);
     return null;
   end $$`,
  `create or replace function witness.read() returns trigger language plpgsql security definer
     set search_path = witness, pg_temp as $$
   begin
     insert into witness.reads (conversation, person, seq) values (new.conversation_id, new.person_id, new.seq);
     return null;
   end $$`,
  `create or replace trigger witness after insert on roomdesk.chat_events for each row execute function witness.event()`,
  `create or replace trigger witness after update of epoch on roomdesk.chat_sessions for each row execute function witness.epoch()`,
  `create or replace trigger witness after insert or update of seq on roomdesk.chat_reads
     for each row execute function witness.read()`,
] as const;

/** @param url the superuser's address, of a database whose tables are there */
export async function watchDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
