import Database from 'better-sqlite3';
import { z } from 'zod';

const Rows = z.array(z.object({ id: z.number(), action: z.string(), target: z.string() }));
const Tables = z.array(z.object({ name: z.string() }));

/** Stable columns of tables that change beside the requests: sessions in use are prolonged, e-mails sent. */
const VIEWS: Readonly<Record<string, string>> = {
  session: 'select jti, user_id, created_at, confirmed_at from session',
  outbox: "select id, event, recipient from outbox where event in ('decision', 'kit_ready')",
  one_time_link: "select * from one_time_link where purpose = 'password'",
};

/** The audit rows of a database file after the given one. */
export const auditRows = (file: string, id: number): z.infer<typeof Rows> => {
  const db = new Database(file, { readonly: true });
  const rows = Rows.parse(
    db.prepare('select id, action, target from audit where id > ? order by id').all(id),
  );
  db.close();
  return rows;
};

/** Everything in a database file that only requests change. */
export const databaseContent = (file: string): string => {
  const db = new Database(file, { readonly: true });
  const tables = Tables.parse(
    db.prepare("select name from sqlite_master where type = 'table' order by name").all(),
  );
  const content = tables.map(({ name }) => [
    name,
    db.prepare(VIEWS[name] ?? `select * from "${name}"`).all(),
  ]);
  db.close();
  return JSON.stringify(content);
};
