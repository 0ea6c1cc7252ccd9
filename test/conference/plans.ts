import type { Day, Exception, SeriesPlan } from "../../src/conference/series.ts";

/** A plan as somebody might make it; only what matters to a test is named there. */
export function aPlan(plan: Partial<SeriesPlan> = {}): SeriesPlan {
  return {
    ...{ title: "Sprint review", notes: "", startsLocal: "2026-11-25T15:00", zone: "Europe/Berlin", minutes: 45 },
    ...{ rule: null, untilDay: null, inviteeIds: null, channelReminderMinutes: 10, personalReminderMinutes: 5 },
    ...{ callsEveryone: false },
    ...plan,
  };
}

export function anException(day: Day, exception: Partial<Exception> = {}): Exception {
  return {
    ...{ seriesId: "series-1", day, isCancelled: false, title: null, notes: null, startsLocal: null, minutes: null },
    ...exception,
  };
}

/** The first of a sequence that may have no end. */
export function firstOf<T>(count: number, sequence: Iterable<T>): T[] {
  const found: T[] = [];
  for (const one of sequence) if (found.push(one) === count) break;
  return found;
}
