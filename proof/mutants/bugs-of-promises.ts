import type { PlantedBug } from "./planted-bug.ts";

/** Bugs that lose, double or disorder something: in the database, at Slack, at Twilio. */
export const bugsOfPromises: readonly PlantedBug[] = [
  {
    name: "a write is acknowledged before it is committed",
    breaks: "F12, F18",
    changes: [
      {
        file: "src/db/write-queue.ts",
        from: "commit.run();\n      for (const tell of outcomes) tell();",
        to: "for (const tell of outcomes) tell();\n      await new Promise((next) => setImmediate(next));\n      commit.run();",
      },
    ],
    caughtBy: { file: "test/db/write-queue.test.ts", test: "tells nobody before it is on the disk" },
  },
  {
    name: "a write on PostgreSQL is acknowledged before it is committed",
    breaks: "F12",
    changes: [
      { file: "src/db/postgres.ts", from: 'await client.query("commit");', to: 'void client.query("commit");' },
    ],
    caughtBy: {
      file: "test/db/broken-connections.test.ts",
      test: "are replaced, however many: none is lost to the pool",
    },
  },
  {
    name: "SQLite runs with synchronous=NORMAL",
    breaks: "F12",
    changes: [
      {
        file: "src/db/sqlite.ts",
        from: "writer.pragma(`synchronous = ${durability}`);",
        to: 'writer.pragma("synchronous = NORMAL");',
      },
    ],
    caughtBy: { file: "test/db/sqlite.test.ts", test: "is written with" },
  },
  {
    name: "a write that fails is not undone alone",
    breaks: "I11",
    changes: [{ file: "src/db/write-queue.ts", from: "undo.run();\n      release.run();", to: "release.run();" }],
    caughtBy: { file: "test/db/write-queue.test.ts", test: "undoes one that fails, and none beside it" },
  },
  {
    name: "a second process may use the SQLite file",
    breaks: "F20",
    changes: [{ file: "src/db/sqlite.ts", from: '    lock.exec("BEGIN EXCLUSIVE");\n', to: "" }],
    caughtBy: { file: "test/db/sqlite.test.ts", test: "is refused to a second opening" },
  },
  {
    name: "a callback is acknowledged before it is noted",
    breaks: "F12",
    changes: [
      {
        file: "src/twilio/webhooks.ts",
        from: "await deps.clock.track(deps.recordRoomEvent(sessionName, event));",
        to: "void deps.clock.track(deps.recordRoomEvent(sessionName, event)).catch(() => undefined);",
      },
    ],
    caughtBy: { file: "test/twilio/webhooks.test.ts", test: "asks Twilio to send a callback again" },
  },
  {
    name: "a callback has no key of its own",
    breaks: "T3, I8",
    changes: [
      {
        file: "migrations/sqlite/0000_line_roster_calls_and_outbox.sql",
        from: "CREATE UNIQUE INDEX `room_events_natural_key`",
        to: "CREATE INDEX `room_events_natural_key`",
      },
    ],
    caughtBy: { file: "test/db/room-events.test.ts", test: "is noted once, however often it is told" },
  },
  {
    name: "callbacks count in the order in which they come",
    breaks: "I8, F9",
    changes: [
      {
        file: "src/conference/attendance.ts",
        from: "room.toSorted((a, b) => (a.sequenceNumber ?? 0) - (b.sequenceNumber ?? 0))",
        to: "[...room]",
      },
    ],
    caughtBy: {
      file: "test/conference/attendance.test.ts",
      test: "goes by the numbers when the instants are all of one second",
    },
  },
  {
    name: "an alert is raised in a transaction of its own",
    breaks: "I2, I11",
    changes: [
      {
        file: "src/operations/check-code.ts",
        from: "await raiseAlert(tx, line, failing, counted, now);",
        to: "setImmediate(() => void line.db.write((later) => raiseAlert(later, line, failing, counted, now)));",
      },
    ],
    caughtBy: {
      file: "test/operations/counting.test.ts",
      test: "are told though the process dies as soon as one is counted",
    },
  },
  {
    name: "a wrong code leaves no row in the log",
    breaks: "I11",
    changes: [
      {
        file: "src/operations/check-code.ts",
        from: '  await recordForAll(tx, leg, counted, "code-wrong", now);\n',
        to: "",
      },
    ],
    caughtBy: { file: "test/operations/audit.test.ts", test: "has a wrong code" },
  },
  {
    name: "lanes are claimed without the predicate repeated",
    breaks: "F24",
    changes: [
      {
        file: "src/db/lanes.ts",
        from: ".where(and(isFree, inArray(t.lanes.lane, free)))",
        to: ".where(inArray(t.lanes.lane, free))",
      },
    ],
    caughtBy: { file: "test/db/claims.test.ts", test: "is claimed by one of many rivals, and none is left out" },
  },
  {
    name: "jobs are claimed without the predicate repeated",
    breaks: "F24",
    changes: [
      {
        file: "src/db/jobs.ts",
        from: ".where(and(due, inArray(jobs.key, oldest)))",
        to: ".where(inArray(jobs.key, oldest))",
      },
    ],
    caughtBy: { file: "test/db/claims.test.ts", test: "is claimed by one of many rivals, and none is left out" },
  },
  {
    name: "a session is read and not held",
    breaks: "F24",
    changes: [
      {
        file: "src/db/sessions.ts",
        from: "await sessionHold(tx).execute({ sessionId });",
        to: "await sessionById(tx).execute({ sessionId });",
      },
    ],
    caughtBy: { file: "test/operations/held-sessions.test.ts", test: "ends it when the last two leave at once" },
  },
  {
    name: "a call is read and not held",
    breaks: "F24",
    changes: [
      {
        file: "src/db/call-legs.ts",
        from: "await legHold(tx).execute({ callSid });",
        to: "await legBySid(tx).execute({ callSid });",
      },
    ],
    caughtBy: {
      file: "test/operations/held-calls.test.ts",
      test: "waits its turn behind the code that is being judged",
    },
  },
  {
    name: "two calls that fail at once do not look for each other",
    breaks: "I3, T9",
    changes: [
      {
        file: "src/operations/raise-alert.ts",
        from: "if (leg.phoneNumber !== null) await takeNumber(tx, leg.teamId, leg.phoneNumber);",
        to: "",
      },
    ],
    caughtBy: {
      file: "test/operations/held-numbers.test.ts",
      test: "two calls that hang up are told of in one message",
    },
  },
  {
    name: "an effect is settled though another worker has the lane by now",
    breaks: "F24, I3",
    changes: [
      {
        file: "src/outbox/keep-promise.ts",
        from: "if (!(await giveBack(pausedUntil))) {\n        // It is not ours",
        to: "if (!(await giveBack(pausedUntil)) && isDueAgain) {\n        // It is not ours",
      },
    ],
    caughtBy: { file: "test/outbox/leases.test.ts", test: "is not undone by a zombie" },
  },
  {
    name: "an effect whose delivery breaks is given up",
    breaks: "I2",
    changes: [
      {
        file: "src/outbox/keep-promise.ts",
        from: '{ kind: "later", reason: "unexpected", at: null, holdsLane: false }',
        to: '{ kind: "never", reason: "unexpected" }',
      },
    ],
    caughtBy: { file: "test/outbox/worker.test.ts", test: "tries again what broke unexpectedly" },
  },
  {
    name: "Slack's own client tries again",
    breaks: "F4",
    changes: [
      {
        file: "src/slack/client.ts",
        from: "retryConfig: { retries: 0 },",
        to: "retryConfig: { retries: 2, minTimeout: 1, maxTimeout: 2 },",
      },
    ],
    caughtBy: {
      file: "test/journeys/slack-delivery.test.ts",
      test: "is one message in the end, whatever befalls its post",
    },
  },
  {
    name: "Retry-After is ignored",
    breaks: "F3",
    changes: [
      {
        file: "src/slack/slack-failure.ts",
        from: "retryAfterMs: limited.data.retryAfter * 1000",
        to: "retryAfterMs: 1000",
      },
    ],
    caughtBy: { file: "test/journeys/slack-delivery.test.ts", test: "holds one channel for so long, and no other" },
  },
  {
    name: "a post whose answer was lost is repeated without looking for it",
    breaks: "F4, I3",
    changes: [
      {
        file: "src/slack/deliver.ts",
        from: "return lookUp(deps, message);",
        to: 'return post(deps, { ...message, kind: "post", doubt: { id: message.messageId, since: 0 } });',
      },
    ],
    caughtBy: {
      file: "test/journeys/slack-delivery.test.ts",
      test: "is one message in the end, whatever befalls its post",
    },
  },
  {
    name: "a post whose answer was lost is looked for at once",
    breaks: "F4, I3",
    changes: [
      {
        file: "src/slack/deliver.ts",
        from: "leftMs: deps.postsInDoubt.leftMs(doubt) }",
        to: "leftMs: 0 }",
      },
      { file: "src/slack/deliver.ts", from: "Math.max(QUARANTINE_MS, afterMs) };", to: "afterMs };" },
    ],
    caughtBy: {
      file: "test/journeys/slack-delivery.test.ts",
      test: "is one message in the end, whatever befalls its post",
    },
  },
  {
    name: "the time for which a post or a call is in doubt is told by the clock",
    breaks: "F22, I3",
    changes: [
      {
        file: "src/operations/doubt-watch.ts",
        from: "return isOver ? 0 :",
        to: "return clock.now() >= endsAt ? 0 :",
      },
    ],
    caughtBy: { file: "test/journeys/slack-clocks.test.ts", test: "is one message, though" },
  },
  {
    name: "a look-up settles all that is in doubt in its channel, however young",
    breaks: "F22, I3",
    changes: [
      {
        file: "src/slack/deliver.ts",
        from: "waits.filter(({ leftMs }) => leftMs === 0).map(({ doubt }) => doubt);",
        to: "waits.map(({ doubt }) => doubt);",
      },
    ],
    caughtBy: { file: "test/journeys/slack-clocks.test.ts", test: "is not settled by looking for an older one" },
  },
  {
    name: "the grace time ends without a second look",
    breaks: "I4",
    changes: [
      { file: "src/operations/end-grace.ts", from: "    await reconsiderSession(tx, line, sessionId, now);\n", to: "" },
    ],
    caughtBy: {
      file: "test/operations/held-sessions.test.ts",
      test: "goes on when its grace is over while the moderator is let in",
    },
  },
  {
    name: "the keys of Slack's messages are never posted",
    breaks: "F4",
    changes: [
      {
        file: "src/slack/deliver.ts",
        from: "event_payload: { id: message.messageId } },\n",
        to: "event_payload: {} },\n",
      },
    ],
    caughtBy: {
      file: "test/journeys/slack-delivery.test.ts",
      test: "is one message in the end, whatever befalls its post",
    },
  },
];
