import type { CallFailure } from "./admission.ts";
import type { AttendeeState } from "./attendance.ts";
import type { Role } from "./roster.ts";
import type {
  InvitationContent,
  MissingContent,
  NoticeContent,
  ReminderContent,
  ScheduledCall,
} from "./schedule-content.ts";

/** Messages of ours that are kept true. */
export type MessageKind =
  | "card"
  | "thread"
  | "alert"
  | "strangers"
  | "trouble"
  /** Of a series: in its channel, and to each who is invited. */
  | "invitation"
  /** Of one call: in the channel, or to one person. */
  | "reminder"
  /** That a scheduled call changed or was cancelled. */
  | "notice"
  /** To somebody who is missing from a call that has begun. */
  | "missing";

/** A person on the line, as the channel may see them. */
export type PersonOnLine = {
  name: string;
  slackUserId: string | null;
  role: Role;
  state: AttendeeState;
  sinceAt: number;
  /** What the carrier says of the number (STIR/SHAKEN), as Twilio words it; null when it says nothing. */
  verdict: string | null;
};

/** A person who was in a session that is over. */
export type PersonWasThere = { name: string; slackUserId: string | null; role: Role; presentMs: number };

export type Person = { name: string; slackUserId: string | null };

/** A session, as its card shows it: live while it runs, its record when it is over. */
export type CardContent = {
  kind: "card";
  title: string;
  openedAt: number;
  /** Null while everybody waits. */
  startedAt: number | null;
  /** When the session ends unless a moderator comes back. */
  graceUntil: number | null;
  /** Whether the call waits for a moderator, or for a second person. */
  waitsForModerator: boolean;
  onLine: PersonOnLine[];
  /** Whoever could have dialled in; of a scheduled call, whoever is expected. */
  missing: Person[];
  /** The scheduled call that this is; null when people just dialled in. */
  scheduled: ScheduledCall | null;
  ended: {
    at: number;
    reason: "everyone-left" | "no-moderator" | "nobody-came";
    wereThere: PersonWasThere[];
    failures: { name: string; failure: CallFailure; wrongCodes: number }[];
  } | null;
};

/** Joins and leaves of a few seconds, told in one line of the card's thread. */
export type ThreadContent = {
  kind: "thread";
  joined: Person[];
  left: Person[];
  started: boolean;
  /** Whom a moderator put off the call. */
  takenOff: Person[];
  /** Whoever of those who joined can be put off the call still: carries the Remove buttons. */
  removable: { name: string; participantId: string }[];
  /** Calls that were in the room and that we never let in; they are put out. */
  intruders: number;
  /** Minutes and seconds until the end, when the last moderator's call ended. */
  graceSeconds: number | null;
};

/** One call that failed to verify, or is failing. */
export type FailedCall = {
  callSid: string;
  /** Whom the caller claimed to be: the roster entry that holds the number. */
  claimed: Person;
  participantId: string;
  /** The last two digits, masked: "•••• 21". */
  maskedNumber: string;
  wrongCodes: number;
  /** Null while the caller is still on the line and trying. */
  failure: CallFailure | null;
  /** The caller got the code right in the end (on this call). */
  wasAdmitted: boolean;
  startedAt: number;
  lastFailureAt: number;
  verdict: string | null;
  lockedUntil: number | null;
  /** Whether a moderator can clear a lock-out: carries the Reset button. */
  isLocked: boolean;
};

/** Failed verifications of one call, of two calls that claimed one number, or of many when too many wait to be told. */
export type AlertContent = { kind: "alert"; calls: FailedCall[]; isOneNumberTwice: boolean };

/** Callers on no roster, gathered when they are many. */
export type StrangersContent = {
  kind: "strangers";
  count: number;
  /** The latest, at most ten. */
  calls: { maskedNumber: string | null; at: number; verdict: string | null }[];
  firstAt: number;
  lastAt: number;
};

/** Messages that Slack refuses for good, told to the line's own channel. */
export type TroubleContent = {
  kind: "trouble";
  /** `name` is whom direct messages are for; null for a channel, and for somebody whom no roster ever knew. */
  parked: { channelId: string; name: string | null; reason: string; count: number }[];
};

/** What a Slack message of ours says, before anybody words it. */
export type MessageContent =
  | CardContent
  | ThreadContent
  | AlertContent
  | StrangersContent
  | TroubleContent
  | InvitationContent
  | ReminderContent
  | NoticeContent
  | MissingContent;

/** Whether a message tells nothing that is still of use, if it was not posted yet: what it was to remind of is over. */
export function isOldNews(content: MessageContent): boolean {
  switch (content.kind) {
    case "reminder":
      return content.state !== "open" || content.time === null || content.recipient?.isInvited === false;
    case "missing":
      return content.state !== "missing" || content.recipient?.isInvited !== true;
    case "card":
    case "thread":
    case "alert":
    case "strangers":
    case "trouble":
    case "invitation":
    case "notice":
      return false;
  }
}
