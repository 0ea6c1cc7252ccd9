import type { Channel } from "./cast.ts";
import type { Play } from "./play.ts";
import { violated } from "./violation.ts";

/** Compares the live roster that `/conf who` shows with who really is in the rooms. @returns how many are in */
export async function checkAttendance(play: Play): Promise<number> {
  const rooms = peopleInRooms(play);
  const shown: string[] = [];
  for (const channel of play.cast.channels) shown.push(await showOf(play, channel));
  const isSame = (one: string[], other: string[]) =>
    JSON.stringify(one.toSorted()) === JSON.stringify(other.toSorted());
  const claimed = shown.filter((people) => people !== "");
  if (!isSame(claimed, rooms)) {
    throw violated("I4", `/conf who shows [${claimed.join("] and [")}], in the rooms are [${rooms.join("] and [")}]`);
  }
  return rooms.join().split(",").filter(Boolean).length;
}

/** Whom the live roster of a channel shows in the room, or about to be. */
export async function showOf({ house }: Play, { id }: Channel): Promise<string> {
  const answer = await house.conf(id, "who");
  if (answer === null) throw violated("I4", `/conf who was not answered in ${id}`);
  return inRoom(answer);
}

/** Who is in each room that is not empty, everybody once, by the network's own truth. */
function peopleInRooms({ house, calls }: Play): string[] {
  const own = new Map(calls.map((one) => [one.call.callSid, one]));
  return house.sim.twilio
    .conferences()
    .filter(
      ({ status, participants }) => status !== "completed" && participants.some(({ callSid }) => own.has(callSid)),
    )
    .map(({ participants }) => namesOf(participants.map(({ callSid }) => own.get(callSid)?.claimed?.name ?? callSid)));
}

function namesOf(people: readonly string[]): string {
  return [...new Set(people)].toSorted().join(",");
}

const ELSEWHERE = /^Verifying/;

/** The people of an answer who are said to be in the room, or about to be. */
function inRoom(answer: string): string {
  const names: string[] = [];
  let isThere = false;
  for (const line of answer.split("\n")) {
    if (/^(On the call|Joining|Waiting|Verifying) \(\d+\)/.test(line)) isThere = !ELSEWHERE.test(line);
    const [, name] = /^• ([^·]+?) · /.exec(line) ?? [];
    if (isThere && name !== undefined && !line.includes("in the keypad menu")) names.push(name);
  }
  return namesOf(names);
}
