import { sql } from "drizzle-orm";
import type { Answer, CallFailure, LegStage } from "../conference/admission.ts";
import type { RoomEvent } from "../conference/attendance.ts";
import type { Effect } from "../conference/effects.ts";
import type { LogDetail, LogKind } from "../conference/log-entry.ts";
import type { PhoneNumber } from "../conference/phone-number.ts";
import type { Kit } from "./kit.ts";

const LEG_STAGES: [LegStage, ...LegStage[]] = ["verifying", "choosing", "admitted", "in-menu", "turned-away"];

/** The tables, once for both dialects. Every table carries the workspace; instants are epoch milliseconds. */
export function defineSchema(kit: Kit) {
  const team = () => kit.text("team_id").notNull();
  const phoneNumber = () => kit.text("phone_number").$type<PhoneNumber>();

  /** What belongs to the whole line of a workspace. */
  const lines = kit.table("lines", {
    teamId: kit.id("team_id"),
    alertsChannelId: kit.text("alerts_channel_id").notNull(),
  });

  const conferences = kit.table(
    "conferences",
    {
      id: kit.id("id"),
      teamId: team(),
      channelId: kit.text("channel_id").notNull(),
      title: kit.text("title").notNull(),
      graceSeconds: kit.int("grace_seconds").notNull(),
      createdAt: kit.time("created_at").notNull(),
    },
    (t) => [kit.uniqueIndex("conferences_channel").on(t.teamId, t.channelId)],
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
      /** The last code that was right, and the call that keyed it in. */
      approvedSid: kit.text("approved_sid"),
      approvedCallSid: kit.text("approved_call_sid"),
      textsSentAt: kit.json<number[]>("texts_sent_at").notNull(),
      /** True after a send whose outcome nobody heard: look before sending again. */
      sendIsUncertain: kit.bool("send_is_uncertain").notNull().default(false),
      /** The network call under way for this number, one at a time; void after its lease. */
      busyWith: kit.text("busy_with"),
      busyUntil: kit.time("busy_until"),
    },
    (t) => [kit.primaryKey({ columns: [t.teamId, t.phoneNumber] })],
  );

  /** One run of a conference. */
  const sessions = kit.table(
    "sessions",
    {
      id: kit.id("id"),
      teamId: team(),
      conferenceId: kit
        .text("conference_id")
        .notNull()
        .references(() => conferences.id),
      /** Twilio's FriendlyName: random, new for each session. */
      name: kit.text("name").notNull(),
      openedAt: kit.time("opened_at").notNull(),
      startedAt: kit.time("started_at"),
      graceUntil: kit.time("grace_until"),
      endedAt: kit.time("ended_at"),
      endReason: kit.oneOf("end_reason", ["everyone-left", "no-moderator"]),
    },
    (t) => [
      kit.uniqueIndex("sessions_name").on(t.name),
      kit.uniqueIndex("sessions_open").on(t.conferenceId).where(sql`ended_at is null`),
    ],
  );

  const callLegs = kit.table(
    "call_legs",
    {
      callSid: kit.id("call_sid"),
      teamId: team(),
      phoneNumber: phoneNumber(),
      verdict: kit.text("verdict"),
      stage: kit.oneOf("stage", LEG_STAGES).notNull(),
      step: kit.int("step").notNull(),
      triesUsed: kit.int("tries_used").notNull(),
      silentRounds: kit.int("silent_rounds").notNull(),
      conferenceId: kit.text("conference_id").references(() => conferences.id),
      participantId: kit.text("participant_id").references(() => participants.id),
      sessionId: kit.text("session_id").references(() => sessions.id),
      label: kit.text("label"),
      startedAt: kit.time("started_at").notNull(),
      lastNewsAt: kit.time("last_news_at").notNull(),
      verifiedAt: kit.time("verified_at"),
      admittedAt: kit.time("admitted_at"),
      endedAt: kit.time("ended_at"),
      failure: kit.text("failure").$type<CallFailure>(),
      lastFailureAt: kit.time("last_failure_at"),
    },
    (t) => [
      kit.index("call_legs_open").on(t.lastNewsAt).where(sql`ended_at is null`),
      kit.index("call_legs_number").on(t.phoneNumber, t.startedAt),
      kit.index("call_legs_session").on(t.sessionId),
    ],
  );

  /** The inbox of the telephone: one row a step of a call, with the answer that a repeat gets. */
  const voiceSteps = kit.table(
    "voice_steps",
    {
      callSid: kit
        .text("call_sid")
        .notNull()
        .references(() => callLegs.callSid),
      step: kit.int("step").notNull(),
      teamId: team(),
      answer: kit.json<Answer>("answer"),
      leaseUntil: kit.time("lease_until").notNull(),
    },
    (t) => [kit.primaryKey({ columns: [t.callSid, t.step] })],
  );

  /** The inbox of Slack: commands, clicks and events that were acted on. */
  const slackRequests = kit.table("slack_requests", {
    key: kit.id("key"),
    teamId: team(),
    at: kit.time("at").notNull(),
  });

  /** What Twilio told of a room, and what our own looks at it added. */
  const roomEvents = kit.table(
    "room_events",
    {
      id: kit.serial("id"),
      teamId: team(),
      sessionId: kit
        .text("session_id")
        .notNull()
        .references(() => sessions.id),
      conferenceSid: kit.text("conference_sid").notNull(),
      sequenceNumber: kit.int("sequence_number"),
      kind: kit.text("kind").$type<RoomEvent["kind"]>().notNull(),
      callSid: kit.text("call_sid"),
      muted: kit.bool("muted"),
      onHold: kit.bool("on_hold"),
      at: kit.time("at").notNull(),
    },
    (t) => [
      kit.uniqueIndex("room_events_natural_key").on(t.conferenceSid, t.sequenceNumber),
      kit.index("room_events_session").on(t.sessionId),
    ],
  );

  /** A Slack message that we keep true: what it says is rendered from the tables when it is sent. */
  const messages = kit.table(
    "messages",
    {
      id: kit.id("id"),
      teamId: team(),
      channelId: kit.text("channel_id").notNull(),
      kind: kit.oneOf("kind", ["card", "thread", "alert", "strangers", "trouble"]).notNull(),
      sessionId: kit.text("session_id").references(() => sessions.id),
      createdAt: kit.time("created_at").notNull(),
      /** Counts what changed since; what Slack shows lags behind until it is equal. */
      revision: kit.int("revision").notNull(),
      shownRevision: kit.int("shown_revision").notNull(),
      /** When a post was first tried whose outcome nobody heard: look it up before posting again. */
      uncertainSince: kit.time("uncertain_since"),
      ts: kit.text("ts"),
    },
    (t) => [kit.index("messages_session").on(t.sessionId), kit.index("messages_waiting").on(t.channelId, t.kind)],
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
      callSid: kit
        .text("call_sid")
        .notNull()
        .references(() => callLegs.callSid),
      at: kit.time("at").notNull(),
    },
    (t) => [kit.primaryKey({ columns: [t.channelId, t.callSid] }), kit.index("alerts_message").on(t.messageId)],
  );

  /** What we promise Slack and Twilio; a row goes when it is kept. */
  const outbox = kit.table(
    "outbox",
    {
      id: kit.serial("id"),
      teamId: team(),
      lane: kit.text("lane").notNull(),
      /** 0 before 1 before 2: alerts, the card, the thread. */
      urgency: kit.int("urgency").notNull(),
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
      kind: kit.oneOf("kind", ["end-grace", "reconcile", "look-for-silent-legs"]).notNull(),
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
      participantId: kit.text("participant_id").references(() => participants.id),
      callSid: kit.text("call_sid"),
      sessionId: kit.text("session_id").references(() => sessions.id),
      /** The thread message that tells it. */
      messageId: kit.text("message_id").references(() => messages.id),
      detail: kit.json<LogDetail>("detail").notNull(),
    },
    (t) => [
      kit.index("events_conference").on(t.conferenceId, t.id),
      kit.index("events_session").on(t.sessionId),
      kit.index("events_message").on(t.messageId),
    ],
  );

  return {
    lines,
    conferences,
    participants,
    lockouts,
    phoneNumbers,
    sessions,
    callLegs,
    voiceSteps,
    slackRequests,
    roomEvents,
    messages,
    alerts,
    outbox,
    lanes,
    jobs,
    events,
  };
}

export type Schema = ReturnType<typeof defineSchema>;
