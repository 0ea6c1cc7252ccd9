import { type Random, seededRandom } from "../../src/simulator/random.ts";
import { aCrowd, type Member, type Roster } from "../crowd.ts";

/** Who dials, when within the hour, and what they then do; times in milliseconds. */
export type PlannedCall = {
  number: string;
  part: CallPart;
  dialsAt: number;
  /** From one thing they do to the next. */
  pauseMs: number;
  /** When they hang up who have come in. */
  leavesAt: number;
};

/** What somebody does on the phone; those whom the line knows have the code in hand. */
export type CallPart =
  | "keys the code"
  | "keys a wrong code first"
  | "asks for the code again"
  | "leaves by star and comes back"
  | "keys wrong codes only"
  | "hangs up at the prompt"
  | "says nothing"
  | "is a stranger";

/** Something typed in a channel. */
export type PlannedCommand = { channelId: string; text: string; at: number };

export type PlannedHour = { calls: PlannedCall[]; commands: PlannedCommand[] };

const STRANGERS_AMONG = 40;
const SHARED_ONE_IN = 50;
const STRANGER_NUMBERS = 500;
const COMMANDS = ["who", "list", "who", "log", "settings", "who", "upcoming"];
/** Out of a hundred. */
const PARTS: readonly [CallPart, number][] = [
  ["keys a wrong code first", 5],
  ["asks for the code again", 2],
  ["leaves by star and comes back", 2],
  ["keys wrong codes only", 3],
  ["hangs up at the prompt", 3],
  ["says nothing", 1],
];

/** A roster, and whose calls this channel's sessions are made of. */
export type Hall = Roster & { callers: readonly Member[] };

/** Channels with as many people each, who call there; some of them are on the next roster, too, and have to choose. */
export function hallsOf(channels: number, people: number): Hall[] {
  const crowd = aCrowd(channels * people);
  const own = Array.from({ length: channels }, (_, n) => crowd.slice(n * people, (n + 1) * people));
  return own.map((members, n) => {
    const guests = channels > 1 ? (own.at(n - 1)?.slice(-Math.ceil(people / SHARED_ONE_IN)) ?? []) : [];
    const callers = members.map(
      (member, index): Member => ({ ...member, role: index === 0 ? "moderator" : "participant" }),
    );
    return { channelId: `C0SOAK${n}`, members: [...callers, ...guests], callers };
  });
}

export type WantedHour = {
  seed: number;
  hour: number;
  calls: number;
  /** Sessions in each channel, one after the other, and from the start of one to that of the next. */
  slots: number;
  slotMs: number;
};

/** The calls of one hour: with the same seed and number it is the same again. */
export function planHour({ seed, hour, calls: count, slots, slotMs }: WantedHour, halls: readonly Hall[]): PlannedHour {
  const random = seededRandom(seed * 1_000_003 + hour);
  const strangers = Math.floor(count / STRANGERS_AMONG);
  const calls = Array.from({ length: strangers }, () => aStranger(random, slots * slotMs));
  const commands: PlannedCommand[] = [];
  const known = count - strangers;
  const sessions = slots * halls.length;
  for (let n = 0; n < sessions; n += 1) {
    const hall = halls[n % halls.length];
    const slot = Math.floor(n / halls.length);
    const size = Math.floor(((n + 1) * known) / sessions) - Math.floor((n * known) / sessions);
    if (hall === undefined || size === 0) continue;
    const wanted = { nth: hour * slots + slot, startsAt: slot * slotMs + random.below(slotMs / 10), slotMs, size };
    calls.push(...planSession(random, hall, wanted));
    const text = COMMANDS[random.below(COMMANDS.length)] ?? "who";
    commands.push({ channelId: hall.channelId, text, at: slot * slotMs + random.below(slotMs) });
  }
  return {
    calls: calls.toSorted((one, other) => one.dialsAt - other.dialsAt),
    commands: commands.toSorted((one, other) => one.at - other.at),
  };
}

/** `nth` of all sessions of its channel, with so many calls. */
type WantedSession = { nth: number; startsAt: number; slotMs: number; size: number };

/** People come in its first third, and go in its third quarter; the moderator may be late, or leave before others. */
function planSession(random: Random, hall: Hall, { nth, startsAt, slotMs, size }: WantedSession): PlannedCall[] {
  const [moderator, ...others] = hall.callers;
  const isLong = random.below(5) > 0;
  return Array.from({ length: size }, (_, index) => {
    const isModerator = index === 0;
    const member = isModerator ? moderator : others[(nth * (size - 1) + index) % others.length];
    const staysMs = isModerator && isLong ? slotMs * 0.75 : slotMs * 0.5 + random.below(slotMs * 0.25);
    const pauseMs = 2000 + random.below(6000);
    const part = isModerator ? "keys the code" : aPart(random);
    const dialsAt = startsAt + random.below(slotMs / 3);
    return { number: member?.number ?? "", part, pauseMs, dialsAt, leavesAt: startsAt + staysMs };
  });
}

function aPart(random: Random): CallPart {
  let drawn = random.below(100);
  for (const [part, share] of PARTS) {
    if (drawn < share) return part;
    drawn -= share;
  }
  return "keys the code";
}

function aStranger(random: Random, withinMs: number): PlannedCall {
  const number = `+1303555${String(1000 + random.below(STRANGER_NUMBERS))}`;
  const dialsAt = random.below(withinMs);
  return { number, part: "is a stranger", pauseMs: 0, dialsAt, leavesAt: dialsAt };
}
