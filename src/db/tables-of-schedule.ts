import { sql } from "drizzle-orm";
import type { Answer } from "../conference/series.ts";
import type { Kit } from "./kit.ts";
import type { RosterTables } from "./tables-of-roster.ts";

/** Scheduled calls: a row a series, and one for each call of it that is different. */
export function defineSchedule(kit: Kit, { conferences, participants }: RosterTables) {
  const team = () => kit.text("team_id").notNull();

  const series = kit.table(
    "series",
    {
      id: kit.id("id"),
      teamId: team(),
      conferenceId: kit
        .text("conference_id")
        .notNull()
        .references(() => conferences.id),
      number: kit.int("number").notNull(),
      title: kit.text("title").notNull(),
      notes: kit.text("notes").notNull(),
      /** Wall-clock time in `zone`: an instant would move when the zone's rules do. */
      startsLocal: kit.text("starts_local").notNull(),
      zone: kit.text("zone").notNull(),
      minutes: kit.int("minutes").notNull(),
      rule: kit.text("rule"),
      untilDay: kit.text("until_day"),
      inviteeIds: kit.json<string[]>("invitee_ids"),
      channelReminderMinutes: kit.int("channel_reminder_minutes"),
      personalReminderMinutes: kit.int("personal_reminder_minutes"),
      callsEveryone: kit.bool("calls_everyone").notNull(),
      sequence: kit.int("sequence").notNull(),
      createdBy: kit.text("created_by").notNull(),
      createdAt: kit.time("created_at").notNull(),
      /** When `sequence` was last raised; null while it never was. */
      changedAt: kit.time("changed_at"),
      handledUntil: kit.time("handled_until").notNull(),
      cancelledAt: kit.time("cancelled_at"),
      finishedAt: kit.time("finished_at"),
    },
    (t) => [
      kit.uniqueIndex("series_number").on(t.conferenceId, t.number).where(sql`finished_at is null`),
      kit.index("series_conference").on(t.conferenceId, t.finishedAt),
    ],
  );

  const seriesExceptions = kit.table(
    "series_exceptions",
    {
      seriesId: kit
        .text("series_id")
        .notNull()
        .references(() => series.id),
      teamId: team(),
      day: kit.text("day").notNull(),
      isCancelled: kit.bool("is_cancelled").notNull(),
      title: kit.text("title"),
      notes: kit.text("notes"),
      startsLocal: kit.text("starts_local"),
      minutes: kit.int("minutes"),
    },
    (t) => [kit.primaryKey({ columns: [t.seriesId, t.day] })],
  );

  /** What people answered to an invitation. */
  const answers = kit.table(
    "answers",
    {
      seriesId: kit
        .text("series_id")
        .notNull()
        .references(() => series.id),
      teamId: team(),
      participantId: kit
        .text("participant_id")
        .notNull()
        .references(() => participants.id),
      answer: kit.text("answer").$type<Answer>().notNull(),
      at: kit.time("at").notNull(),
    },
    (t) => [kit.primaryKey({ columns: [t.seriesId, t.participantId] })],
  );

  return { series, seriesExceptions, answers };
}

export type ScheduleTables = ReturnType<typeof defineSchedule>;
