import { connect, type Direct } from "../open/connect.ts";

type Column = { table: string; name: string; type: string; category: string; label: string | null };

/** Whose the rows are. */
export const filledOrg = "00000000-0000-4000-8000-0000000000aa";

/**
 * One row in every table of the schema, whatever tables there will be: a test that reads nothing from an empty table
 * would prove nothing. Rules that only bind values are lifted; this is a database to throw away.
 */
export async function fillTables(adminUrl: string): Promise<readonly string[]> {
  await using admin = await connect(adminUrl);
  await admin.query("set session_replication_role = replica"); // no foreign keys, no triggers
  await dropChecks(admin);
  const columns = await neededColumns(admin);
  const tables = Object.entries(Object.groupBy(columns, (column) => column.table));
  for (const [table, needed = []] of tables) {
    const names = needed.map((column) => column.name).join(", ");
    await admin.query(`insert into ${table} (${names}) values (${needed.map(someValue).join(", ")})`);
  }
  return tables.map(([table]) => table);
}

async function dropChecks(admin: Direct): Promise<void> {
  const { rows } = await admin.query<{ statement: string }>(
    `select format('alter table %s drop constraint %I', conrelid::regclass, conname) as statement from pg_constraint
     where contype = 'c' and connamespace = 'roomdesk'::regnamespace and conrelid <> 0`,
  );
  for (const { statement } of rows) await admin.query(statement);
}

async function neededColumns(admin: Direct): Promise<readonly Column[]> {
  const { rows } = await admin.query<Column>(
    `select a.attrelid::regclass::text as table, quote_ident(a.attname) as name, format_type(a.atttypid, a.atttypmod) as type,
       t.typcategory as category, (select enumlabel from pg_enum e where e.enumtypid = t.oid limit 1) as label
     from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_type t on t.oid = a.atttypid
     where c.relnamespace = 'roomdesk'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
       and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
       and (a.attnotnull and not a.atthasdef and a.attidentity = '' or a.attname = 'org_id')
     order by 1, a.attnum`,
  );
  return rows;
}

function someValue({ name, type, category, label }: Column): string {
  const cast = (text: string) => `'${text}'::${type}`;
  if (name === "org_id" || type === "uuid") return cast(filledOrg);
  if (label !== null) return cast(label);
  if (/json/.test(type)) return cast("{}");
  switch (category) {
    case "A":
      return cast("{}");
    case "B":
      return "true";
    case "D":
      return cast("2026-01-01");
    case "N":
      return cast("1");
    default:
      return cast("x");
  }
}
