import fc from "fast-check";
import type { CardContent, FailedCall } from "../../src/conference/message-content.ts";
import type { PhoneNumber } from "../../src/conference/phone-number.ts";
import { WHY_CALLS_FAIL } from "../../src/slack/views/failure-words.ts";
import { names } from "./markup.ts";

const NOON = Date.UTC(2026, 10, 23, 12, 0, 0);
const DIAL_IN = "+12025550190" as PhoneNumber; // as the schema of the environment makes it
export const instants = fc.integer({ min: NOON - 86_400_000, max: NOON + 86_400_000 });
export const verdicts = fc.constantFrom(null, "TN-Validation-Passed-A", "TN-Validation-Failed-C", "No-TN-Validation");
export const people = fc.record({ name: names, slackUserId: fc.constantFrom(null, "U0MABEL") });
export const roles = fc.constantFrom("moderator", "participant" as const);
export const ids = fc.uuid();

/** Up to as many as a room holds, seldom: most have a few. */
export function some<T>(one: fc.Arbitrary<T>, most: number): fc.Arbitrary<T[]> {
  return fc
    .tuple(
      fc.array(one, { minLength: 1, maxLength: 4 }),
      fc.oneof({ weight: 12, arbitrary: fc.nat(4) }, { weight: 1, arbitrary: fc.nat(most) }),
    )
    .map(([few, count]) => Array.from({ length: count }, (_, index) => few[index % few.length] as T));
}

export const onLine = fc.record({
  ...{ name: names, slackUserId: fc.constantFrom(null, "U0MABEL"), role: roles, sinceAt: instants, verdict: verdicts },
  state: fc.constantFrom("verifying", "joining", "waiting", "on-call", "muted", "on-hold", "in-menu", "left" as const),
});
const dialOuts = fc.constantFrom(
  "joined",
  "busy",
  "voicemail",
  "no-answer",
  "failed",
  "declined",
  "not-needed" as const,
);
const scheduled = fc.record({
  ...{ title: names, startsAt: instants, endsAt: instants, isUnderWay: fc.boolean(), saidNo: some(people, 120) },
  ...{ calledOff: fc.constantFrom(null, "cancelled", "put-off" as const), calls: some(dialOuts, 250) },
});
const failures = fc.constantFrom(...(Object.keys(WHY_CALLS_FAIL) as (keyof typeof WHY_CALLS_FAIL)[]));
const ended = fc.record({
  ...{ at: instants, reason: fc.constantFrom("everyone-left", "no-moderator", "nobody-came" as const) },
  wereThere: some(fc.record({ name: names, slackUserId: fc.constant(null), role: roles, presentMs: fc.nat(1e7) }), 250),
  failures: some(fc.record({ name: names, failure: failures, wrongCodes: fc.nat(3) }), 100),
});
export const cards: fc.Arbitrary<CardContent> = fc.record({
  kind: fc.constant("card" as const),
  ...{ title: names, openedAt: instants, startedAt: fc.option(instants), graceUntil: fc.option(instants) },
  ...{ waitsForModerator: fc.boolean(), onLine: some(onLine, 250), missing: some(people, 250) },
  ...{ scheduled: fc.option(scheduled), ended: fc.option(ended) },
});
export const threads = fc.record({
  kind: fc.constant("thread" as const),
  ...{ joined: some(people, 250), left: some(people, 250), takenOff: some(people, 20), started: fc.boolean() },
  removable: some(names, 250).map((all) => all.map((name, index) => ({ name, participantId: `person-${index}` }))),
  ...{ intruders: fc.nat(9), graceSeconds: fc.option(fc.nat(600)) },
});
const failedCalls: fc.Arbitrary<FailedCall> = fc.record({
  ...{
    callSid: fc.constant(`CA${"0".repeat(32)}`),
    claimed: people,
    participantId: ids,
    maskedNumber: fc.constant("•••• 21"),
  },
  ...{ wrongCodes: fc.nat(3), failure: fc.option(failures), wasAdmitted: fc.boolean(), startedAt: instants },
  ...{ lastFailureAt: instants, verdict: verdicts, lockedUntil: fc.option(instants), isLocked: fc.boolean() },
});
export const alerts = fc.record({
  kind: fc.constant("alert" as const),
  ...{ calls: some(failedCalls, 40).filter((calls) => calls.length > 0), isOneNumberTwice: fc.boolean() },
});
const said = fc.record({ yes: some(people, 250), maybe: some(people, 250), no: some(people, 250) });
export const time = fc.record({
  startsAt: instants,
  endsAt: instants,
  startsLocal: fc.constant("2026-11-24T09:30"),
  zone: fc.constantFrom("UTC", "America/Argentina/ComodRivadavia"),
});
const recipient = fc.option(
  fc.record({ answer: fc.constantFrom(null, "yes", "no" as const), isInvited: fc.boolean(), hasNumber: fc.boolean() }),
);
/** What all messages about a scheduled call have. */
export const about = {
  seriesId: ids,
  title: names,
  channelId: fc.constant("C0OPS"),
  dialIn: fc.constant(DIAL_IN),
  recipient,
};
const repetition = {
  ...{ zone: fc.constant("Europe/Paris"), rule: fc.constantFrom(null, "FREQ=WEEKLY;BYDAY=TU", "FREQ=DAILY") },
  ...{ startsLocal: fc.constant("2026-11-24T09:30"), untilDay: fc.constantFrom(null, "2027-03-31") },
};
const states = fc.constantFrom("open", "cancelled", "over" as const);
export const invitations = fc.record({
  ...{ ...about, kind: fc.constant("invitation" as const), state: states, next: fc.option(time), said },
  plan: fc.record({
    ...repetition,
    number: fc.nat(99),
    notes: fc.oneof(
      names,
      names.map((one) => one.repeat(20).slice(0, 2000)),
    ),
    minutes: fc.nat(240),
    callsEveryone: fc.boolean(),
  }),
  invited: fc.option(fc.nat(250)),
});
export const reminders = fc.record({
  ...{ ...about, kind: fc.constant("reminder" as const), state: states, time: fc.option(time), said },
  startsInMs: fc.integer({ min: -1e7, max: 1e7 }),
});

export const plan = fc.record({
  ...repetition,
  ...{ title: names.filter((one) => one.trim() !== ""), notes: names, minutes: fc.integer({ min: 1, max: 240 }) },
  ...{
    inviteeIds: fc.constant(null),
    channelReminderMinutes: fc.constant(10),
    personalReminderMinutes: fc.constant(5),
  },
  callsEveryone: fc.boolean(),
});
