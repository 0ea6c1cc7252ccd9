import { and, asc, eq, gt, isNull, or } from "drizzle-orm";
import type { Conference } from "../conference/roster.ts";
import type { Exception, Series } from "../conference/series.ts";
import type { Reader, Tx } from "./database.ts";
import { conferenceColumns } from "./roster.ts";

export async function findConferenceOfCalendar({ q, t }: Reader, token: string): Promise<Conference | null> {
  const [row] = await q.select(conferenceColumns(t)).from(t.conferences).where(eq(t.conferences.calendarToken, token));
  return row ?? null;
}

/** The unguessable part of a calendar's address; null when nobody asked for it yet. */
export async function findCalendarToken({ q, t }: Reader, conferenceId: string): Promise<string | null> {
  const [row] = await q
    .select({ token: t.conferences.calendarToken })
    .from(t.conferences)
    .where(eq(t.conferences.id, conferenceId));
  return row?.token ?? null;
}

/** Gives a calendar its address, unless a rival just gave it one. */
export async function giveCalendarToken(tx: Tx, conferenceId: string, token: string): Promise<void> {
  const { conferences } = tx.t;
  await tx.q
    .update(conferences)
    .set({ calendarToken: token })
    .where(and(eq(conferences.id, conferenceId), isNull(conferences.calendarToken)));
}

/** Gives a calendar another address. The one before is nobody's any more. */
export async function replaceCalendarToken(tx: Tx, conferenceId: string, token: string): Promise<void> {
  const { conferences } = tx.t;
  await tx.q.update(conferences).set({ calendarToken: token }).where(eq(conferences.id, conferenceId));
}

export type KeptSeries = { series: Series; changedAt: number | null; exceptions: Exception[] };

/** What is scheduled in a conference, and what was over or cancelled only after `finishedAfter`; the oldest first. */
export async function listKeptSeries(
  { q, t }: Reader,
  conferenceId: string,
  finishedAfter: number,
): Promise<KeptSeries[]> {
  const { series, seriesExceptions } = t;
  const isKept = and(
    eq(series.conferenceId, conferenceId),
    or(isNull(series.finishedAt), gt(series.finishedAt, finishedAfter)),
  );
  const rows = await q.select().from(series).where(isKept).orderBy(asc(series.createdAt), asc(series.number));
  const exceptions = await q
    .select({ exception: seriesExceptions })
    .from(seriesExceptions)
    .innerJoin(series, eq(series.id, seriesExceptions.seriesId))
    .where(isKept)
    .orderBy(asc(seriesExceptions.day));
  return rows.map((row) => ({
    series: row,
    changedAt: row.changedAt,
    exceptions: exceptions.map(({ exception }) => exception).filter(({ seriesId }) => seriesId === row.id),
  }));
}
