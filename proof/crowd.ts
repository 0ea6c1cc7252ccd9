import { type PhoneNumber, readCallerId } from "../src/conference/phone-number.ts";
import type { Role } from "../src/conference/roster.ts";
import { adoptAlertsChannel } from "../src/db/lines.ts";
import { type DatabaseLocation, openDatabase } from "../src/db/open.ts";
import { insertConference, insertParticipant } from "../src/db/roster.ts";
import { ACCOUNTS, type World } from "../test/support/world.ts";

/** Somebody on a roster, not in Slack. */
export type Member = { name: string; number: PhoneNumber; role: Role };

/** A channel's roster, as it is put into the database. */
export type Roster = { channelId: string; members: readonly Member[] };

const NUMBERS = 9000;

/** So many people, each with a number and a name of their own; the first one moderates. No name is part of another. */
export function aCrowd(count: number, prefix = "Villager"): Member[] {
  if (count > NUMBERS) throw new Error(`there are numbers for ${NUMBERS} people, not for ${count}`);
  return Array.from({ length: count }, (_, index) => {
    const digits = String(1000 + index);
    const role = index === 0 ? "moderator" : "participant";
    return { name: `${prefix} ${digits}`, number: aNumber(`+1202556${digits}`), role };
  });
}

/** Puts rosters into a database that nobody has open; the first channel is the line's own. */
export async function sowRosters(location: DatabaseLocation, rosters: readonly Roster[], now: number): Promise<void> {
  const db = await openDatabase(location);
  const { teamId } = ACCOUNTS.slack;
  await db.write(async (tx) => {
    for (const { channelId, members } of rosters) {
      const id = `conference ${channelId}`;
      const settings = { title: channelId, graceSeconds: 60, entry: "anytime", earlyMinutes: 15 } as const;
      await insertConference(tx, { id, teamId, channelId, ...settings }, now);
      await adoptAlertsChannel(tx, teamId, channelId);
      for (const { name, number, role } of members) {
        const person = { id: `${channelId} ${name}`, conferenceId: id, name, slackUserId: null, role };
        await insertParticipant(tx, teamId, { ...person, phoneNumber: number }, now);
      }
    }
  });
  await db.close();
}

/** Has a world's service find these rosters, as if commands had made them; channels are made where there are none. */
export async function fillRosters(world: World, rosters: readonly Roster[]): Promise<void> {
  const { slack } = world.sim;
  const known = new Set(slack.channels().map(({ id }) => id));
  const members = ACCOUNTS.slack.users.map(({ id }) => id);
  for (const { channelId: id } of rosters) {
    if (!known.has(id)) slack.addChannel({ id, name: id.slice(2).toLowerCase(), appIsIn: true, members });
  }
  await world.app.close();
  await sowRosters(world.config.DATABASE_URL, rosters, world.clock.now());
  await world.restart();
  await world.clock.idle();
}

function aNumber(text: string): PhoneNumber {
  const caller = readCallerId(text);
  if (caller.kind !== "number") throw new Error(`${text} is not in E.164`);
  return caller.number;
}
