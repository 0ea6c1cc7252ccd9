import type { Keys } from "./actions.ts";
import { type Cast, type Person, personWith } from "./cast.ts";
import type { Play, Played } from "./play.ts";

/** Dials the line from somebody's phone, under any caller ID. */
export async function dial(play: Play, who: keyof Cast["people"], callerId: string): Promise<Played> {
  play.tally.set("calls", (play.tally.get("calls") ?? 0) + 1);
  const since = play.steps;
  const call = await play.cast.people[who].phone.dial({ from: callerId });
  const claimed = personWith(play.cast, callerId);
  const one: Played = { call, callerId, claimed, since, until: since + 1, looked: 0, dials: 0, keyed: "" };
  play.calls.push(one);
  return one;
}

export function isOpen({ call }: Played): boolean {
  return call.state() !== "ended";
}

/** Of the calls that are open, one; null when none is. */
export function openCall({ calls }: Play, index: number): Played | null {
  const open = calls.filter(isOpen);
  return open[index % Math.max(1, open.length)] ?? null;
}

export function digitsFor({ house }: Play, { call, callerId }: Played, keys: Keys): string {
  const isAtCode = /code|digits|star/i.test(call.heard().at(-1) ?? "");
  const codes = house.sim.twilio.verify.verifications(callerId).map(({ code }) => code);
  const pending = house.sim.twilio.verify.codeFor(callerId);
  switch (keys) {
    case "right":
      return isAtCode ? (pending ?? codes.at(-1) ?? "000000") : "1";
    case "wrong":
      return isAtCode ? wrongCode(pending ?? codes.at(-1)) : "9";
    case "old":
      return isAtCode ? (codes.at(-2) ?? codes.at(-1) ?? "000000") : "9";
    case "few":
      return "123#";
    case "star":
      return "*";
    case "hash":
      return "#".repeat(6);
    case "one":
      return "1";
    case "nothing":
      return "";
  }
}

function wrongCode(code = "0"): string {
  return String((Number(code) + 1) % 1_000_000).padStart(6, "0");
}

const MAX_GUESSES = 14;

/** Somebody with a forged caller ID who does not give up until they are turned away as locked, or no code comes. */
export async function guess(play: Play, { number }: Person): Promise<void> {
  for (let guesses = 0; guesses < MAX_GUESSES; ) {
    const one = await dial(play, "attacker", number);
    if (!isOpen(one)) return;
    for (; isOpen(one) && one.call.state() === "gathering" && guesses < MAX_GUESSES; guesses += 1) {
      await one.call.press(wrongCode(play.house.sim.twilio.verify.codeFor(number) ?? undefined));
    }
    await one.call.hangUp();
    if (one.call.heard().some((sentence) => /too many wrong codes/.test(sentence))) return;
  }
}
