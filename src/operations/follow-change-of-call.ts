import { dayOf, findOccurrence } from "../conference/occurrences.ts";
import type { Tx } from "../db/database.ts";
import { holdOpenSession, updateSession } from "../db/sessions.ts";
import type { Line } from "./line.ts";
import type { LoadedSeries } from "./load-series.ts";
import { touchCardOf } from "./note-dial-out.ts";
import { reconsiderSession } from "./reconsider-session.ts";

/** Has the session of a call follow what became of the call: one that is off, or later, is waited for no more. */
export async function followChangeOfCall(tx: Tx, line: Line, loaded: LoadedSeries, now: number): Promise<void> {
  const { series, exceptions, conference } = loaded;
  const session = await holdOpenSession(tx, conference.id);
  if (session === null || session.seriesId !== series.id || session.day === null) return;
  // The series begins anew after the call that is under way: that one goes on as it was.
  if (series.cancelledAt === null && session.day < dayOf(series.startsLocal)) return;
  const occurrence = series.cancelledAt === null ? findOccurrence(series, exceptions, session.day) : null;
  const isOn = occurrence !== null && occurrence.startsAt <= now;
  await updateSession(tx, session.id, { expectedUntil: isOn ? occurrence.endsAt : now });
  await reconsiderSession(tx, line, session.id, now);
  await touchCardOf(tx, session.id, now);
}
