import { readCallerId } from "../../src/conference/phone-number.ts";
import type { Role } from "../../src/conference/roster.ts";
import { insertConference, insertParticipant } from "../../src/db/roster.ts";
import type { Phone } from "../../src/simulator/twilio/phone.ts";
import { ACCOUNTS } from "../../test/support/world.ts";
import { type CallerId, PEOPLE, type Who } from "./actions.ts";
import { ADMIN, type House } from "./house.ts";

export type Person = { who: Who; name: string; number: string; phone: Phone };
export type Entry = { name: string; number: string; role: Role };

/** A channel of a history: its roster and settings as the commands that were answered have left them. */
export type Channel = { id: string; conferenceId: string; roster: Entry[]; entry: "anytime" | "scheduled" };

/** Two channels and five people that no other history in the house has. */
export type Cast = { channels: readonly [Channel, Channel]; people: Record<Who, Person> };

const NUMBERS_FROM = 4_155_552_000;
const NUMBERS_THERE_ARE = 7999;

/** @param place numbers the histories of a house */
export async function castFor(house: House, place: number): Promise<Cast> {
  const people = {} as Record<Who, Person>;
  for (const [index, who] of PEOPLE.entries()) {
    const number = `+1${NUMBERS_FROM + ((place * PEOPLE.length + index) % NUMBERS_THERE_ARE)}`;
    people[who] = { who, name: `${nameOf(who)} ${letters(place)}`, number, phone: house.sim.twilio.phone(number) };
  }
  const entry = (who: Who, role: Role): Entry => ({ name: people[who].name, number: people[who].number, role });
  const channels = [
    channel(place, "A", [
      entry("moderator", "moderator"),
      entry("member", "participant"),
      entry("both", "participant"),
    ]),
    channel(place, "B", [entry("both", "participant")]),
  ] as const;
  await seed(house, channels);
  return { channels, people };
}

function nameOf(who: Who): string {
  return { moderator: "Mo", member: "Mem", both: "Bo", newcomer: "New", attacker: "Eve" }[who];
}

/** A name without digits, which `/conf add` would take for a number. */
function letters(place: number): string {
  return [...String(place)].map((digit) => "abcdefghij"[Number(digit)]).join("");
}

function channel(place: number, mark: string, roster: Entry[]): Channel {
  const id = `C0${mark}${place}`;
  return { id, conferenceId: `conference-${id}`, roster, entry: "anytime" };
}

async function seed({ db, sim, clock }: House, channels: readonly Channel[]): Promise<void> {
  const { teamId } = ACCOUNTS.slack;
  for (const { id } of channels) {
    sim.slack.addChannel({ id, name: id.toLowerCase(), members: [ADMIN], appIsIn: true });
  }
  await db().write(async (tx) => {
    for (const { id, conferenceId, roster } of channels) {
      const settings = { title: id.toLowerCase(), graceSeconds: 61, entry: "anytime", earlyMinutes: 15 } as const;
      await insertConference(tx, { id: conferenceId, teamId, channelId: id, ...settings }, clock.now());
      for (const { name, number, role } of roster) {
        const caller = readCallerId(number);
        if (caller.kind !== "number") throw new Error(`${number} is no number`);
        const person = { id: `${conferenceId}/${name}`, conferenceId, name, slackUserId: null, role };
        await insertParticipant(tx, teamId, { ...person, phoneNumber: caller.number }, clock.now());
      }
    }
  });
}

/** What the network shows for a call of somebody's, perhaps in the guise of somebody else. */
export function callerIdOf({ people }: Cast, who: Who, as: CallerId, whose: Who): string {
  const { number } = people[whose];
  switch (as) {
    case "own":
      return people[who].number;
    case "forged":
      return number;
    case "withheld":
      return "anonymous";
    case "prefixed":
      return `+99${number.slice(1)}`.slice(0, 16);
    case "suffixed":
      return `${number}7`;
    case "bare":
      return number.slice(1);
    case "wide":
      return number.replaceAll(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)));
    case "sip":
      return `sip:${number}@example.org`;
  }
}

/** The person whose number a caller ID is, exactly. */
export function personWith({ people }: Cast, callerId: string): Person | null {
  return Object.values(people).find(({ number }) => number === callerId) ?? null;
}

export function holds({ roster }: Channel, number: string): boolean {
  return roster.some((entry) => entry.number === number);
}
