import { isInvited } from "../conference/invitees.ts";
import type { LogDetail } from "../conference/log-entry.ts";
import { endOfCallOn, findOccurrence } from "../conference/occurrences.ts";
import type { Conference, Participant } from "../conference/roster.ts";
import type { Day, Series } from "../conference/series.ts";
import type { Tx } from "../db/database.ts";
import { record } from "../db/events.ts";
import { insertMessage, type Message, touchMessage } from "../db/messages.ts";
import { followChangeOfCall } from "./follow-change-of-call.ts";
import type { Line } from "./line.ts";
import { listLivingMessages, type LoadedSeries, loadSeries } from "./load-series.ts";

/** Changes within this time are told in one message. */
const NOTICE_WINDOW_MS = 4000;

/** What happened to a scheduled call, as people are told of it. */
export type SeriesChange = {
  /** `one` call of the series, that one and all that `follow`, or `all`. */
  extent: "one" | "following" | "all";
  /** The first call that it is about; null for `all`. */
  day: Day | null;
  actorUserId: string;
} /** The call, or the first of them, as people expected it; null for `all`. */ & (
  | { kind: "cancelled"; before: null; call: ExpectedCall | null }
  /** The series as it was, or the one call of it. */
  | { kind: "changed"; before: CallBefore }
);

type ExpectedCall = Pick<Series, "title" | "startsLocal" | "minutes">;

type CallBefore = Pick<
  Series,
  "title" | "notes" | "startsLocal" | "zone" | "minutes" | "rule" | "untilDay" | "inviteeIds"
>;

/** Promises the invitations to a series: one to its channel, and one to each Slack user who is invited. */
export async function inviteTo(tx: Tx, line: Line, conference: Conference, series: Series, now: number): Promise<void> {
  const loaded = await loadSeries(tx, series.id);
  for (const channelId of [conference.channelId, ...slackUsersOf(loaded.invitees.map(({ person }) => person))]) {
    await insertInvitation(tx, line, series, channelId, now);
  }
}

/** Who is told of a change: nobody of who is reminded when; of other people than before, only those. */
export type Told = "everybody" | "who-came-or-went" | "nobody";

/** Brings what was said up to date, and tells people once what is different for them. */
export async function tellOfChange(
  tx: Tx,
  line: Line,
  series: Series,
  change: SeriesChange,
  now: number,
): Promise<Told> {
  const loaded = await loadSeries(tx, series.id);
  const messages = await listLivingMessages(tx, series.id, now);
  const { touched, invited, told, isForAll } = decideWhoHears(loaded, messages, change, now);
  for (const { id } of touched) await touchMessage(tx, id, now);
  for (const userId of invited) await insertInvitation(tx, line, series, userId, now);
  for (const channelId of told) {
    const known = messages.filter((message) => message.channelId === channelId);
    await tell(tx, line, loaded, known, channelId, change, now);
  }
  await followChangeOfCall(tx, line, loaded, change.before ?? series, now);
  if (isForAll) return "everybody";
  return invited.length + told.length > 0 ? "who-came-or-went" : "nobody";
}

type Hearing = {
  /** Messages to be brought up to date. */
  touched: Message[];
  /** Slack users who get an invitation. */
  invited: string[];
  /** The channel and the Slack users who get a notice. */
  told: string[];
  isForAll: boolean;
};

