import ICAL from "ical.js";
import type { CalendarSeries } from "../../src/calendar/events.ts";
import { renderFeed } from "../../src/calendar/feed.ts";
import type { Exception, Series } from "../../src/conference/series.ts";
import { LINE_NUMBER, NOON, TEAM } from "../support/builders.ts";

export const TELLER = { phoneNumber: LINE_NUMBER, host: "line.example.org" };

export function aSeries(overrides: Partial<Series> = {}): Series {
  return {
    id: "series-1",
    teamId: TEAM,
    conferenceId: "conf-ops",
    number: 1,
    title: "Sprint review",
    notes: "",
    startsLocal: "2026-11-24T15:00",
    zone: "Europe/Berlin",
    minutes: 45,
    rule: "FREQ=WEEKLY;BYDAY=TU",
    untilDay: null,
    inviteeIds: null,
    channelReminderMinutes: 10,
    personalReminderMinutes: 5,
    callsEveryone: false,
    sequence: 0,
    createdBy: "U0ISABELLE",
    createdAt: NOON,
    handledUntil: NOON,
    cancelledAt: null,
    finishedAt: null,
    ...overrides,
  };
}

export function anException(day: string, overrides: Partial<Exception> = {}): Exception {
  const same = { title: null, notes: null, startsLocal: null, minutes: null };
  return { seriesId: "series-1", day, isCancelled: false, ...same, ...overrides };
}

/** The feed of series, as a client gets it: bytes. */
export function feedOf(...scheduled: (Series | CalendarSeries)[]): string {
  const all = scheduled.map((one) => ("series" in one ? one : { series: one, changedAt: null, exceptions: [] }));
  return Buffer.from(renderFeed("Calls of ops", all, TELLER, NOON)).toString("utf8");
}

/** The lines of a feed, unfolded; those of its time zones left out. */
export function linesOf(feed: string): string[] {
  const unfolded = feed.replaceAll("\r\n ", "").replaceAll(/BEGIN:VTIMEZONE[\s\S]*?END:VTIMEZONE\r\n/g, "");
  return unfolded.split("\r\n");
}

export type ReadCall = { local: string; at: number; seconds: number; title: string };

/** The first calls of the first series of a feed, by an independent reader. */
export function readCalls(feed: string, limit: number): ReadCall[] {
  const calendar = ICAL.Component.fromString(feed);
  const [master, ...others] = calendar.getAllSubcomponents("vevent");
  if (master === undefined) return [];
  const exceptions = others.filter((other) => other.hasProperty("recurrence-id"));
  const event = new ICAL.Event(master, { exceptions });
  const calls: ReadCall[] = [];
  const times = event.iterator();
  for (let next = times.next(); next && calls.length < limit; next = times.next()) {
    // Its own types name one that they do not export.
    const { item, startDate } = event.getOccurrenceDetails(next) as { item: ICAL.Event; startDate: ICAL.Time };
    calls.push({
      local: startDate.toString().slice(0, 16),
      at: startDate.toUnixTime() * 1000,
      seconds: item.duration.toSeconds(),
      title: item.summary,
    });
  }
  return calls;
}
