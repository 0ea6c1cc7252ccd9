import { setTimeout as pause } from "node:timers/promises";
import type { Client } from "pg";
import { ACCOUNTS } from "../../test/support/world.ts";
import { connect, type Town, type TownNode } from "./town.ts";

/** What is done to one of two nodes, or to the database of both. */
export const FAULTS = ["killed", "frozen", "cut-off", "database-restarted"] as const;
export type Fault = (typeof FAULTS)[number];

/** Longer than any lease, and than what Twilio and Slack wait. */
const FAULT_MS = 14_000;
const LOOK_EVERY_MS = 25;
const LONGEST_MOVE_MS = 20_000;

/** How long each lane took to move that the node held which was hit; empty when it held none. */
export type Moves = number[];

/** Brings the fault about, has it last, and takes it away: a killed node stays dead. */
export async function bringAbout(town: Town, fault: Fault, restartDatabase: () => Promise<void>): Promise<Moves> {
  if (fault === "database-restarted") {
    await restartDatabase();
    await town.sql.end().catch(() => undefined);
    town.sql = await connect(town.databaseUrl);
    await pause(FAULT_MS);
    return [];
  }
  const victim = await busyNode(town);
  const lanes = victim.asking().map((channelId) => `slack/${ACCOUNTS.slack.teamId}/${channelId}`);
  hit(victim, fault);
  const hitAt = performance.now();
  const held = await leasesOf(town.sql, lanes);
  const moving = Promise.all([...held].map(([lane, lease]) => untilMoved(town.sql, lane, lease, hitAt)));
  await pause(FAULT_MS);
  if (fault === "frozen") victim.process.signal("SIGCONT");
  if (fault === "cut-off") victim.database.mend();
  return moving;
}

/** The node that has more under way outside, once one has anything. */
async function busyNode({ nodes }: Town): Promise<TownNode> {
  const [first, second] = nodes;
  for (const startedAt = performance.now(); performance.now() - startedAt < 5000; ) {
    if (first.asking().length + second.asking().length > 0) break;
    await pause(LOOK_EVERY_MS);
  }
  return first.asking().length >= second.asking().length ? first : second;
}

function hit(victim: TownNode, fault: Exclude<Fault, "database-restarted">): void {
  switch (fault) {
    case "killed":
      return victim.process.signal("SIGKILL");
    case "frozen":
      return victim.process.signal("SIGSTOP");
    case "cut-off":
      return victim.database.cut();
  }
}

async function leasesOf(sql: Client, lanes: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql.query<{ lane: string; lease_until: string }>(
    "select lane, lease_until from lanes where lease_until > 0 and lane = any($1)",
    [lanes],
  );
  return new Map(rows.map((row) => [row.lane, row.lease_until]));
}

/** Whoever is hit renews nothing: a lease that is another has been taken over. */
async function untilMoved(sql: Client, lane: string, lease: string, hitAt: number): Promise<number> {
  while (performance.now() - hitAt < LONGEST_MOVE_MS) {
    const { rows } = await sql.query<{ lease_until: string }>("select lease_until from lanes where lane = $1", [lane]);
    if (rows[0]?.lease_until !== lease) break;
    await pause(LOOK_EVERY_MS);
  }
  return performance.now() - hitAt;
}
