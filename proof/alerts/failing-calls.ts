import { type Random, seededRandom } from "../../src/simulator/random.ts";
import type { Call } from "../../src/simulator/twilio/call.ts";
import type { World } from "../../test/support/world.ts";
import { aCrowd, type Member, type Roster } from "../crowd.ts";

/** A call that fails to verify: how, when, and which channels are to be told of it. */
export type FailingCall = {
  member: Member;
  channels: readonly string[];
  dialsAtMs: number;
  wrongCodes: 0 | 1 | 2 | 3;
  /** What the caller does when they have keyed so many wrong codes, if that did not end the call. */
  ends: "hangs up" | "says nothing";
};

/** What the phones know of a call. */
export type Failed = {
  call: Call | null;
  /** When the last wrong digit was keyed, or the caller hung up without any; null for silence. */
  failedAt: number | null;
};

const ASKED = "Please enter the 6-digit code";
const KEYS_EVERY_MS = 4000;

/** Calls `from` up to, not including, `to`, each from a number of its own; with the same seed each is the same again. */
export function planCalls(
  { seed, from, to }: { seed: number; from: number; to: number },
  { everyMs, channels }: { everyMs: number; channels: readonly string[] },
): FailingCall[] {
  const crowd = aCrowd(to - from + 1).slice(1);
  return crowd.map((member, index) => {
    const random = seededRandom(seed * 1_000_003 + from + index);
    const first = random.below(channels.length);
    const isOnTwo = channels.length > 1 && random.below(5) === 0;
    const second = (first + 1 + random.below(Math.max(1, channels.length - 1))) % channels.length;
    return {
      member,
      channels: (isOnTwo ? [first, second] : [first]).map((n) => channels[n] ?? ""),
      dialsAtMs: index * everyMs + random.below(everyMs),
      wrongCodes: wrongCodesOf(random),
      ends: random.below(10) === 0 ? "says nothing" : "hangs up",
    };
  });
}

function wrongCodesOf(random: Random): FailingCall["wrongCodes"] {
  const drawn = random.below(8);
  return drawn < 2 ? 0 : drawn < 5 ? 1 : drawn < 7 ? 2 : 3;
}

/** Whom each channel must know for these calls, with a moderator who never calls. */
export function rostersFor(calls: readonly FailingCall[], channels: readonly string[]): Roster[] {
  return channels.map((channelId) => ({
    channelId,
    members: [
      ...aCrowd(1, "Moderator"),
      ...calls.filter((call) => call.channels.includes(channelId)).map(({ member }) => member),
    ],
  }));
}

/** Has all of them happen when their time comes. @returns what the phones know, as it becomes known */
export function startCalls({ clock, sim }: World, calls: readonly FailingCall[]): Map<FailingCall, Failed> {
  const known = new Map<FailingCall, Failed>();
  for (const planned of calls) {
    const { member, dialsAtMs, wrongCodes, ends } = planned;
    const failed: Failed = { call: null, failedAt: null };
    known.set(planned, failed);
    const keyed = (count: number, call: Call): void => {
      if (count < wrongCodes) clock.after(KEYS_EVERY_MS, () => key(count, call));
      else if (ends === "hangs up") clock.after(KEYS_EVERY_MS, () => hangUp(call));
    };
    async function key(count: number, call: Call): Promise<void> {
      const right = Number(sim.twilio.verify.codeFor(member.number) ?? "0");
      failed.failedAt = clock.now();
      await call.press(String((right + 1) % 1_000_000).padStart(6, "0"));
      keyed(count + 1, call);
    }
    async function hangUp(call: Call): Promise<void> {
      if (wrongCodes === 0) failed.failedAt = clock.now();
      await call.hangUp();
    }
    clock.after(dialsAtMs, async () => {
      failed.call = await sim.twilio.phone(member.number).dial();
      keyed(0, failed.call);
    });
  }
  return known;
}

/** Whether the service is known to have taken a call: while it is dead, nobody can tell it. */
export function wasTaken({ call }: Failed): boolean {
  return call?.heard().some((sentence) => sentence.startsWith(ASKED)) === true;
}
