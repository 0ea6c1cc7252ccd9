import { sql } from "drizzle-orm";
import type { Answer, CallFailure, LegStage } from "../conference/admission.ts";
import type { RoomEvent } from "../conference/attendance.ts";
import type { DialOutState } from "../conference/dial-out.ts";
import type { PhoneNumber } from "../conference/phone-number.ts";
import type { Kit } from "./kit.ts";
import type { RosterTables } from "./tables-of-roster.ts";
import type { ScheduleTables } from "./tables-of-schedule.ts";

const LEG_STAGES: [LegStage, ...LegStage[]] = ["verifying", "choosing", "called", "admitted", "in-menu", "turned-away"];

/** Sessions, the calls in them, and the inbox: what was told to us, under its natural key. */
export function defineCalls(kit: Kit, { conferences, participants }: RosterTables, { series }: ScheduleTables) {
  const team = () => kit.text("team_id").notNull();
  const phoneNumber = () => kit.text("phone_number").$type<PhoneNumber>();

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
      endReason: kit.oneOf("end_reason", ["everyone-left", "no-moderator", "nobody-came"]),
      /** The scheduled call that this is, by its series and its day in it. */
      seriesId: kit.text("series_id").references(() => series.id),
      day: kit.text("day"),
      /** Until then the session is held open for those who are expected, though nobody is in it. */
      expectedUntil: kit.time("expected_until"),
    },
    (t) => [
      kit.uniqueIndex("sessions_name").on(t.name),
      kit.uniqueIndex("sessions_open").on(t.conferenceId).where(sql`ended_at is null`),
      kit.index("sessions_ended").on(t.endedAt).where(sql`ended_at is not null`),
    ],
  );

  const callLegs = kit.table(
    "call_legs",
    {
      /** Counts up, so that what belongs to new calls lies together: what Twilio calls them is random. */
      id: kit.serial("id"),
      callSid: kit.text("call_sid").notNull(),
      teamId: team(),
      phoneNumber: phoneNumber(),
      verdict: kit.text("verdict"),
      stage: kit.oneOf("stage", LEG_STAGES).notNull(),
      step: kit.int("step").notNull(),
      triesUsed: kit.int("tries_used").notNull(),
      silentRounds: kit.int("silent_rounds").notNull(),
      participantId: kit.text("participant_id").references(() => participants.id),
      sessionId: kit.text("session_id").references(() => sessions.id),
      startedAt: kit.time("started_at").notNull(),
      lastNewsAt: kit.time("last_news_at").notNull(),
      verifiedAt: kit.time("verified_at"),
      admittedAt: kit.time("admitted_at"),
      endedAt: kit.time("ended_at"),
      failure: kit.text("failure").$type<CallFailure>(),
      lastFailureAt: kit.time("last_failure_at"),
      /** The call that we placed to them; null for one that came in. */
      dialOutId: kit.text("dial_out_id"),
    },
    (t) => [
      kit.uniqueIndex("call_legs_call").on(t.callSid),
      kit.index("call_legs_open").on(t.lastNewsAt).where(sql`ended_at is null`),
      kit.index("call_legs_session").on(t.sessionId).where(sql`session_id is not null`),
      kit.index("call_legs_ended").on(t.endedAt).where(sql`ended_at is not null`),
    ],
  );

  /** The inbox of the telephone: one row a step of a call, with the answer that a repeat gets. */
  const voiceSteps = kit.table(
    "voice_steps",
    {
      legId: kit
        .whole("leg_id")
        .notNull()
        .references(() => callLegs.id),
      step: kit.int("step").notNull(),
      teamId: team(),
      answer: kit.json<Answer>("answer"),
      leaseUntil: kit.time("lease_until").notNull(),
    },
    (t) => [kit.primaryKey({ columns: [t.legId, t.step] })],
  );

  /** The inbox of Slack: commands, clicks and events that were acted on. */
  const slackRequests = kit.table(
    "slack_requests",
    {
      key: kit.id("key"),
      teamId: team(),
      at: kit.time("at").notNull(),
    },
    (t) => [kit.index("slack_requests_at").on(t.at)],
  );

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

  /** People whom we call, and what came of it. */
  const dialOuts = kit.table(
    "dial_outs",
    {
      id: kit.id("id"),
      teamId: team(),
      sessionId: kit
        .text("session_id")
        .notNull()
        .references(() => sessions.id),
      participantId: kit
        .text("participant_id")
        .notNull()
        .references(() => participants.id),
      /** Where in the order they are called. */
      position: kit.int("position").notNull(),
      state: kit.text("state").$type<DialOutState>().notNull(),
      /** Calls placed so far. */
      attempts: kit.int("attempts").notNull(),
      /** How many of them before they were last asked for: busy and unanswered is tried once more each time. */
      attemptsBefore: kit.int("attempts_before").notNull(),
      /** The call that is under way, or the last one. */
      callSid: kit.text("call_sid"),
      /** When a call was placed whose outcome nobody heard: look before placing another. */
      uncertainSince: kit.time("uncertain_since"),
      createdAt: kit.time("created_at").notNull(),
      changedAt: kit.time("changed_at").notNull(),
    },
    (t) => [
      kit.uniqueIndex("dial_outs_person").on(t.sessionId, t.participantId),
      kit.index("dial_outs_call").on(t.callSid),
    ],
  );

  return { sessions, callLegs, dialOuts, voiceSteps, slackRequests, roomEvents };
}

export type CallTables = ReturnType<typeof defineCalls>;
