import { setTimeout as pause } from "node:timers/promises";
import { readCallerId } from "../../src/conference/phone-number.ts";
import type { Database } from "../../src/db/database.ts";
import { openDatabase } from "../../src/db/open.ts";
import { findConferenceOfChannel, listRoster } from "../../src/db/roster.ts";
import { findOpenSession } from "../../src/db/sessions.ts";
import { callPeople } from "../../src/operations/call-people.ts";
import type { Line } from "../../src/operations/line.ts";
import type { Random } from "../../src/simulator/random.ts";
import type { Call } from "../../src/simulator/twilio/call.ts";
import { ACCOUNTS, LINE_NUMBER } from "../../test/support/world.ts";
import type { Person } from "./people.ts";
import { CHANNELS, MODERATOR, newId, type Town } from "./town.ts";

/** One call that somebody made, and what they keyed. */
export type MadeCall = { person: Person; call: Call; at: number; keyedRight: boolean };

export type Deeds = { calls: MadeCall[]; hungUp: Set<string>; commands: { at: number; status: number | null }[] };

const TRIES_TO_COME = 12;
const CALLS_AGAIN_AFTER_MS = 1500;
const COMMAND_EVERY_MS = 1000;
const KEYS_A_CALL = 4;

/** Everybody does their part, spread over `forMs`; resolves when all have. */
export async function carryOn(town: Town, people: readonly Person[], random: Random, forMs: number): Promise<Deeds> {
  const deeds: Deeds = { calls: [], hungUp: new Set(), commands: [] };
  const until = Date.now() + forMs;
  const work = people.map(async (person) => {
    const [waitMs, isToLeave] = [random.below(forMs), random.next() < 0.3];
    if (person.part === "moderates" || person.part === "comes-late") return;
    if (person.part === "is-called") return answerPhone(town, person, until);
    await pause(waitMs);
    await (person.part === "comes" ? come(town, person, deeds, isToLeave) : fail(town, person, deeds));
  });
  await Promise.all([...work, typeCommands(town, random, deeds, until)]);
  return deeds;
}

/** Dials until they are in, as people do. */
export async function come(town: Town, person: Person, deeds: Deeds, isToLeave = false): Promise<boolean> {
  for (let tries = 0; tries < TRIES_TO_COME; tries += 1) {
    const made = await dial(town, person, deeds);
    for (let keyed = 0; keyed < KEYS_A_CALL && made.call.state() === "gathering"; keyed += 1) {
      const code = town.sim.twilio.verify.codeFor(person.number);
      if (code === null) break;
      made.keyedRight = true;
      await made.call.press(code);
    }
    if (isIn(made.call)) {
      if (isToLeave) {
        deeds.hungUp.add(made.call.callSid);
        await made.call.hangUp();
      }
      return true;
    }
    await made.call.hangUp();
    await pause(CALLS_AGAIN_AFTER_MS);
  }
  return false;
}

/** Keys wrong codes for as long as they are asked, on one call. */
async function fail(town: Town, person: Person, deeds: Deeds): Promise<void> {
  const { call } = await dial(town, person, deeds);
  for (let keyed = 0; keyed < KEYS_A_CALL && call.state() === "gathering"; keyed += 1) {
    const code = Number(town.sim.twilio.verify.codeFor(person.number) ?? "0");
    await call.press(String((code + 1) % 1_000_000).padStart(6, "0"));
  }
  await call.hangUp();
}

async function dial({ sim }: Town, person: Person, deeds: Deeds): Promise<MadeCall> {
  const at = Date.now();
  const call = await sim.twilio.phone(person.number).dial();
  const made = { person, call, at, keyedRight: false };
  deeds.calls.push(made);
  return made;
}

/** Presses 1 when a call has come. */
async function answerPhone({ sim }: Town, { number }: Person, until: number): Promise<void> {
  const phone = sim.twilio.phone(number);
  phone.when("answer");
  const pressed = new Set<string>();
  while (Date.now() < until) {
    const call = phone.calls().at(-1);
    if (call?.state() === "gathering" && !pressed.has(call.callSid)) {
      pressed.add(call.callSid);
      await call.press("1");
    }
    await pause(100);
  }
}

async function typeCommands({ sim }: Town, random: Random, deeds: Deeds, until: number): Promise<void> {
  while (Date.now() < until) {
    const channelId = CHANNELS[random.below(CHANNELS.length)] ?? CHANNELS[0];
    const at = Date.now();
    const { ack } = await sim.slack.command({ userId: MODERATOR, channelId, text: "who" });
    deeds.commands.push({ at, status: ack.status });
    await pause(COMMAND_EVERY_MS);
  }
}

export function isIn(call: Call): boolean {
  return call.state() === "in-conference" || call.state() === "waiting-in-conference";
}

/** Has the line call those who are to be called, as a scheduled call does when it starts. */
export async function callOut({ databaseUrl }: Town): Promise<void> {
  const db = await openDatabase({ kind: "postgres", url: databaseUrl });
  const line = aLine(db);
  try {
    for (const channelId of CHANNELS) {
      await db.write(async (tx) => {
        const conference = await findConferenceOfChannel(tx, line.teamId, channelId);
        const session = conference === null ? null : await findOpenSession(tx, conference.id);
        if (conference === null || session === null) throw new Error(`nobody is on in ${channelId}`);
        const people = (await listRoster(tx, conference.id)).filter(({ name }) => name.startsWith("Called"));
        const ids = people.map(({ id }) => id);
        await callPeople(tx, line, session, ids, Date.now());
      });
    }
  } finally {
    await db.close();
  }
}

/** A line as far as rows are written with it: what they promise, the nodes keep. */
function aLine(db: Database): Line {
  const caller = readCallerId(LINE_NUMBER);
  if (caller.kind !== "number") throw new Error("the line's number is none");
  const away = () => {
    throw new Error("only rows are written here");
  };
  return {
    db,
    clock: { now: Date.now, after: away, track: away },
    teamId: ACCOUNTS.slack.teamId,
    phoneNumber: caller.number,
    newId,
    pause: away,
    verifier: { withBudget: away },
    phoneNetwork: { findCall: away, listRooms: away },
    dialler: { call: away, listCallsTo: away, findProgress: away },
    postsInDoubt: { begin: away, leftMs: away, stop: away },
    callsInDoubt: { begin: away, leftMs: away, stop: away },
  };
}
