import SQLite from "better-sqlite3";
import { openDatabase } from "../src/db/open.ts";
import { FIRST_PERSON } from "./calls.ts";

const PEOPLE_PER_ROSTER = 100;

/** `n` from 0 to `@last`. */
const COUNTING = "with recursive numbers(n) as (select 0 union all select n + 1 from numbers where n < @last)";

const ROSTERS = `${COUNTING} insert into conferences (id, team_id, channel_id, title, grace_seconds, created_at)
  select 'conference-' || n, 'T0BENCH', printf('C%05d', n), 'Roster ' || n, 60, @now from numbers`;

const PEOPLE = `${COUNTING}
  insert into participants (id, team_id, conference_id, name, name_key, slack_user_id, role, phone_number, added_at)
  select 'participant-' || n, 'T0BENCH', 'conference-' || (n / ${PEOPLE_PER_ROSTER}), 'Person ' || n, 'person ' || n,
    printf('U%07d', n), iif(n % ${PEOPLE_PER_ROSTER} = 0, 'moderator', 'participant'), '+' || (${FIRST_PERSON} + n), @now
  from numbers`;

const PENDING_CODES = `${COUNTING}
  insert into phone_numbers (team_id, phone_number, verification_sid, verification_started_at, texts_sent_at)
  select 'T0BENCH', '+' || (${FIRST_PERSON} + n), printf('VE%032d', n), @now, '[]' from numbers`;

const SCHEDULES_PER_ROSTER = 10;

const SCHEDULES = `${COUNTING}
  insert into series (id, team_id, conference_id, number, title, notes, starts_local, zone, minutes, rule,
    channel_reminder_minutes, personal_reminder_minutes, calls_everyone, sequence, created_by, created_at, handled_until)
  select 'series-' || n, 'T0BENCH', 'conference-' || (n / ${SCHEDULES_PER_ROSTER}), n % ${SCHEDULES_PER_ROSTER} + 1,
    'Call ' || n, '', '2099-01-05T09:30', 'Europe/Berlin', 30, 'FREQ=WEEKLY', 10, 5, 0, 0, 'U0000000', @now, @now
  from numbers`;

/** The first is due, the others follow a second after the other. */
const JOBS = `${COUNTING}
  insert into jobs (key, team_id, kind, subject_id, run_at)
  select 'run-series/series-' || n, 'T0BENCH', 'run-series', 'series-' || n, @now + n * 1000 from numbers`;

/** Makes a database with so many series of scheduled calls, none of which is over. */
export async function seedSchedules(file: string, schedules: number): Promise<void> {
  const migrated = await openDatabase({ kind: "sqlite", file });
  await migrated.close();
  const sqlite = new SQLite(file);
  sqlite.pragma("synchronous = OFF");
  const now = BigInt(Date.now());
  const last = BigInt(schedules - 1);
  sqlite.exec("begin; insert into lines (team_id, alerts_channel_id) values ('T0BENCH', 'C00000')");
  sqlite.prepare(ROSTERS).run({ now, last: last / BigInt(SCHEDULES_PER_ROSTER) });
  sqlite.prepare(SCHEDULES).run({ now, last });
  sqlite.prepare(JOBS).run({ now, last });
  sqlite.exec("commit");
  sqlite.close();
}

/** Makes a database with so many people on rosters, each with a code pending: then a call needs no network. */
export async function seed(file: string, people: number): Promise<void> {
  const migrated = await openDatabase({ kind: "sqlite", file });
  await migrated.close();
  const sqlite = new SQLite(file);
  sqlite.pragma("synchronous = OFF");
  const now = BigInt(Date.now());
  const last = BigInt(people - 1);
  sqlite.exec("begin; insert into lines (team_id, alerts_channel_id) values ('T0BENCH', 'C00000')");
  sqlite.prepare(ROSTERS).run({ now, last: last / BigInt(PEOPLE_PER_ROSTER) });
  sqlite.prepare(PEOPLE).run({ now, last });
  sqlite.prepare(PENDING_CODES).run({ now, last });
  sqlite.exec("commit");
  sqlite.close();
}

/** How many calls a database knows of. */
export function countCalls(file: string): number {
  const sqlite = new SQLite(file, { readonly: true });
  const count = sqlite.prepare("select count(*) from call_legs").pluck().get();
  sqlite.close();
  return Number(count);
}
