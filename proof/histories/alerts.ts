import type { Cast, Channel, Entry } from "./cast.ts";
import type { Play, Played } from "./play.ts";
import { violated } from "./violation.ts";

/** The rosters as they were after each action; the first before any. */
export type RosterLog = Map<Channel, readonly Entry[]>[];

const GOT_NOWHERE =
  /too many wrong codes|not right either|did not get a code|as many codes|cannot check codes|not on the list/;
/** Nobody is thanked, or told of any call, who has not proved who they are. */
const PROVED = /^Thank you|invited to more than one call|did not choose|There is no call now/;
const WRONG = /^(Sorry, )?that code is not right/i;

type Expected = { least: number; most: number };

/**
 * Compares what each channel was told of calls that failed with the calls: every one named once in each channel whose
 * roster holds its number, and no other. All calls are over by now, all faults too.
 */
export function checkAlerts(play: Play, log: RosterLog): number {
  let named = 0;
  for (const channel of play.cast.channels) {
    const told = tellOf(play, channel);
    for (const { name, number } of Object.values(play.cast.people)) {
      const expected = expectedOf(play, log, channel, number);
      const count = told.get(name) ?? 0;
      named += count;
      const where = `${count} calls of ${name} named in ${channel.id}`;
      if (count < expected.least) throw violated("I2", `${where}, and ${expected.least} failed`);
      if (count > expected.most) throw violated("I3", `${where}, and ${expected.most} failed`);
    }
  }
  return named;
}

/** How many calls that claimed a number a channel must hear of, at least and at most. */
function expectedOf(play: Play, log: RosterLog, channel: Channel, number: string): Expected {
  const expected = { least: 0, most: 0 };
  for (const one of play.calls.filter(({ callerId }) => callerId === number)) {
    // Who is added or removed while a call is on may or may not have been on the roster when it failed.
    const during = log.slice(one.since, one.until + 1);
    const held = during.filter((rosters) => rosters.get(channel)?.some((entry) => entry.number === number)).length;
    const fate = fateOf(play, one);
    if (fate === "must be told" && held === during.length) expected.least += 1;
    if (fate !== "must not be told" && held > 0) expected.most += 1;
  }
  return expected;
}

/** Whether a call failed to verify, by what its caller heard and what Verify said. */
function fateOf({ house }: Play, one: Played): "must be told" | "may be told" | "must not be told" {
  const { call, callerId, keyed, dials } = one;
  const heard = call.heard();
  const failedOnce = heard.some((sentence) => WRONG.test(sentence));
  if (dials > 0) return failedOnce ? "must be told" : "must not be told";
  // The fallback's apology is an answer too. Of what was answered never, nobody knows whether it reached the service.
  const wasAnswered = house.sim.twilio
    .sent()
    .some(({ params, outcome }) => params["CallSid"] === call.callSid && outcome.startsWith("2"));
  if (!wasAnswered) return "may be told";
  if (failedOnce || heard.some((sentence) => GOT_NOWHERE.test(sentence))) return "must be told";
  if (heard.some((sentence) => PROVED.test(sentence))) return "must not be told";
  // The answer to the right code may have been lost on its way to us, or on its way to the caller.
  const codes = house.sim.twilio.verify.verifications(callerId);
  const mayBeVerified = codes.some(
    ({ status, code }) => status === "approved" && keyed.replaceAll("#", "").includes(code),
  );
  return mayBeVerified ? "may be told" : "must be told";
}

/** How often a channel's messages name calls of each person: one message may name several. */
export function tellOf({ house, cast }: Play, { id }: Channel): Map<string, number> {
  const told = new Map<string, number>();
  for (const { text } of house.sim.slack.messages(id)) {
    for (const [name, count] of namedBy(cast, text)) told.set(name, (told.get(name) ?? 0) + count);
  }
  return told;
}

function namedBy({ people }: Cast, text: string): [string, number][] {
  const names = Object.values(people).map(({ name }) => name);
  const [, several, claimed] = /^(\d+) calls claimed (.+?)'s number/.exec(text) ?? [];
  if (claimed !== undefined) return [[claimed, Number(several)]];
  const [, only] =
    /^A call(?:er)? from (.+?)'s number/.exec(text) ?? /^(\D+?) \(•••• \d\d\) proved who they are/.exec(text) ?? [];
  if (only !== undefined) return [[only, 1]];
  if (!/^\d+ (calls failed to verify|callers? got in after all)|^1 call failed to verify/.test(text)) return [];
  return names.map((name) => [name, text.split(`${name} (••••`).length - 1]);
}
