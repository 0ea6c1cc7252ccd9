import fc from "fast-check";
import type { LogKind } from "../../src/conference/log-entry.ts";
import type { MessageContent } from "../../src/conference/message-content.ts";
import type { ToldChange } from "../../src/conference/schedule-content.ts";
import type { Occurrence, Series } from "../../src/conference/series.ts";
import { render } from "../../src/slack/render-message.ts";
import type { SlackMessage } from "../../src/slack/views/blocks.ts";
import { cancelCallMessage } from "../../src/slack/views/cancel-call.ts";
import { logMessage, wordsOf } from "../../src/slack/views/log.ts";
import { strangersMessage } from "../../src/slack/views/not-on-roster.ts";
import { offerNumberMessage } from "../../src/slack/views/offer-number.ts";
import { scheduleModal } from "../../src/slack/views/schedule-modal.ts";
import { settingsMessage } from "../../src/slack/views/settings.ts";
import { upcomingMessage } from "../../src/slack/views/upcoming.ts";
import { viewProblems } from "../../src/simulator/slack/block-kit.ts";
import { faultsOf } from "../../test/slack/views/shown.ts";
import { about, ids, instants, plan, roles, some, time, verdicts } from "./contents.ts";
import { names } from "./markup.ts";
import { property } from "./property.ts";

const titles = names.filter((name) => name.trim() !== "");
const masked = fc.constantFrom(null, "•••• 21");
const days = fc.constantFrom("2026-11-24", "2027-03-30");
const starts = fc.constantFrom("2026-11-24T09:30", "2027-03-28T02:30");
const rules = fc.constantFrom(null, "FREQ=WEEKLY;BYDAY=TU", "FREQ=MONTHLY;BYDAY=-1FR", "FREQ=DAILY");
const untilDays = fc.constantFrom(null, "2027-03-31");
const told = { title: titles, startsLocal: starts, minutes: fc.integer({ min: 5, max: 240 }), rule: rules };

const changes: fc.Arbitrary<ToldChange> = fc.record({
  ...{ extent: fc.constantFrom("one", "following", "all" as const), day: fc.option(days), hasNewNotes: fc.boolean() },
  before: fc.option(fc.record({ ...told, untilDay: untilDays })),
  after: fc.option(fc.record({ ...told, untilDay: untilDays, next: fc.option(time) })),
});
const notices = fc.record({
  ...{ ...about, kind: fc.constant("notice" as const), changes: some(changes, 60).filter((all) => all.length > 0) },
  plan: fc.record({ zone: fc.constant("Europe/Paris"), rule: rules, startsLocal: starts, untilDay: untilDays }),
});
const missing = fc.record({
  ...{ ...about, kind: fc.constant("missing" as const), sessionId: ids, startsAt: instants },
  startedForMs: fc.nat(1e8),
  state: fc.constantFrom("missing", "joined", "over" as const),
  call: fc.constantFrom(null, "waiting", "calling", "answered", "declined", "voicemail", "busy", "failed" as const),
});
const strangers = fc.record({
  ...{ kind: fc.constant("strangers" as const), count: fc.integer({ min: 1, max: 5000 }) },
  calls: some(fc.record({ maskedNumber: masked, at: instants, verdict: verdicts }), 10),
  ...{ firstAt: instants, lastAt: instants },
});
const trouble = fc.record({
  kind: fc.constant("trouble" as const),
  parked: some(
    fc.record({
      ...{ channelId: fc.constantFrom("C0OPS", "U0MABEL"), name: fc.option(names), count: fc.nat(900) },
      reason: fc.oneof(fc.constantFrom("", "is_archived", "not_in_channel", "no_text"), names),
    }),
    120,
  ),
});

const messagesFit = property(
  "every message about strangers, trouble, changes and who is missing is taken by Slack",
  2,
  fc.oneof<fc.Arbitrary<MessageContent>[]>(strangers, trouble, notices, missing),
  (content) => problemOf(render(content)),
);

const occurrences: fc.Arbitrary<Occurrence> = fc.record({
  ...{ day: days, title: titles, notes: names, startsLocal: starts, startsAt: instants, endsAt: instants },
  ...{ minutes: fc.integer({ min: 5, max: 240 }), isMoved: fc.boolean() },
});
const oneSeries: fc.Arbitrary<Series> = fc
  .tuple(plan, ids, fc.integer({ min: 1, max: 100 }))
  .map(([one, id, number]) => ({
    ...one,
    ...{ id, number, teamId: "T0", conferenceId: "conf", sequence: 0, createdBy: "U0ISABELLE", createdAt: 0 },
    ...{ handledUntil: 0, cancelledAt: null, finishedAt: null },
  }));
/** As many as are shown, each with a number of its own. */
const listed = fc
  .array(
    fc.record({
      series: oneSeries,
      next: occurrences,
      answers: fc.record({ yes: fc.nat(250), maybe: fc.nat(9), no: fc.nat(9) }),
    }),
    { maxLength: 10 },
  )
  .map((all) => all.map((one, index) => ({ ...one, series: { ...one.series, number: index + 1 } })));
