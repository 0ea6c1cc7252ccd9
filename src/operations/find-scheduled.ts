import { type Actor, mayModerate, type Permission } from "../conference/moderation.ts";
import type { Participant } from "../conference/roster.ts";
import type { Occurrence, Series } from "../conference/series.ts";
import { nextToStart } from "../conference/upcoming.ts";
import { listRoster } from "../db/roster.ts";
import { findSeries, findSeriesByNumber, listExceptions } from "../db/series.ts";
import type { NoConference } from "./change-conference.ts";
import type { NoSuchCall } from "./hold-open-series.ts";
import type { Line } from "./line.ts";
import { readConference } from "./read-conference.ts";

export type ScheduledCall = {
  kind: "found";
  series: Series;
  /** The next calls of it that have not begun, soonest first: those that can be changed one by one. */
  ahead: Occurrence[];
  roster: Participant[];
};

const MAX_AHEAD = 12;

/** A scheduled call of a channel that is not over, for somebody who may change it. */
export async function findScheduled(
  line: Line,
  { actor, channelId }: { actor: Actor | null; channelId: string },
  ref: { number: number } | { seriesId: string },
): Promise<ScheduledCall | { kind: "denied"; permission: Permission["kind"] } | NoSuchCall | NoConference> {
  const found = await readConference(line, channelId, async (reader, { id, teamId }) => {
    const roster = await listRoster(reader, id);
    const permission = mayModerate(actor, { teamId, roster }, line.teamId);
    if (permission.kind !== "allowed") return { kind: "denied", permission: permission.kind } as const;
    const series =
      "number" in ref ? await findSeriesByNumber(reader, id, ref.number) : await findSeries(reader, ref.seriesId);
    if (series === null || series.conferenceId !== id || series.finishedAt !== null) {
      return { kind: "no-such-call", why: "over" } as const;
    }
    const ahead = nextToStart(series, await listExceptions(reader, series.id), line.clock.now(), MAX_AHEAD);
    return { kind: "found", series, ahead, roster } as const;
  });
  return found ?? { kind: "no-conference" };
}
