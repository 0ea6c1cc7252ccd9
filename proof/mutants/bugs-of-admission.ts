import type { PlantedBug } from "./planted-bug.ts";

/** Bugs that let somebody in who should not be, or let codes be guessed. */
export const bugsOfAdmission: readonly PlantedBug[] = [
  {
    name: "numbers match by their ends",
    breaks: "T7",
    changes: [
      {
        file: "src/db/lockouts.ts",
        from: 'eq(t.participants.phoneNumber, sql.placeholder("number")),',
        to: "sql`${sql.placeholder(\"number\")} like '%' || substr(${t.participants.phoneNumber}, 2)`,",
      },
    ],
    caughtBy: { file: "test/journeys/phone-strangers.test.ts", test: "is nobody, though Mabel is on the roster" },
  },
  {
    name: "a caller ID is trimmed and repaired",
    breaks: "T7",
    changes: [
      {
        file: "src/conference/phone-number.ts",
        from: "const parsed = asE164(from);",
        to: 'const parsed = asE164(`+${from.replaceAll(/\\D/g, "")}`);',
      },
    ],
    caughtBy: { file: "test/conference/phone-number.test.ts", test: "is not Mabel" },
  },
  {
    name: "an approval belongs to the number, not to the call",
    breaks: "I1, T9",
    changes: [
      {
        file: "src/operations/check-code.ts",
        from: "  const { pending } = state;\n  if (pending === null) return done({",
        to: `  const { pending } = state;
  if (pending === null && state.approvedSid !== null) {
    return done({ answer: await succeed(tx, line, guess, { leg, memberships, state }, now) });
  }
  if (pending === null) return done({`,
      },
    ],
    caughtBy: {
      file: "test/journeys/phone-two-calls.test.ts",
      test: "keyed at the same instant, the code admits one of them",
    },
  },
  {
    name: "a code that was used is asked for again",
    breaks: "T9",
    changes: [
      {
        file: "src/operations/check-code.ts",
        from: "    pending: null,\n    approvedSid: pending?.verificationSid ?? null,",
        to: "    approvedSid: pending?.verificationSid ?? null,",
      },
    ],
    caughtBy: {
      file: "test/operations/two-calls.test.ts",
      test: "it lets in the first, the other hears that it was used",
    },
  },
  {
    name: "an error of Verify counts as approved",
    breaks: "I5, F7",
    changes: [
      {
        file: "src/twilio/verify.ts",
        from: 'not about the caller\'s guess.\n  return "unavailable";',
        to: 'not about the caller\'s guess.\n  return "approved";',
      },
    ],
    caughtBy: { file: "test/twilio/verify.test.ts", test: "in answer to a check for" },
  },
  {
    name: "a verification that is gone counts as approved",
    breaks: "I5, F8",
    changes: [
      {
        file: "src/twilio/verify.ts",
        from: 'failure.code === 60202)) return "gone";',
        to: 'failure.code === 60202)) return "approved";',
      },
    ],
    caughtBy: { file: "test/twilio/verify.test.ts", test: "in answer to a check for" },
  },
  {
    name: "any state of a verification but pending counts as approved",
    breaks: "I5",
    changes: [
      {
        file: "src/twilio/verify.ts",
        from: 'if (status === "approved" && valid) return "approved";',
        to: 'if (status !== "pending") return "approved";',
      },
    ],
    caughtBy: { file: "test/twilio/verify.test.ts", test: "takes a check's status" },
  },
  {
    name: "a code never runs out by our clock",
    breaks: "I1, F22",
    changes: [
      {
        file: "src/conference/verification.ts",
        from: "return now >= pending.startedAt + CODE_LIFETIME_MS || now",
        to: "return now",
      },
    ],
    caughtBy: { file: "test/conference/verification.test.ts", test: "ms after its text is expired" },
  },
  {
    name: "a lock that ends forgives the failures",
    breaks: "I6, T10",
    changes: [
      {
        file: "src/conference/verification.ts",
        from: "const failures = lockout.failures + 1;",
        to: "const failures = (lockout.lockedUntil !== null && now >= lockout.lockedUntil ? 0 : lockout.failures) + 1;",
      },
    ],
    caughtBy: {
      file: "test/journeys/phone-locks.test.ts",
      test: "lock the number for an hour; then one more guess locks it for two",
    },
  },
  {
    name: "failures are counted in memory",
    breaks: "I6",
    changes: [
      {
        file: "src/operations/check-code.ts",
        from: "lockout: addFailure(membership.lockout, now) }));",
        to: `lockout: addFailure({ ...membership.lockout, failures: count(membership.conference.id) }, now) }));
  function count(conferenceId: string): number {
    const counters = ((globalThis as { counters?: WeakMap<Line, Map<string, number>> }).counters ??= new WeakMap());
    const counted = counters.get(line) ?? new Map<string, number>();
    counters.set(line, counted);
    const before = counted.get(conferenceId + number) ?? 0;
    counted.set(conferenceId + number, before + 1);
    return before;
  }`,
      },
    ],
    caughtBy: {
      file: "test/journeys/phone-locks.test.ts",
      test: "are not forgiven by a restart, a new code or a new call, only by success",
    },
  },
  {
    name: "a failure is counted on the first roster only",
    breaks: "I6, T10",
    changes: [
      {
        file: "src/operations/check-code.ts",
        from: "for (const { conference, lockout } of counted) {",
        to: "for (const { conference, lockout } of counted.slice(0, 1)) {",
      },
    ],
    caughtBy: { file: "test/operations/counting.test.ts", test: "count in every conference that holds the number" },
  },
  {
    name: "a guess is not counted before Verify is asked",
    breaks: "T10, F8",
    changes: [
      { file: "src/operations/check-code.ts", from: "checks: pending.checks + 1 }", to: "checks: pending.checks }" },
    ],
    caughtBy: { file: "test/operations/counting.test.ts", test: "reach the provider no more often than is allowed" },
  },
  {
    name: "a locked number may enter",
    breaks: "I1",
    changes: [
      {
        file: "src/conference/admission.ts",
        from: "return memberships.filter(({ lockout }) => !isLocked(lockout, now));",
        to: "return [...memberships];",
      },
    ],
    caughtBy: { file: "test/conference/admission.test.ts", test: "a new caller" },
  },
  {
    name: "the roster is not looked at again when a caller is let in",
    breaks: "I1, T17",
    changes: [
      {
        file: "src/operations/admit-caller.ts",
        from: "if (participant === null || participant.phoneNumber !== leg.phoneNumber) {",
        to: "if (participant === null) {",
      },
    ],
    caughtBy: {
      file: "test/operations/held-rosters.test.ts",
      test: "lets nobody in from a number that is just being replaced",
    },
  },
  {
    name: "who was taken off the roster comes back from the keypad menu",
    breaks: "T17",
    changes: [
      {
        file: "src/operations/why-to-leave.ts",
        from: '  if ((await findParticipant(reader, participantId)) === null) return "removed";\n',
        to: "",
      },
    ],
    caughtBy: { file: "test/journeys/phone-menu.test.ts", test: "while in the menu does not get back in" },
  },
  {
    name: "who is taken off the roster stays on the call",
    breaks: "T17",
    changes: [
      {
        file: "src/operations/remove-from-roster.ts",
        from: "const wasOnCall = await takeOffCall(change, person);",
        to: "const wasOnCall = (await listOpenLegsOfPerson(tx, person.id)).length > 0;",
      },
    ],
    caughtBy: {
      file: "test/journeys/slack-roster.test.ts",
      test: "takes people off by mention, name or number, and off the call",
    },
  },
  {
    name: "a stranger in the room is left there",
    breaks: "T16",
    changes: [
      {
        file: "src/operations/reconcile-session.ts",
        from: "if (isWelcome) return;",
        to: "if (isWelcome || leg === null) return;",
      },
    ],
    caughtBy: { file: "test/operations/reconcile-session.test.ts", test: "puts out whoever was never admitted" },
  },
  {
    name: "texts to one number are not limited a day",
    breaks: "T12",
    changes: [
      { file: "src/conference/verification.ts", from: "const TEXTS_PER_DAY = 6;", to: "const TEXTS_PER_DAY = 600;" },
    ],
    caughtBy: { file: "test/operations/texts.test.ts", test: "goes three times an hour and six a day" },
  },
  {
    name: "a webhook that is repeated while the first is worked on is acted on, too",
    breaks: "T3, I8",
    changes: [
      { file: "src/operations/answer-step.ts", from: 'if (claim.kind === "under-way") return "await";\n', to: "\n" },
    ],
    caughtBy: {
      file: "test/operations/submit-digits.test.ts",
      test: "has a code checked once, though Twilio repeats it meanwhile",
    },
  },
];
