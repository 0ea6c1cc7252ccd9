import Sqlite from "better-sqlite3";
import { Client } from "pg";
import type { Call } from "../../src/simulator/twilio/call.ts";
import type { World } from "./confline.ts";

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;

/** What a caller is asked when a code was sent; nobody is named in it. */
export const ASKED = "Please enter the 6-digit code we sent to your phone. Press star to get it again.";

/** Six digits that are not the code. */
export function notThe(code: string | null): string {
  return String((Number(code ?? "0") + 1) % 1_000_000).padStart(6, "0");
}

/** The code that is pending for a number, whoever was texted. */
export function codeFor(world: World, number: string): string {
  const code = world.sim.twilio.verify.codeFor(number);
  if (code === null) throw new Error("no code is pending");
  return code;
}

/** Dials, and keys wrong codes until so many failed or the call is over. */
export async function failToVerify(world: World, number: string, tries = 3): Promise<Call> {
  const call = await world.sim.twilio.phone(number).dial();
  for (let tried = 0; tried < tries && call.state() === "gathering"; tried += 1) {
    await call.press(notThe(world.sim.twilio.verify.codeFor(number)));
  }
  return call;
}

/** The last sentence that was said, not sung. */
export function lastSaid(call: Call): string {
  return call.heard().findLast((sentence) => !sentence.startsWith("♪")) ?? "";
}

/** Hours later: nothing of what lies between is run, where nothing was to happen. */
export async function later(world: World, ms: number): Promise<void> {
  world.clock.jump(ms);
  await world.pass();
}

/** Who is in a room now, by the phone network's own truth; empty rooms are not listed. */
export function whoIsIn(world: World): string[][] {
  return world.sim.twilio
    .conferences()
    .filter(({ status }) => status !== "completed")
    .map(({ participants }) => participants.map(({ callSid }) => callSid));
}

/** How many texts a number ever got. */
export function textsTo(world: World, number: string): number {
  return world.sim.twilio.phone(number).texts().length;
}

/** Messages of a channel that speak of calls that failed, or of callers that nobody knows. */
export function alertsIn(world: World, channelId?: string): string[] {
  return world.channel(channelId).filter((message) => /failed to verify|failing|claimed|on no roster/i.test(message));
}

/** Runs statements on the database underneath the service. */
export async function runSql({ config }: World, statements: readonly string[]): Promise<void> {
  if (config.DATABASE_URL.kind === "sqlite") {
    const database = new Sqlite(config.DATABASE_URL.file);
    for (const statement of statements) database.exec(statement);
    database.close();
    return;
  }
  const client = new Client({ connectionString: config.DATABASE_URL.url });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}

/** Every row of every table underneath the service, in an order of its own, to see that nothing changed. */
export async function everyRow({ config }: World): Promise<Record<string, unknown[]>> {
  const at = config.DATABASE_URL;
  return at.kind === "sqlite" ? everySqliteRow(at.file) : everyPostgresRow(at.url);
}

function everySqliteRow(file: string): Record<string, unknown[]> {
  const database = new Sqlite(file, { readonly: true });
  const names = database
    .prepare("select name from sqlite_master where type = 'table' and name not like 'sqlite%' order by name")
    .pluck()
    .all();
  const rows = Object.fromEntries(
    names.map((name) => [String(name), database.prepare(`select * from "${String(name)}"`).all()]),
  );
  database.close();
  return rows;
}

async function everyPostgresRow(url: string): Promise<Record<string, unknown[]>> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const tables = await client.query<{ name: string }>(
    "select tablename as name from pg_tables where schemaname = 'public' order by tablename",
  );
  const rows: Record<string, unknown[]> = {};
  for (const { name } of tables.rows) {
    // An update moves a row: only an order of its own makes two looks comparable.
    const found = await client.query<{ row: string }>(`select row_to_json(t)::text as row from "${name}" t order by 1`);
    rows[name] = found.rows.map(({ row }): unknown => JSON.parse(row));
  }
  await client.end();
  return rows;
}

/** Sends the service a correctly signed request of the phone network, with parameters of one's own. */
export async function forge(
  { sim, config }: World,
  path: string,
  params: Readonly<Record<string, string>>,
): Promise<{ status: number; body: string }> {
  const url = `${config.PUBLIC_URL}/twilio/${path}`;
  return sim.twilio.forge({ url, params: { AccountSid: config.TWILIO_ACCOUNT_SID, ...params } });
}
