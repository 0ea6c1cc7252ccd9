import { and, asc, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Answer, Day, Exception, Series } from "../conference/series.ts";
import type { Reader, Tx } from "./database.ts";

const exceptionColumns = ({ seriesExceptions }: Reader["t"]) => ({
  seriesId: seriesExceptions.seriesId,
  day: seriesExceptions.day,
  isCancelled: seriesExceptions.isCancelled,
  title: seriesExceptions.title,
  notes: seriesExceptions.notes,
  startsLocal: seriesExceptions.startsLocal,
  minutes: seriesExceptions.minutes,
});

export async function insertSeries(tx: Tx, series: Series): Promise<void> {
  await tx.q.insert(tx.t.series).values(series);
}

export async function updateSeries(
  tx: Tx,
  seriesId: string,
  changes: Partial<Omit<Series, "id" | "teamId" | "conferenceId" | "number">> & { changedAt?: number },
): Promise<void> {
  await tx.q.update(tx.t.series).set(changes).where(eq(tx.t.series.id, seriesId));
}

/** Takes a series until the transaction ends: its job may be at work on another node. */
export async function holdSeries(tx: Tx, seriesId: string): Promise<Series | null> {
  const { series } = tx.t;
  const [row] = await tx.q
    .update(series)
    .set({ sequence: sql`${series.sequence}` })
    .where(eq(series.id, seriesId))
    .returning();
  return row ?? null;
}

export async function findSeries({ q, t }: Reader, seriesId: string): Promise<Series | null> {
  const [row] = await q.select().from(t.series).where(eq(t.series.id, seriesId));
  return row ?? null;
}

/** The scheduled call that has a number now. */
export async function findSeriesByNumber(
  { q, t }: Reader,
  conferenceId: string,
  number: number,
): Promise<Series | null> {
  const [row] = await q
    .select()
    .from(t.series)
    .where(and(eq(t.series.conferenceId, conferenceId), eq(t.series.number, number), isNull(t.series.finishedAt)));
  return row ?? null;
}

/** What is scheduled in a conference and not over, by number. */
export async function listOpenSeries({ q, t }: Reader, conferenceId: string): Promise<Series[]> {
  return q
    .select()
    .from(t.series)
    .where(and(eq(t.series.conferenceId, conferenceId), isNull(t.series.finishedAt)))
    .orderBy(asc(t.series.number));
}

export async function listExceptions({ q, t }: Reader, seriesId: string): Promise<Exception[]> {
  return q
    .select(exceptionColumns(t))
    .from(t.seriesExceptions)
    .where(eq(t.seriesExceptions.seriesId, seriesId))
    .orderBy(asc(t.seriesExceptions.day));
}

/** What is different about calls of everything that is scheduled in a conference and not over, by series. */
export async function listExceptionsOf(
  { q, t }: Reader,
  conferenceId: string,
): Promise<ReadonlyMap<string, readonly Exception[]>> {
  const rows = await q
    .select(exceptionColumns(t))
    .from(t.seriesExceptions)
    .innerJoin(t.series, eq(t.series.id, t.seriesExceptions.seriesId))
    .where(and(eq(t.series.conferenceId, conferenceId), isNull(t.series.finishedAt)))
    .orderBy(asc(t.seriesExceptions.day));
  const bySeries = new Map<string, Exception[]>();
  for (const row of rows) bySeries.set(row.seriesId, [...(bySeries.get(row.seriesId) ?? []), row]);
  return bySeries;
}

/** Sets what is different about one call of a series; what was different before is forgotten. */
export async function putException(tx: Tx, teamId: string, exception: Exception): Promise<void> {
  const { seriesExceptions } = tx.t;
  await tx.q
    .insert(seriesExceptions)
    .values({ ...exception, teamId })
    .onConflictDoUpdate({ target: [seriesExceptions.seriesId, seriesExceptions.day], set: exception });
}

/** Forgets what is different about calls of a series. */
export async function deleteExceptions(tx: Tx, seriesId: string, days: readonly Day[]): Promise<void> {
  if (days.length === 0) return;
  const { seriesExceptions } = tx.t;
  await tx.q
    .delete(seriesExceptions)
    .where(and(eq(seriesExceptions.seriesId, seriesId), inArray(seriesExceptions.day, [...days])));
}

/** Notes what somebody answered to an invitation; the last answer counts. */
export async function putAnswer(
  tx: Tx,
  answer: { seriesId: string; teamId: string; participantId: string; answer: Answer; at: number },
): Promise<void> {
  const { answers } = tx.t;
  await tx.q
    .insert(answers)
    .values(answer)
    .onConflictDoUpdate({ target: [answers.seriesId, answers.participantId], set: answer });
}

export async function listAnswers(
  { q, t }: Reader,
  seriesId: string,
): Promise<{ participantId: string; answer: Answer }[]> {
  return q
    .select({ participantId: t.answers.participantId, answer: t.answers.answer })
    .from(t.answers)
    .where(eq(t.answers.seriesId, seriesId))
    .orderBy(asc(t.answers.at));
}
