import SQLite from "better-sqlite3";
import type { PhoneNumber } from "../src/conference/phone-number.ts";
import type { Database } from "../src/db/database.ts";
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

/** So many calls take place in the benchmark, each week at the same time, each on a roster of its own. */
export const DUE_SCHEDULES = 10;
export const FIRST_CALL_AT = Date.parse("2027-01-05T09:30:00+01:00");
const PEOPLE_PER_CALL = 10;
const SCHEDULES_PER_ROSTER = 10;
const LEAD_MS = 10 * 60_000;
/** Rows that go into one statement. */
const AT_ONCE = 500;

/** Puts so many series of scheduled calls into a database, none of which is over; most begin in many years. */
export async function scheduleCalls(database: Database, schedules: number): Promise<void> {
  const [teamId, createdAt] = ["T0BENCH", FIRST_CALL_AT - 7 * 86_400_000];
  const numbers = Array.from({ length: schedules }, (_, n) => n);
  const roster = (n: number) =>
    n < DUE_SCHEDULES ? n : DUE_SCHEDULES + Math.floor((n - DUE_SCHEDULES) / SCHEDULES_PER_ROSTER);
  const rosters = [...new Set(numbers.map(roster))];
  const conferences = rosters.map((n) => {
    const id = `conference-${n}`;
    return { id, teamId, channelId: `C${n}`, title: `Roster ${n}`, graceSeconds: 60, createdAt };
  });
  const people = numbers.slice(0, DUE_SCHEDULES).flatMap((n) =>
    Array.from({ length: PEOPLE_PER_CALL }, (_, person) => {
      const name = `Person ${n}/${person}`;
      const role = person === 0 ? ("moderator" as const) : ("participant" as const);
      const slackUserId = `U${n}X${person}`;
      return {
        id: name,
        teamId,
        conferenceId: `conference-${n}`,
        name,
        nameKey: name,
        slackUserId,
        role,
        addedAt: createdAt,
      };
    }),
  );
  const series = numbers.map((n) => ({
    ...{ id: `series-${n}`, teamId, conferenceId: `conference-${roster(n)}`, number: (n % SCHEDULES_PER_ROSTER) + 1 },
    ...{ title: `Call ${n}`, notes: "", zone: "Europe/Berlin", minutes: 30, rule: "FREQ=WEEKLY" },
    startsLocal: n < DUE_SCHEDULES ? "2027-01-05T09:30" : "2099-01-06T09:30",
    ...{ channelReminderMinutes: 10, personalReminderMinutes: 5, callsEveryone: false, sequence: 0 },
    ...{ createdBy: "U0", createdAt, handledUntil: createdAt },
  }));
  const jobs = numbers.map((n) => {
    const runAt = n < DUE_SCHEDULES ? FIRST_CALL_AT - LEAD_MS : Date.parse("2099-01-06T08:20:00Z") + n * 1000;
    const subjectId = `series-${n}`;
    return { key: `run-series/${subjectId}`, teamId, kind: "run-series" as const, subjectId, runAt };
  });
  await database.write(async ({ q, t }) => {
    for (const rows of inParts(conferences)) await q.insert(t.conferences).values(rows);
    for (const rows of inParts(people)) await q.insert(t.participants).values(rows);
    for (const rows of inParts(series)) await q.insert(t.series).values(rows);
    for (const rows of inParts(jobs)) await q.insert(t.jobs).values(rows);
  });
}

function* inParts<T>(rows: readonly T[]): Generator<T[]> {
  for (let from = 0; from < rows.length; from += AT_ONCE) yield rows.slice(from, from + AT_ONCE);
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

/** The same on PostgreSQL, for as many as fit into one roster. */
export async function seedPostgres(url: string, people: number): Promise<void> {
  const database = await openDatabase({ kind: "postgres", url });
  const [teamId, createdAt] = ["T0BENCH", Date.now()];
  const conferenceId = "conference-0";
  const numbers = Array.from({ length: people }, (_, n) => `+${FIRST_PERSON + n}` as PhoneNumber);
  await database.write(async ({ q, t }) => {
    await q.insert(t.lines).values({ teamId, alertsChannelId: "C00000" });
    const conference = { id: conferenceId, teamId, channelId: "C00000", title: "Roster", graceSeconds: 60, createdAt };
    await q.insert(t.conferences).values(conference);
    await q.insert(t.participants).values(
      numbers.map((phoneNumber, n) => {
        const names = { id: `participant-${n}`, name: `Person ${n}`, nameKey: `person ${n}`, slackUserId: `U${n}` };
        const role = n === 0 ? ("moderator" as const) : ("participant" as const);
        return { ...names, teamId, conferenceId, role, phoneNumber, addedAt: createdAt };
      }),
    );
    await q.insert(t.phoneNumbers).values(
      numbers.map((phoneNumber, n) => {
        const pending = { verificationSid: `VE${String(n).padStart(32, "0")}`, verificationStartedAt: createdAt };
        return { teamId, phoneNumber, ...pending, textsSentAt: [] };
      }),
    );
  });
  await database.close();
}

/** How many calls a database knows of. */
export function countCalls(file: string): number {
  const sqlite = new SQLite(file, { readonly: true });
  const count = sqlite.prepare("select count(*) from call_legs").pluck().get();
  sqlite.close();
  return Number(count);
}
