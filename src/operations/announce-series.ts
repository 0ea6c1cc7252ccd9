import type { Conference } from "../conference/roster.ts";
import type { Day, LocalTime, Series } from "../conference/series.ts";
import type { Tx } from "../db/database.ts";
import { insertMessage } from "../db/messages.ts";
import type { Line } from "./line.ts";

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
  const { teamId, channelId } = conference;
  const message = { id: line.newId(), teamId, kind: "invitation", sessionId: null, seriesId: series.id } as const;
  await insertMessage(tx, { ...message, channelId }, now);
}

/** Brings the invitations up to date, and tells people once what is different. */
export async function tellOfChange(
  _tx: Tx,
  _line: Line,
  _conference: Conference,
  _series: Series,
  _change: SeriesChange,
  _now: number,
): Promise<void> {}
