import { calendarAddress } from "../../operations/calendar-address.ts";
import { listUpcoming } from "../../operations/list-upcoming.ts";
import { renewCalendar } from "../../operations/renew-calendar.ts";
import { findPerson } from "../directory.ts";
import { say } from "../reply.ts";
import type { SlackMessage } from "../views/blocks.ts";
import { upcomingMessage } from "../views/upcoming.ts";
import { type Asked, type Beside, type ListenerDeps, requestOf } from "./context.ts";
import { NO_CONFERENCE, noCallOf, refusalWords } from "./denials.ts";

/** @param number of the one call to be shown; null for all */
export async function upcoming(
  deps: ListenerDeps,
  { userId, channelId }: Asked,
  number: number | null,
): Promise<SlackMessage> {
  const { line, slack, calendarUrls } = deps;
  const asker = await findPerson(slack, userId);
  const listed = await listUpcoming(line, { actor: asker?.actor ?? null, channelId, number });
  if (listed === null) return NO_CONFERENCE;
  if (number !== null && listed.calls.length === 0) return noCallOf(number);
  const token = listed.isMember && listed.calls.length > 0 ? await calendarAddress(line, channelId) : null;
  const calendar =
    token === null
      ? null
      : {
          subscription: calendarUrls.subscription(token),
          file: (seriesId: string) => calendarUrls.file(token, seriesId),
        };
  return upcomingMessage({ ...listed, calendar, now: line.clock.now() });
}

/** *New address*: shows the calls again, with the address that counts now. */
export async function clickRenewCalendar(deps: ListenerDeps, asked: Asked): Promise<SlackMessage | Beside | null> {
  const renewed = await renewCalendar(deps.line, await requestOf(deps, asked));
  if (renewed.kind !== "renewed") {
    const words = refusalWords(renewed);
    return words === null ? null : { beside: words };
  }
  const done = say(":white_check_mark: The calendar has a new address. The old address no longer works.");
  const shown = await upcoming(deps, asked, null);
  return { text: `${done.text} ${shown.text}`, blocks: [...done.blocks, ...shown.blocks] };
}
