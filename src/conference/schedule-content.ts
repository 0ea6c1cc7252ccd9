import type { DialOutState } from "./dial-out.ts";
import type { PhoneNumber } from "./phone-number.ts";
import type { Participant } from "./roster.ts";
import type { Answer, Day, LocalTime, Series } from "./series.ts";

type Person = Pick<Participant, "name" | "slackUserId">;

/** When a call is: an instant for everybody's own clock, and the wall-clock time that it keeps in its zone. */
export type CallTime = { startsAt: number; endsAt: number; startsLocal: LocalTime; zone: string };

/** Whom a direct message is for. */
export type Recipient = {
  answer: Answer | null;
  /** Whether they are on the roster, and invited, now. */
  isInvited: boolean;
  /** Without a number on the roster nobody gets in. */
  hasNumber: boolean;
};

export type Said = { [answer in Answer]: Person[] };

/** What messages about a scheduled call have in common. */
type AboutCall = {
  seriesId: string;
  title: string;
  /** Whose conference it is. */
  channelId: string;
  /** The number to dial. */
  dialIn: PhoneNumber;
  /** Null in the channel. */
  recipient: Recipient | null;
};

/** The invitation to a series. */
export type InvitationContent = AboutCall & {
  kind: "invitation";
  state: "open" | "cancelled" | "over";
  plan: Pick<Series, "number" | "notes" | "minutes" | "zone" | "rule" | "startsLocal" | "untilDay" | "callsEveryone">;
  /** The next call of it, or the one that is on. */
  next: CallTime | null;
  said: Said;
  /** How many are invited; null when everybody on the roster is. */
  invited: number | null;
};

/** What is ahead, or has just begun. */
export type ReminderContent = AboutCall & {
  kind: "reminder";
  state: "open" | "cancelled" | "over";
  time: CallTime | null;
  /** Until it starts, at the time of writing; negative when it has begun. */
  startsInMs: number;
  said: Said;
};

/** What a notice of a change compares: of one call without the rule of its series. */
export type ToldPlan = Pick<Series, "title" | "startsLocal" | "minutes" | "rule" | "untilDay">;

/** How something that people were told became different. */
export type ToldChange = {
  extent: "one" | "following" | "all";
  day: Day | null;
  before: ToldPlan | null;
  /** Null: it is cancelled. `next` is when it is, or when the next of them is. */
  after: (ToldPlan & { next: CallTime | null }) | null;
  hasNewNotes: boolean;
};

/** That scheduled calls changed or were cancelled: what is so now, however often it changed. */
export type NoticeContent = AboutCall & {
  kind: "notice";
  plan: Pick<Series, "zone" | "rule" | "startsLocal" | "untilDay">;
  changes: ToldChange[];
};

/** To somebody who is missing from a call that is on. */
export type MissingContent = AboutCall & {
  kind: "missing";
  sessionId: string;
  startsAt: number;
  /** How long the call was on when they were told. */
  startedForMs: number;
  state: "missing" | "joined" | "over";
  /** How calling them goes, or went; null when they were not called. */
  call: DialOutState | null;
};

/** What a card shows besides, when its session is a scheduled call. */
export type ScheduledCall = {
  title: string;
  startsAt: number;
  endsAt: number;
  /** Whether it has been on for some minutes: who is not there by then is missing. */
  isUnderWay: boolean;
  /** What became of it when its session was over before anybody came. */
  calledOff: "cancelled" | "put-off" | null;
  saidNo: Person[];
  /** How calling people goes; empty when nobody is called. */
  calls: DialOutState[];
};
