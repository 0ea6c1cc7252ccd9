import { nextOccurrences } from "../conference/upcoming.ts";
import { findOccurrence } from "../conference/occurrences.ts";
import type { PhoneNumber } from "../conference/phone-number.ts";
import type { NoticeContent, ToldChange } from "../conference/schedule-content.ts";
import type { LogDetail } from "../conference/log-entry.ts";
import type { Reader } from "../db/database.ts";
import { listLogOfMessage, type StoredLogEntry } from "../db/events.ts";
import type { Message } from "../db/messages.ts";
import { aboutCall, seriesOfMessage, timeOf } from "./describe-call.ts";
import type { LoadedSeries } from "./load-series.ts";

/** What changed about a series since people were told: each call that it is about once, as it is now. */
export async function describeNotice(
  reader: Reader,
  message: Message,
  dialIn: PhoneNumber,
  now: number,
): Promise<NoticeContent> {
  const loaded = await seriesOfMessage(reader, message);
  const { zone, rule, startsLocal, untilDay } = loaded.series;
  const entries = await listLogOfMessage(reader, message.id);
  return {
    kind: "notice",
    ...aboutCall(loaded, message, dialIn),
    plan: { zone, rule, startsLocal, untilDay },
    changes: changesIn(loaded, entries, now),
  };
}

function changesIn(loaded: LoadedSeries, entries: readonly StoredLogEntry[], now: number): ToldChange[] {
  const byTarget = new Map<string, StoredLogEntry[]>();
  for (const entry of entries) {
    const target = `${String(entry.detail["extent"])} ${String(entry.detail["day"])}`;
    byTarget.set(target, [...(byTarget.get(target) ?? []), entry]);
  }
  const changes = [...byTarget.values()].map((same) => changeOf(loaded, same, now));
  // That all is cancelled makes whatever else was changed old news.
  const end = changes.find(({ extent, after }) => extent === "all" && after === null);
  return end === undefined ? changes : [end];
}

function changeOf(loaded: LoadedSeries, entries: readonly StoredLogEntry[], now: number): ToldChange {
  const detail: LogDetail = entries[0]?.detail ?? {};
  const extent = detail["extent"] === "one" || detail["extent"] === "following" ? detail["extent"] : "all";
  const day = typeof detail["day"] === "string" ? detail["day"] : null;
  // What people knew before is what it was before the first of the changes that they are told of now.
  const before = entries.map((entry) => beforeIn(entry.detail)).find((known) => known !== null) ?? null;
  const isCut = extent === "following" && entries.at(-1)?.kind === "call-cancelled";
  const hasNewNotes = entries.some(({ detail: { changed } }) => String(changed).split(" ").includes("notes"));
  return { extent, day, before, after: isCut ? null : nowOf(loaded, extent, day, now), hasNewNotes };
}

function beforeIn(detail: LogDetail): ToldChange["before"] {
  const { beforeTitle: title, beforeStartsLocal: startsLocal, beforeMinutes, beforeRule, beforeUntilDay } = detail;
  if (typeof title !== "string" || typeof startsLocal !== "string") return null;
  const textIn = (value: LogDetail[string] | undefined) => (typeof value === "string" ? value : null);
  const repetition = { rule: textIn(beforeRule), untilDay: textIn(beforeUntilDay) };
  return { title, startsLocal, minutes: Number(beforeMinutes), ...repetition };
}

function nowOf(
  loaded: LoadedSeries,
  extent: ToldChange["extent"],
  day: string | null,
  now: number,
): ToldChange["after"] {
  const { series, exceptions } = loaded;
  if (series.cancelledAt !== null) return null;
  if (extent !== "one" || day === null) {
    const { title, startsLocal, minutes, rule, untilDay } = series;
    return {
      title,
      startsLocal,
      minutes,
      rule,
      untilDay,
      next: timeOf(loaded, nextOccurrences(series, exceptions, now, 1)[0] ?? null),
    };
  }
  const occurrence = findOccurrence(series, exceptions, day);
  if (occurrence === null) return null;
  const { title, startsLocal, minutes } = occurrence;
  return { title, startsLocal, minutes, rule: null, untilDay: null, next: timeOf(loaded, occurrence) };
}