function decideWhoHears(
  loaded: LoadedSeries,
  messages: readonly Message[],
  change: SeriesChange,
  now: number,
): Hearing {
  const { series, exceptions, conference, roster } = loaded;
  const before = change.before ?? series;
  const users = slackUsersOf(roster.filter(({ id }) => isInvited(series, id)));
  const usersBefore = new Set(slackUsersOf(roster.filter(({ id }) => isInvited(before, id))));
  const knowing = new Set(messages.map(({ channelId }) => channelId));
  const isForAll = changedFields(loaded, change)?.length !== 0;
  // Who came onto the roster since the invitations has none; what was cancelled, or is about one call, needs none.
  const isInvitation = change.kind === "changed" && change.extent === "all";
  const toInvite = (userId: string) => !usersBefore.has(userId) || (isForAll && isInvitation && !knowing.has(userId));
  const uninvited = [...usersBefore].filter((userId) => !users.includes(userId) && knowing.has(userId));
  const informed = isForAll ? users.filter((userId) => !toInvite(userId)) : [];
  const isConcerned = ({ channelId }: Message) =>
    channelId === conference.channelId || users.includes(channelId) || usersBefore.has(channelId);
  // What people were told of a call that is over is not about any other.
  const isPast = ({ day }: Message) => day !== null && endOfCallOn(before, exceptions, day) <= now;
  return {
    touched: messages.filter((message) => message.kind !== "notice" && isConcerned(message) && !isPast(message)),
    invited: users.filter(toInvite),
    told: [
      ...(isForAll ? [conference.channelId] : []),
      ...[...informed, ...uninvited].filter((userId) => userId !== change.actorUserId),
    ],
    isForAll,
  };
}

const TOLD = ["title", "notes", "startsLocal", "minutes", "rule", "untilDay"] as const;

/**
 * What is different for everybody: who is invited, or reminded, and when, is not.
 *
 * @returns null for a call that is no more
 */
function changedFields({ series, exceptions }: LoadedSeries, { extent, day, before }: SeriesChange): string[] | null {
  if (before === null) return null;
  const one = extent === "one" && day !== null ? findOccurrence(series, exceptions, day) : null;
  if (extent === "one" && one === null) return null;
  const after = { ...series, ...one };
  return TOLD.filter((field) => before[field] !== after[field]);
}

function slackUsersOf(people: readonly Participant[]): string[] {
  return people.flatMap(({ slackUserId }) => (slackUserId === null ? [] : [slackUserId]));
}

async function insertInvitation(tx: Tx, line: Line, series: Series, channelId: string, now: number): Promise<void> {
  const { teamId, id: seriesId } = series;
  await insertMessage(tx, { id: line.newId(), teamId, channelId, kind: "invitation", sessionId: null, seriesId }, now);
}

async function tell(
  tx: Tx,
  line: Line,
  loaded: LoadedSeries,
  known: readonly Message[],
  channelId: string,
  change: SeriesChange,
  now: number,
): Promise<void> {
  const { teamId, id: seriesId } = loaded.series;
  const waiting = known.find((one) => one.kind === "notice" && one.ts === null && one.uncertainSince === null);
  const messageId = waiting?.id ?? line.newId();
  if (waiting === undefined) {
    const message = { id: messageId, teamId, channelId, kind: "notice", sessionId: null, seriesId } as const;
    await insertMessage(tx, message, now, now + NOTICE_WINDOW_MS);
  } else await touchMessage(tx, messageId, now, now + NOTICE_WINDOW_MS);
  const { kind, extent, day, actorUserId } = change;
  // Of no conference: its log tells of the change itself.
  await record(tx, {
    teamId,
    conferenceId: null,
    kind: kind === "changed" ? "call-changed" : "call-cancelled",
    at: now,
    actorUserId,
    messageId,
    detail: { extent, day, ...wasBefore(loaded, change) },
  });
}

function wasBefore(loaded: LoadedSeries, change: SeriesChange): LogDetail {
  if (change.kind === "cancelled") return change.call === null ? {} : expected(change.call);
  const { extent, before } = change;
  const was = { ...expected(before), changed: changedFields(loaded, change)?.join(" ") ?? "" };
  return extent === "one" ? was : { ...was, beforeRule: before.rule, beforeUntilDay: before.untilDay };
}

function expected({ title, startsLocal, minutes }: ExpectedCall): LogDetail {
  return { beforeTitle: title, beforeStartsLocal: startsLocal, beforeMinutes: minutes };
}
