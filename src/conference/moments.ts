import { occurrencesAfter } from "./occurrences.ts";
import { type Exception, MISSING_AFTER_MINUTES, type Occurrence, type Series } from "./series.ts";

/** What is to be done about a scheduled call, and when. */
export type Moment = { kind: MomentKind; at: number; occurrence: Occurrence };
export type MomentKind = "remind-channel" | "remind-people" | "start" | "tell-missing" | "end";

const MINUTE_MS = 60_000;

type Planned = Parameters<typeof occurrencesAfter>[0] &
  Pick<Series, "channelReminderMinutes" | "personalReminderMinutes">;

/** All moments of one call, in their order. */
export function momentsOf(series: Planned, occurrence: Occurrence): Moment[] {
  const { startsAt, endsAt } = occurrence;
  const before = (kind: MomentKind, minutes: number | null): Moment[] =>
    minutes === null ? [] : [{ kind, at: startsAt - minutes * MINUTE_MS, occurrence }];
  const moments: Moment[] = [
    ...before("remind-channel", series.channelReminderMinutes),
    ...before("remind-people", series.personalReminderMinutes),
    { kind: "start", at: startsAt, occurrence },
    { kind: "tell-missing", at: startsAt + MISSING_AFTER_MINUTES * MINUTE_MS, occurrence },
    { kind: "end", at: endsAt, occurrence },
  ];
  return moments.toSorted((a, b) => a.at - b.at);
}

/** What fell due after one instant and until another, in its order: also of calls that are over meanwhile. */
export function momentsBetween(
  series: Planned,
  exceptions: readonly Exception[],
  after: number,
  until: number,
): Moment[] {
  const due: Moment[] = [];
  for (const occurrence of occurrencesAfter(series, exceptions, after)) {
    if (occurrence.startsAt - longestLeadMs(series) > until) break;
    due.push(...momentsOf(series, occurrence).filter(({ at }) => at > after && at <= until));
  }
  return due.toSorted((a, b) => a.at - b.at);
}

/** When something is next to be done about a series; null when it is over. */
export function nextMomentAt(series: Planned, exceptions: readonly Exception[], after: number): number | null {
  let next: number | null = null;
  for (const occurrence of occurrencesAfter(series, exceptions, after)) {
    // A reminder of the next call may come before the end of this one.
    if (next !== null && occurrence.startsAt - longestLeadMs(series) >= next) break;
    const at = momentsOf(series, occurrence).find((moment) => moment.at > after)?.at;
    if (at !== undefined && (next === null || at < next)) next = at;
  }
  return next;
}

/** What is due about a series, and what is noted with the doing of it. */
export type Due = {
  moments: Moment[];
  /**
   * The last moment that fell due: not the present, for a clock that leapt ahead and was set right had passed over none
   * that comes after it.
   */
  handledUntil: number;
  /** When something is next to be done; null when it is over. */
  next: number | null;
};

export function dueNow(
  series: Planned & Pick<Series, "handledUntil">,
  exceptions: readonly Exception[],
  now: number,
): Due {
  const moments = momentsBetween(series, exceptions, series.handledUntil, now);
  const handledUntil = moments.at(-1)?.at ?? series.handledUntil;
  return { moments, handledUntil, next: nextMomentAt(series, exceptions, handledUntil) };
}

/** With any of these the calls themselves are at other times. */
const STARTS = ["startsLocal", "rule"] as const;

/**
 * Until when a series counts as handled once somebody changed it: calls that start at another time are still to come.
 *
 * Of calls that start when they did, nothing that was done before a clock was set back is done again, however long they
 * are now, and whenever they are reminded of.
 */
export function handledOnceChanged(
  before: Planned & Pick<Series, "handledUntil">,
  after: Partial<Planned>,
  now: number,
): number {
  const isMoved = STARTS.some((time) => after[time] !== undefined && after[time] !== before[time]);
  return isMoved ? Math.min(before.handledUntil, now) : before.handledUntil;
}

/** Whether doing it late still helps: until the call is over. That it is over must be noted however late. */
export function isStillWorth({ kind, occurrence }: Moment, now: number): boolean {
  return kind === "end" || now < occurrence.endsAt;
}

function longestLeadMs({ channelReminderMinutes, personalReminderMinutes }: Planned): number {
  return Math.max(channelReminderMinutes ?? 0, personalReminderMinutes ?? 0) * MINUTE_MS;
}
