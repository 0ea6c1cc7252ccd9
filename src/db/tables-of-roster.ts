import { sql } from "drizzle-orm";
import type { PhoneNumber } from "../conference/phone-number.ts";
import { DEFAULT_EARLY_MINUTES, type EntryMode } from "../conference/series.ts";
import type { Kit } from "./kit.ts";

/** Who may call, and what is counted against their numbers. */
export function defineRoster(kit: Kit) {
  const team = () => kit.text("team_id").notNull();
  const phoneNumber = () => kit.text("phone_number").$type<PhoneNumber>();

  /** What belongs to the whole line of a workspace. */
  const lines = kit.table("lines", {
    teamId: kit.id("team_id"),
    alertsChannelId: kit.text("alerts_channel_id").notNull(),
    /** The time-zone data, by its version, that every job of a scheduled call was last set by. */
    timeZoneData: kit.text("time_zone_data"),
  });

  const conferences = kit.table(
    "conferences",
    {
      id: kit.id("id"),
      teamId: team(),
      channelId: kit.text("channel_id").notNull(),
      title: kit.text("title").notNull(),
      graceSeconds: kit.int("grace_seconds").notNull(),
      /** When callers are let in: whenever they call, or around scheduled calls only. */
      entry: kit.text("entry").$type<EntryMode>().notNull().default("anytime"),
      earlyMinutes: kit.int("early_minutes").notNull().default(DEFAULT_EARLY_MINUTES),
      /** The unguessable part of the calendar's address; null until somebody asks for it. */
      calendarToken: kit.text("calendar_token"),
      createdAt: kit.time("created_at").notNull(),
    },
    (t) => [
      kit.uniqueIndex("conferences_channel").on(t.teamId, t.channelId),
      kit.uniqueIndex("conferences_calendar").on(t.calendarToken),
    ],
  );

  const participants = kit.table(
    "participants",
    {
      id: kit.id("id"),
      teamId: team(),
      conferenceId: kit
        .text("conference_id")
        .notNull()
        .references(() => conferences.id),
      name: kit.text("name").notNull(),
      nameKey: kit.text("name_key").notNull(),
      slackUserId: kit.text("slack_user_id"),
      role: kit.oneOf("role", ["moderator", "participant"]).notNull(),
      phoneNumber: phoneNumber(),
      addedAt: kit.time("added_at").notNull(),
      removedAt: kit.time("removed_at"),
    },
    (t) => [
      kit.uniqueIndex("participants_number").on(t.conferenceId, t.phoneNumber).where(sql`removed_at is null`),
      kit.uniqueIndex("participants_user").on(t.conferenceId, t.slackUserId).where(sql`removed_at is null`),
      kit.index("participants_caller").on(t.phoneNumber, t.teamId).where(sql`removed_at is null`),
    ],
  );

  /** Wrong codes, per number and conference: they outlive removal from the roster. */
  const lockouts = kit.table(
    "lockouts",
    {
      teamId: team(),
      conferenceId: kit
        .text("conference_id")
        .notNull()
        .references(() => conferences.id),
      phoneNumber: phoneNumber().notNull(),
      failures: kit.int("failures").notNull(),
      lockedUntil: kit.time("locked_until"),
    },
    (t) => [
      kit.primaryKey({ columns: [t.conferenceId, t.phoneNumber] }),
      kit.index("lockouts_number").on(t.phoneNumber),
    ],
  );

  /** What belongs to a number whatever roster it is on: its pending code, its texts, the check under way. */
  const phoneNumbers = kit.table(
    "phone_numbers",
    {
      teamId: team(),
      phoneNumber: phoneNumber().notNull(),
      verificationSid: kit.text("verification_sid"),
      verificationStartedAt: kit.time("verification_started_at"),
      checks: kit.int("checks").notNull().default(0),
      /** The last code that was right. */
      approvedSid: kit.text("approved_sid"),
      textsSentAt: kit.json<number[]>("texts_sent_at").notNull(),
      /** Texts that a reset gave back: Verify counts them all the same. */
      forgivenTextsAt: kit.json<number[]>("forgiven_texts_at").notNull().default([]),
      /** True after a send whose outcome nobody heard: look before sending again. */
      sendIsUncertain: kit.bool("send_is_uncertain").notNull().default(false),
      /** The network call under way for this number, one at a time; void after its lease. */
      busyWith: kit.text("busy_with"),
      busyUntil: kit.time("busy_until"),
    },
    (t) => [kit.primaryKey({ columns: [t.teamId, t.phoneNumber] })],
  );

  return { lines, conferences, participants, lockouts, phoneNumbers };
}

export type RosterTables = ReturnType<typeof defineRoster>;
