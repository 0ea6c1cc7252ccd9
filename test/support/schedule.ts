import { OPS, type World } from "./confline.ts";
import { runSql } from "./telephone.ts";

export type ScheduledCall = {
  channelId?: string;
  /** Wall-clock time in `zone`. */
  startsLocal?: string;
  zone?: string;
  minutes?: number;
  rule?: string | null;
};

let calls = 0;

/** Puts a scheduled call into the database underneath the service, as if it had been scheduled in Slack; its id. */
export async function schedule(world: World, call: ScheduledCall = {}): Promise<string> {
  const { channelId = OPS, startsLocal = "2026-11-23T15:00", zone = "Europe/Paris", minutes = 30, rule = null } = call;
  const id = `series-${(calls += 1)}`;
  const text = (value: string | null) => (value === null ? "null" : `'${value}'`);
  await runSql(world, [
    `insert into series (id, team_id, conference_id, number, title, notes, starts_local, zone, minutes, rule,
       calls_everyone, sequence, created_by, created_at, handled_until)
     select ${text(id)}, team_id, id, ${calls}, 'Standup', '', ${text(startsLocal)}, ${text(zone)}, ${minutes},
       ${text(rule)}, false, 0, 'U0ISABELLE', 0, 0 from conferences where channel_id = ${text(channelId)}`,
  ]);
  return id;
}

/** Has callers let in around scheduled calls only. */
export async function letInAroundCallsOnly(world: World, channelId: string = OPS): Promise<void> {
  await runSql(world, [`update conferences set entry = 'scheduled' where channel_id = '${channelId}'`]);
}
