import { sql } from "drizzle-orm";
import type { Answer, CallFailure, LegStage } from "../conference/admission.ts";
import type { RoomEvent } from "../conference/attendance.ts";
import type { PhoneNumber } from "../conference/phone-number.ts";
import type { Kit } from "./kit.ts";
import type { RosterTables } from "./tables-of-roster.ts";

const LEG_STAGES: [LegStage, ...LegStage[]] = ["verifying", "choosing", "admitted", "in-menu", "turned-away"];

/** Sessions, the calls in them, and the inbox: what was told to us, under its natural key. */
export function defineCalls(kit: Kit, { conferences, participants }: RosterTables) {
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

  return { sessions, callLegs, voiceSteps, slackRequests, roomEvents };
}

export type CallTables = ReturnType<typeof defineCalls>;
