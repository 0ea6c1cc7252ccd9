/** Wall-clock time without a zone: `2026-11-24T15:00`. */
export type LocalTime = string;

/** A day of the calendar: `2026-11-24`. */
export type Day = string;

export type EntryMode = "anytime" | "scheduled";

/** What somebody asks for who schedules a call. */
export type SeriesPlan = {
  title: string;
  notes: string;
  /** When the first one starts, in `zone`. */
  startsLocal: LocalTime;
  /** An IANA zone: a series keeps its wall-clock time there. */
  zone: string;
  minutes: number;
  /** The recurrence rule of RFC 5545 without DTSTART, UNTIL and COUNT, at most one a day; null for a single call. */
  rule: string | null;
  /** The last day, in `zone`, on which one may start. */
  untilDay: Day | null;
  /** Ids of participants; null invites whoever is on the roster then. */
  inviteeIds: string[] | null;
  /** How long before the channel is reminded; null: never. */
  channelReminderMinutes: number | null;
  /** How long before those invited are reminded who said yes or nothing; null: never. */
  personalReminderMinutes: number | null;
  /** Whether everybody invited is called at the start. */
  callsEveryone: boolean;
};

/** A scheduled call, or a series of them. */
export type Series = SeriesPlan & {
  id: string;
  teamId: string;
  conferenceId: string;
  /** Small, and always the same: `/conf cancel 3`. */
  number: number;
  /** How often it changed: SEQUENCE of RFC 5545. */
  sequence: number;
  /** A Slack user. */
  createdBy: string;
  createdAt: number;
  /** What was due until then is done or let go: nothing is done twice, whatever the clock does. */
  handledUntil: number;
  cancelledAt: number | null;
  /** When it was cancelled, or its last call was over. Its number is free then. */
  finishedAt: number | null;
};

/** What is different about one call of a series. Nothing else is stored per call. */
export type Exception = {
  seriesId: string;
  /** The day, in the series' zone, on which it would have started: its name within the series. */
  day: Day;
  isCancelled: boolean;
  title: string | null;
  notes: string | null;
  startsLocal: LocalTime | null;
  minutes: number | null;
};

/** One call of a series, as it is to be. */
export type Occurrence = {
  day: Day;
  title: string;
  notes: string;
  startsLocal: LocalTime;
  startsAt: number;
  endsAt: number;
  minutes: number;
  /** Whether it starts at another time than the rule says. */
  isMoved: boolean;
};

export type Answer = "yes" | "maybe" | "no";

/** So many calls of one channel may be scheduled, each series counted once: all are looked through for the next. */
export const MAX_OPEN_SERIES = 100;
export const MAX_TITLE_LENGTH = 120;
export const MAX_NOTES_LENGTH = 2000;
export const DEFAULT_MINUTES = 30;
export const MAX_MINUTES = 240;
export const MIN_MINUTES = 5;
export const DEFAULT_CHANNEL_REMINDER_MINUTES = 10;
export const DEFAULT_PERSONAL_REMINDER_MINUTES = 5;
export const DEFAULT_EARLY_MINUTES = 15;
export const MAX_EARLY_MINUTES = 120;
/** When those who are missing get a message, after the start. */
export const MISSING_AFTER_MINUTES = 3;
