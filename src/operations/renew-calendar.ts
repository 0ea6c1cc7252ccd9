import { replaceCalendarToken } from "../db/calendar.ts";
import { record } from "../db/events.ts";
import { newCalendarToken } from "./calendar-address.ts";
import { changeConference, type NoConference, type Refusal, type SlackRequest } from "./change-conference.ts";
import type { Line } from "./line.ts";

/** Gives a channel's calendar another address: whoever has the one before reads nothing any more. */
export async function renewCalendar(
  line: Line,
  request: SlackRequest,
): Promise<{ kind: "renewed"; token: string } | Refusal | NoConference> {
  return changeConference(line, request, async ({ tx, now, actor, conference }) => {
    const { teamId, id: conferenceId } = conference;
    const token = newCalendarToken();
    await replaceCalendarToken(tx, conferenceId, token);
    const detail = { setting: "the calendar's address" };
    await record(tx, { teamId, conferenceId, kind: "setting-changed", at: now, actorUserId: actor.userId, detail });
    return { kind: "renewed" as const, token };
  });
}
