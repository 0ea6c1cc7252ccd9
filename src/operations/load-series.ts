import { type Invitee, inviteesOf } from "../conference/invitees.ts";
import type { Conference, Participant } from "../conference/roster.ts";
import type { Exception, Series } from "../conference/series.ts";
import type { Reader } from "../db/database.ts";
import { listMessagesOfSeries, type Message } from "../db/messages.ts";
import { findConference, listRoster } from "../db/roster.ts";
import { findSeries, listAnswers, listExceptions } from "../db/series.ts";
import { AppError } from "../errors.ts";

/** A series with all that messages about it tell. */
export type LoadedSeries = {
  series: Series;
  conference: Conference;
  exceptions: Exception[];
  roster: Participant[];
  /** Who is invited now, with what they said. */
  invitees: Invitee[];
};

/** @throws {AppError} `not_found` */
export async function loadSeries(reader: Reader, seriesId: string): Promise<LoadedSeries> {
  const series = await findSeries(reader, seriesId);
  const conference = series === null ? null : await findConference(reader, series.conferenceId);
  if (series === null || conference === null) throw new AppError("not_found", `no scheduled call ${seriesId}`);
  const roster = await listRoster(reader, conference.id);
  const answers = await listAnswers(reader, seriesId);
  return {
    series,
    conference,
    exceptions: await listExceptions(reader, seriesId),
    roster,
    invitees: inviteesOf(series, roster, answers),
  };
}

/** No reminder is of a call that is further away: older ones are of calls that are over. */
const RECENT_MS = 48 * 3_600_000;

/** Messages about a series that may still have to be brought up to date, oldest first. */
export async function listLivingMessages(reader: Reader, seriesId: string, now: number): Promise<Message[]> {
  return listMessagesOfSeries(reader, seriesId, now - RECENT_MS);
}
