import { sql } from "drizzle-orm";
import type { Effect } from "../conference/effects.ts";
import type { LogDetail, LogKind } from "../conference/log-entry.ts";
import type { JobKind } from "../conference/job.ts";
import type { MessageKind } from "../conference/message-content.ts";
import type { Kit } from "./kit.ts";
import type { CallTables } from "./tables-of-calls.ts";
import type { RosterTables } from "./tables-of-roster.ts";
import type { ScheduleTables } from "./tables-of-schedule.ts";

/** What we tell and do: messages, the outbox, jobs, and the audit of it all. */
export function definePromises(
  kit: Kit,
  { conferences, participants }: RosterTables,
  { series }: ScheduleTables,
  { callLegs, sessions }: CallTables,
) {
  const team = () => kit.text("team_id").notNull();

  /** A Slack message that we keep true: what it says is rendered from the tables when it is sent. */
  const messages = kit.table(
    "messages",
    {
      id: kit.id("id"),
      teamId: team(),
      channelId: kit.text("channel_id").notNull(),
      kind: kit.text("kind").$type<MessageKind>().notNull(),
      sessionId: kit.text("session_id").references(() => sessions.id),
      /** The scheduled call that it is about, and its day where it is about that one only. */
      seriesId: kit.text("series_id").references(() => series.id),
      day: kit.text("day"),
      createdAt: kit.time("created_at").notNull(),
      /** Counts what changed since; what Slack shows lags behind until it is equal. */
      revision: kit.int("revision").notNull(),
      shownRevision: kit.int("shown_revision").notNull(),
      /** When a post was first tried whose outcome nobody heard: look it up before posting again. */
      uncertainSince: kit.time("uncertain_since"),
      ts: kit.text("ts"),
    },
    (t) => [
      kit.index("messages_session").on(t.sessionId),
      kit.index("messages_waiting").on(t.channelId, t.kind),
      kit.index("messages_series").on(t.seriesId),
      kit.index("messages_created").on(t.createdAt),
    ],
  );

  /** Calls that a channel is alerted of, each in exactly one message. */
  const alerts = kit.table(
    "alerts",
    {
      messageId: kit
        .text("message_id")
        .notNull()
        .references(() => messages.id),
      teamId: team(),
      channelId: kit.text("channel_id").notNull(),
      conferenceId: kit.text("conference_id").references(() => conferences.id),
      /** Whom the caller claimed to be then: the number may be somebody else's by now. */
      participantId: kit.text("participant_id").references(() => participants.id),
      callSid: kit
        .text("call_sid")
        .notNull()
        .references(() => callLegs.callSid),
      at: kit.time("at").notNull(),
    },
    (t) => [
      kit.primaryKey({ columns: [t.channelId, t.callSid] }),
      kit.index("alerts_message").on(t.messageId),
      kit.index("alerts_channel").on(t.channelId, t.at),
      kit.index("alerts_call").on(t.callSid),
    ],
  );

  /** What we promise Slack and Twilio; a row goes when it is kept. */
  const outbox = kit.table(
    "outbox",
    {
      id: kit.serial("id"),
      teamId: team(),
      lane: kit.text("lane").notNull(),
      /** 0 before 1 before 2: alerts, the card, the thread. */
      urgency: kit.int("urgency").$type<0 | 1 | 2>().notNull(),
      effect: kit.json<Effect>("effect").notNull(),
      /** Two promises of one thing are one. */
      dedupeKey: kit.text("dedupe_key").notNull(),
      runAt: kit.time("run_at").notNull(),
      attempts: kit.int("attempts").notNull().default(0),
      createdAt: kit.time("created_at").notNull(),
      parkedReason: kit.text("parked_reason"),
    },
    (t) => [
      kit.uniqueIndex("outbox_dedupe").on(t.dedupeKey).where(sql`parked_reason is null`),
      kit.index("outbox_due").on(t.lane, t.runAt).where(sql`parked_reason is null`),
    ],
  );

  /** One channel's effects go one at a time; also the pace that Slack's limits set, shared by all nodes. */
  const lanes = kit.table("lanes", {
    lane: kit.id("lane"),
    teamId: team(),
    nextAt: kit.time("next_at").notNull(),
    leaseUntil: kit.time("lease_until").notNull(),
  });

  /** What must happen at a time. */
  const jobs = kit.table(
    "jobs",
    {
      key: kit.id("key"),
      teamId: team(),
      kind: kit.text("kind").$type<JobKind>().notNull(),
      subjectId: kit.text("subject_id").notNull(),
      runAt: kit.time("run_at").notNull(),
    },
    (t) => [kit.index("jobs_due").on(t.runAt)],
  );

  /** The audit: every change of state, in the transaction that made it. */
  const events = kit.table(
    "events",
    {
      id: kit.serial("id"),
      teamId: team(),
      conferenceId: kit.text("conference_id").references(() => conferences.id),
      kind: kit.text("kind").$type<LogKind>().notNull(),
      at: kit.time("at").notNull(),
      actorUserId: kit.text("actor_user_id"),
      /** No foreign key: people are never deleted, and checking would cost each call a page to read. */
      participantId: kit.text("participant_id"),
      callSid: kit.text("call_sid"),
      sessionId: kit.text("session_id").references(() => sessions.id),
      /** The thread message that tells it. */
      messageId: kit.text("message_id").references(() => messages.id),
      detail: kit.json<LogDetail>("detail").notNull(),
    },
    (t) => [
      kit.index("events_conference").on(t.conferenceId, t.id),
      kit.index("events_session").on(t.sessionId).where(sql`session_id is not null`),
      kit.index("events_message").on(t.messageId).where(sql`message_id is not null`),
    ],
  );

  return { messages, alerts, outbox, lanes, jobs, events };
}
