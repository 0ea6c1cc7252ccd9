import { isInvited } from "../conference/invitees.ts";
import { mayTakePart, type Permission } from "../conference/moderation.ts";
import type { Answer } from "../conference/series.ts";
import { nextOccurrences } from "../conference/upcoming.ts";
import { claimSlackRequest } from "../db/lines.ts";
import { findConference, holdConference, listRoster } from "../db/roster.ts";
import { findSeries, listExceptions, putAnswer } from "../db/series.ts";
import type { SlackRequest } from "./change-conference.ts";
import type { Line } from "./line.ts";
import { showStanding } from "./show-standing.ts";

export type Answered =
  | { kind: "answered"; answer: Answer }
  | { kind: "denied"; permission: Exclude<Permission, { kind: "allowed" }>["kind"] }
  /** Slack delivered the same click again. */
  | { kind: "repeat" }
  | { kind: "not-on-roster"; channelId: string }
  | { kind: "not-invited"; channelId: string }
  /** Cancelled, or its last call is over; or there never was such a call. */
  | { kind: "over" };

/** Notes what somebody on the roster, who is invited, answers; and has messages show it. */
export async function answerInvitation(
  line: Line,
  { key, actor }: Pick<SlackRequest, "key" | "actor">,
  { seriesId, answer }: { seriesId: string; answer: Answer },
): Promise<Answered> {
  const permission = mayTakePart(actor, line.teamId);
  if (permission.kind !== "allowed") return { kind: "denied", permission: permission.kind };
  if (actor === null) return { kind: "denied", permission: "unknown-actor" };
  const { userId } = actor;
  return line.db.write(async (tx): Promise<Answered> => {
    const now = line.clock.now();
    const known = await findSeries(tx, seriesId);
    const conference = known === null ? null : await findConference(tx, known.conferenceId);
    if (known === null || conference === null || known.teamId !== line.teamId) return { kind: "over" };
    // Whoever changes the roster or the series has its conference, too.
    await holdConference(tx, conference.id);
    const series = await findSeries(tx, seriesId);
    if (series === null || series.cancelledAt !== null) return { kind: "over" };
    if (nextOccurrences(series, await listExceptions(tx, seriesId), now, 1).length === 0) return { kind: "over" };
    const person = (await listRoster(tx, conference.id)).find(({ slackUserId }) => slackUserId === userId);
    const { channelId, teamId } = conference;
    if (person === undefined) return { kind: "not-on-roster", channelId };
    if (!isInvited(series, person.id)) return { kind: "not-invited", channelId };
    if (!(await claimSlackRequest(tx, teamId, key, now))) return { kind: "repeat" };
    await putAnswer(tx, { seriesId, teamId, participantId: person.id, answer, at: now });
    await showStanding(tx, series, conference.channelId, userId, now);
    return { kind: "answered", answer };
  });
}