const calendar = {
  subscription: `webcal://line.example.org/calendar/${"x".repeat(43)}.ics`,
  file: (seriesId: string) => `https://line.example.org/calendar/${"x".repeat(43)}/${seriesId}.ics`,
};
const upcoming = fc
  .record({
    title: names,
    isModerator: fc.boolean(),
    calls: listed,
    more: fc.nat(90),
    hasCalendar: fc.boolean(),
    now: instants,
  })
  .map(({ more, hasCalendar, ...rest }) =>
    upcomingMessage({
      ...rest,
      more: Array.from({ length: rest.calls.length < 10 ? 0 : more }, (_, index) => index + 11),
      calendar: hasCalendar ? calendar : null,
    }),
  );
/** The next ones of a series, each on a day of its own. */
const ahead = fc.tuple(fc.array(occurrences, { maxLength: 12 }), fc.boolean()).map(([all, isChosen]) => {
  const apart = all.map((one, index) => ({ ...one, day: `2026-12-${String(index + 1).padStart(2, "0")}` }));
  return { ahead: apart, chosen: isChosen ? (apart[0] ?? null) : (apart.at(-1) ?? null) };
});
const cancelling = fc.tuple(oneSeries, ahead).map(([series, shown]) => cancelCallMessage({ series, ...shown }));
const notOnRoster = fc
  .tuple(fc.array(names, { minLength: 1, maxLength: 10 }), fc.nat(10), names)
  .map(([offered, more, words]) =>
    strangersMessage({ offered: offered.map((name, index) => ({ userId: `U0${index}`, name })), more, words }),
  );
const offers = fc
  .record({ name: names, maskedNumber: fc.constant("•••• 21"), role: fc.option(roles), addValue: fc.constant("{}") })
  .map(offerNumberMessage);
const settings = fc
  .record({
    ...{ title: names, graceSeconds: fc.nat(3600), entry: fc.constantFrom("anytime", "scheduled" as const) },
    ...{ earlyMinutes: fc.nat(240), alertsChannelId: fc.constantFrom(null, "C0OPS") },
  })
  .map((one) => settingsMessage({ ...one, phoneNumber: "the line" }));
const LOG_KINDS: readonly LogKind[] = [
  ...(["conference-created", "person-added", "person-updated", "person-removed", "role-changed"] as const),
  ...(["lockout-reset", "setting-changed", "alerts-moved", "call-received", "code-sent", "code-wrong"] as const),
  ...(["code-right", "caller-turned-away", "caller-hung-up", "caller-admitted", "caller-too-early"] as const),
  ...(["call-placed", "call-out-over", "joined", "left", "stranger-removed", "taken-off"] as const),
  ...(["session-opened", "session-started", "grace-started", "grace-ended", "session-ended"] as const),
  ...(["call-scheduled", "call-changed", "call-cancelled"] as const),
];
const words = fc.oneof(names, fc.nat(99), fc.boolean(), fc.constantFrom("moderator", "21", "following", "locked-out"));
/** A day is always one, a number too, and of the rest nothing is taken for granted. */
const details = fc.record(
  {
    ...{
      role: words,
      number: fc.oneof(fc.nat(99), fc.constant("21")),
      failures: words,
      setting: words,
      before: words,
      after: words,
      title: words,
    },
    ...{ extent: words, day: days, reason: words, seconds: words, outcome: words, isVerified: fc.boolean() },
  },
  { requiredKeys: [] },
);
const logged = some(
  fc
    .record({
      kind: fc.constantFrom(...LOG_KINDS),
      detail: details,
      at: instants,
      actor: fc.option(names),
      person: fc.option(names),
    })
    .map(({ kind, detail, at, actor, person }) => ({ at, words: wordsOf(kind, detail, { actor, person }) })),
  100,
).map((entries) => logMessage({ entries }));

const answersFit = property(
  "every answer about calls ahead, settings and the log is taken by Slack, whatever is in them",
  2,
  fc.oneof(upcoming, cancelling, notOnRoster, offers, settings, logged),
  problemOf,
);

const forms = fc
  .record({
    plan: fc.tuple(plan, fc.option(some(ids, 20))).map(([one, inviteeIds]) => ({ ...one, inviteeIds })),
    roster: some(names, 500).map((all) => all.map((name, index) => ({ id: `person-${index}`, name }))),
    editing: fc.option(fc.record({ extent: fc.constantFrom("one", "all" as const), startsLocal: starts, rule: rules })),
    calls: fc.integer({ min: 1, max: 12 }),
    draftId: fc.option(ids),
  })
  .map(({ plan: shown, roster, editing, calls, draftId }) => {
    const ones = Array.from({ length: calls }, (_, index) => ({
      day: `2026-12-${String(index + 1).padStart(2, "0")}`,
      words: `day ${index + 1}`,
    }));
    const edited = editing === null ? null : { ...editing, seriesId: "series", sequence: 3, day: "2026-12-01" };
    return scheduleModal({
      metadata: {
        ...{ channelId: "C0OPS", zone: shown.zone, draftId, shownLocal: shown.startsLocal, rule: shown.rule },
        editing: edited,
      },
      ...{ plan: shown, roster, ones: edited === null || shown.rule === null ? [] : ones },
    });
  });

const formsFit = property("the form of a call is taken by Slack, whoever is on the roster", 1, forms, (form) => {
  const problems = viewProblems(form, "modal");
  return problems.length === 0 ? null : problems.join("; ");
});

function problemOf(message: SlackMessage): string | null {
  const faults = faultsOf(message);
  return faults.length === 0 ? null : faults.join("; ");
}

export const moreViews = [messagesFit, answersFit, formsFit];
