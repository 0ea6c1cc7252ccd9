import { readCallerId } from "../../src/conference/phone-number.ts";
import type { Tx } from "../../src/db/database.ts";
import { openDatabase } from "../../src/db/open.ts";
import { findConferenceOfChannel, insertParticipant } from "../../src/db/roster.ts";
import { ACCOUNTS } from "../../test/support/world.ts";
import { CHANNELS, MODERATOR, newId, type Town } from "./town.ts";

/** What somebody is there for: to moderate, to come at any time or during the fault, to fail, or to be called. */
type Part = "moderates" | "comes" | "comes-late" | "fails" | "is-called";

export type Person = { name: string; number: string; channelId: string; part: Part };

const CAST: readonly [Part, number][] = [
  ["moderates", 1],
  ["comes", 3],
  ["comes-late", 1],
  ["fails", 6],
  ["is-called", 4],
];
const NAMES: Record<Part, string> = {
  moderates: "Mod",
  comes: "Comer",
  "comes-late": "Late",
  fails: "Failer",
  "is-called": "Called",
};

/** Everybody, each with a name and a number that nobody else has: then a message tells of whom it speaks. */
export function cast(): Person[] {
  const parts = CHANNELS.flatMap((channelId) =>
    CAST.flatMap(([part, count]) => Array.from({ length: count }, () => ({ part, channelId }))),
  );
  return parts.map(({ part, channelId }, n) => {
    const twoDigits = String(n).padStart(2, "0");
    return { name: `${NAMES[part]}${twoDigits}`, number: `+120255501${twoDigits}`, channelId, part };
  });
}

/** Isabelle makes a conference in every channel, with its moderator; the others are put on the rosters beside her. */
export async function setUp(town: Town, people: readonly Person[]): Promise<void> {
  for (const { name, number, channelId } of people.filter(({ part }) => part === "moderates")) {
    const text = `add ${name} ${number} moderator`;
    const { ack, answers } = await town.sim.slack.command({ userId: MODERATOR, channelId, text });
    const said = ack.status === 200 ? (await answers()).map((answer) => answer.text).join("\n") : "";
    if (!said.includes(name)) throw new Error(`/conf ${text}: ${ack.status} ${said}`);
  }
  // Slack lets nobody type so many commands in so short a time.
  const db = await openDatabase({ kind: "postgres", url: town.databaseUrl });
  try {
    const others = people.filter(({ part }) => part !== "moderates");
    await db.write(async (tx) => {
      for (const person of others) await putOnRoster(tx, person);
    });
  } finally {
    await db.close();
  }
}

async function putOnRoster(tx: Tx, { name, number, channelId }: Person): Promise<void> {
  const { teamId } = ACCOUNTS.slack;
  const conference = await findConferenceOfChannel(tx, teamId, channelId);
  const caller = readCallerId(number);
  if (conference === null || caller.kind !== "number") throw new Error(`${name} cannot be added`);
  const ids = { id: newId(), conferenceId: conference.id, slackUserId: null };
  await insertParticipant(tx, teamId, { ...ids, name, role: "participant", phoneNumber: caller.number }, Date.now());
}
