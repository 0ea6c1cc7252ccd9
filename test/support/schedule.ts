import { aWorld, type Dialect, OPS, PEOPLE, type World } from "./confline.ts";
import { everyRow, runSql } from "./telephone.ts";

export type ScheduledCall = {
  channelId?: string;
  /** Wall-clock time in `zone`. */
  startsLocal?: string;
  zone?: string;
  minutes?: number;
  rule?: string | null;
  /** Whether its start, its end and what lies between come; else it is a date in the calendar only. */
  isRun?: boolean;
  callsEveryone?: boolean;
};

let calls = 0;

/** Puts a scheduled call into the database underneath the service, as if it had been scheduled in Slack; its id. */
export async function schedule(world: World, call: ScheduledCall = {}): Promise<string> {
  const { channelId = OPS, startsLocal = "2026-11-23T15:00", zone = "Europe/Paris", minutes = 30, rule = null } = call;
  const { isRun = false, callsEveryone = false } = call;
  const id = `series-${(calls += 1)}`;
  const text = (value: string | null) => (value === null ? "null" : `'${value}'`);
  await runSql(world, [
    `insert into series (id, team_id, conference_id, number, title, notes, starts_local, zone, minutes, rule,
       calls_everyone, sequence, created_by, created_at, handled_until)
     select ${text(id)}, team_id, id, ${calls}, 'Standup', '', ${text(startsLocal)}, ${text(zone)}, ${minutes},
       ${text(rule)}, ${callsEveryone}, 0, 'U0ISABELLE', 0, 0 from conferences where channel_id = ${text(channelId)}`,
    ...(isRun
      ? [
          `insert into jobs (key, team_id, kind, subject_id, run_at)
           values ('run-series/${id}', 'T0EXAMPLE1', 'run-series', '${id}', ${world.clock.now()})`,
        ]
      : []),
  ]);
  return id;
}

/** Has callers let in around scheduled calls only. */
export async function letInAroundCallsOnly(world: World, channelId: string = OPS): Promise<void> {
  await runSql(world, [`update conferences set entry = 'scheduled' where channel_id = '${channelId}'`]);
}

let dialOuts = 0;

/** Has people called into the session that is open, in this order, as the start of a call with everybody would. */
export async function callThem(world: World, numbers: readonly string[], afterMs = 0): Promise<void> {
  const now = world.clock.now() + afterMs;
  for (const number of numbers) {
    dialOuts += 1;
    const id = `dial-out-${dialOuts}`;
    const effect = JSON.stringify({ kind: "place-call", dialOutId: id, attempt: 1 });
    await runSql(world, [
      `insert into dial_outs (id, team_id, session_id, participant_id, position, state, attempts, attempts_before,
         created_at, changed_at)
       select '${id}', s.team_id, s.id, p.id, ${dialOuts}, 'waiting', 0, 0, ${now}, ${now}
       from sessions s join participants p on p.conference_id = s.conference_id
       where s.ended_at is null and p.removed_at is null and p.phone_number = '${number}'`,
      `insert into lanes (lane, team_id, next_at, lease_until)
       values ('twilio/dial/T0EXAMPLE1', 'T0EXAMPLE1', 0, 0) on conflict do nothing`,
      `insert into outbox (team_id, lane, urgency, effect, dedupe_key, run_at, attempts, created_at)
       values ('T0EXAMPLE1', 'twilio/dial/T0EXAMPLE1', 1, '${effect}', 'place-call/${id}/1', ${now}, 0, ${now})`,
    ]);
  }
}

/** How calling people stands, in the order in which they are called. */
export async function howCallingStands(world: World): Promise<string[]> {
  const rows = (await everyRow(world))["dial_outs"] ?? [];
  const states = rows as { position: number; state: string }[];
  return states.toSorted((a, b) => a.position - b.position).map(({ state }) => state);
}

/** Isabelle is on the line, and these people are called; the outbox has looked after {@link LOOK_MS}. */
export async function calling(dialect: Dialect, ...numbers: string[]) {
  const world = await aWorld(dialect);
  await world.setUp();
  const isabelles = await world.join(PEOPLE.isabelle.number);
  await callThem(world, numbers);
  return { world, isabelles };
}

export const CREATE_CALL = "POST /2010-04-01/Accounts/:accountSid/Calls.json";
/** The outbox looks again at the latest after this. */
export const LOOK_MS = 5000;
