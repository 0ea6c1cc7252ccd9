import type { Conference } from "../conference/roster.ts";
import type { Day, LocalTime, Series } from "../conference/series.ts";
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
  kind: "changed" | "cancelled";
  /** `one` call of the series, that one and all that `follow`, or `all`. */
  extent: "one" | "following" | "all";
  /** The first call that it is about; null for `all`. */
  day: Day | null;
  /** When it was to start before, and how it was called, where that changed. */
  before: { startsLocal: LocalTime; title: string; minutes: number } | null;
  actorUserId: string;
};

/** Promises the invitations to a series: one to its channel, and one to each Slack user who is invited. */
export async function inviteTo(tx: Tx, line: Line, conference: Conference, series: Series, now: number): Promise<void> {
  const loaded = await loadSeries(tx, series.id);
  for (const channelId of [conference.channelId, ...slackUsersOf(loaded)]) {
    await insertInvitation(tx, line, series, channelId, now);
  }
}

/** Brings the invitations up to date, and tells people once what is different. */
export async function tellOfChange(
  tx: Tx,
  line: Line,
  conference: Conference,
  series: Series,
  change: SeriesChange,
  now: number,
): Promise<void> {
  const loaded = await loadSeries(tx, series.id);
  const messages = await listLivingMessages(tx, series.id, now);
  for (const { id, kind } of messages) if (kind !== "notice") await touchMessage(tx, id, now);
  const users = slackUsersOf(loaded);
  const knowing = new Set(messages.map(({ channelId }) => channelId));
  // Those who were added by name are asked; whoever came onto the roster of a call for all hears of it in time.
  const added = series.inviteeIds === null ? [] : users.filter((userId) => !knowing.has(userId));
  for (const userId of added) await insertInvitation(tx, line, series, userId, now);
  const told = users.filter((userId) => knowing.has(userId) && userId !== change.actorUserId);
  for (const channelId of [conference.channelId, ...told]) {
    await tell(
      tx,
      line,
      series,
      messages.filter((message) => message.channelId === channelId),
      channelId,
      change,
      now,
    );
  }
  await followChangeOfCall(tx, line, loaded, now);
}

/** The Slack users among those who are invited now. */
function slackUsersOf({ invitees }: LoadedSeries): string[] {
  return invitees.flatMap(({ person: { slackUserId } }) => (slackUserId === null ? [] : [slackUserId]));
}

async function insertInvitation(tx: Tx, line: Line, series: Series, channelId: string, now: number): Promise<void> {
  const { teamId, id: seriesId } = series;
  await insertMessage(tx, { id: line.newId(), teamId, channelId, kind: "invitation", sessionId: null, seriesId }, now);
}

async function tell(
  tx: Tx,
  line: Line,
  { teamId, id: seriesId }: Series,
  known: readonly Message[],
  channelId: string,
  { kind, extent, day, before, actorUserId }: SeriesChange,
  now: number,
): Promise<void> {
  const waiting = known.find((one) => one.kind === "notice" && one.ts === null && one.uncertainSince === null);
  const messageId = waiting?.id ?? line.newId();
  if (waiting === undefined) {
    const message = { id: messageId, teamId, channelId, kind: "notice", sessionId: null, seriesId } as const;
    await insertMessage(tx, message, now, now + NOTICE_WINDOW_MS);
  } else await touchMessage(tx, messageId, now, now + NOTICE_WINDOW_MS);
  const was =
    before === null
      ? {}
      : { beforeTitle: before.title, beforeStartsLocal: before.startsLocal, beforeMinutes: before.minutes };
  // Of no conference: its log tells of the change itself.
  await record(tx, {
    teamId,
    conferenceId: null,
    kind: kind === "changed" ? "call-changed" : "call-cancelled",
    at: now,
    actorUserId,
    messageId,
    detail: { extent, day, ...was },
  });
}
