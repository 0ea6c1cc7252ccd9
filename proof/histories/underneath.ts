import Sqlite from "better-sqlite3";
import { Client } from "pg";

export type Lockout = { conferenceId: string; number: string; failures: number; lockedUntil: number | null };

/** A look at the database past the service, on a connection of its own. */
export type Underneath = {
  /** Changes whenever anything is written. */
  fingerprint(): Promise<string>;
  lockouts(conferenceIds: readonly [string, string]): Promise<Lockout[]>;
  close(): Promise<void>;
};

export async function lookUnderneath(databaseUrl: string): Promise<Underneath> {
  return databaseUrl.startsWith("file:")
    ? underneathSqlite(databaseUrl.slice("file:".length))
    : underneathPostgres(databaseUrl);
}

const COLUMNS = 'conference_id as "conferenceId", phone_number as "number", failures, locked_until as "lockedUntil"';

function underneathSqlite(file: string): Underneath {
  const connection = new Sqlite(file, { readonly: true });
  const lockouts = connection.prepare<[string, string], Lockout>(
    `select ${COLUMNS} from lockouts where conference_id in (?, ?)`,
  );
  return {
    // Other connections' commits change it.
    fingerprint: async () => String(connection.pragma("data_version", { simple: true })),
    lockouts: async (conferenceIds) => lockouts.all(...conferenceIds),
    close: async () => void connection.close(),
  };
}

async function underneathPostgres(url: string): Promise<Underneath> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const tables = await client.query<{ name: string }>(
    "select tablename as name from pg_tables where schemaname = 'public' order by tablename",
  );
  const rows = tables.rows.map(({ name }) => `select md5(string_agg(t::text, '' order by t::text)) from "${name}" t`);
  return {
    fingerprint: async () => JSON.stringify((await client.query(rows.join(" union all "))).rows),
    async lockouts(conferenceIds) {
      const found = await client.query<Lockout>(`select ${COLUMNS} from lockouts where conference_id in ($1, $2)`, [
        ...conferenceIds,
      ]);
      // PostgreSQL's driver hands 64-bit integers out as text.
      return found.rows.map((row) => ({
        ...row,
        lockedUntil: row.lockedUntil === null ? null : Number(row.lockedUntil),
      }));
    },
    close: () => client.end(),
  };
}
