import type { Conference } from "../conference/roster.ts";
import type { EntryMode } from "../conference/series.ts";
import { record } from "../db/events.ts";
import { updateConference } from "../db/roster.ts";
import { changeConference, type NoConference, type Refusal, type SlackRequest } from "./change-conference.ts";
import type { Line } from "./line.ts";

/** Sets when callers are let in, or how long before a scheduled call; what is left out stays. */
export async function setEntry(
  line: Line,
  request: SlackRequest & { entry?: EntryMode; earlyMinutes?: number },
): Promise<{ kind: "set"; conference: Conference } | Refusal | NoConference> {
  return changeConference(line, request, async ({ tx, now, actor, conference }) => {
    const { teamId, id: conferenceId } = conference;
    const { entry = conference.entry, earlyMinutes = conference.earlyMinutes } = request;
    await updateConference(tx, conferenceId, { entry, earlyMinutes });
    const detail =
      request.entry === undefined
        ? { setting: "early", before: conference.earlyMinutes * 60, after: earlyMinutes * 60 }
        : { setting: "entry", before: conference.entry, after: entry };
    await record(tx, { teamId, conferenceId, kind: "setting-changed", at: now, actorUserId: actor.userId, detail });
    return { kind: "set", conference: { ...conference, entry, earlyMinutes } };
  });
}
