import { escape } from "../mrkdwn.ts";
import { fallback, section, type SlackMessage } from "./blocks.ts";

export type Help = { isModerator: boolean; isAdmin: boolean; hasConference: boolean; phoneNumber: string };

type Command = { who: "everybody" | "moderator" | "admin"; example: string; does: string };

const COMMANDS: readonly Command[] = [
  { who: "moderator", example: "/conf add @mabel +18005554321", does: "puts somebody on the roster, or updates them" },
  { who: "moderator", example: "/conf add Blathers +18005559876 moderator", does: "the same for a guest, by name" },
  { who: "moderator", example: "/conf remove @mabel", does: "takes them off it, and off the call" },
  { who: "everybody", example: "/conf list", does: "shows the roster" },
  { who: "everybody", example: "/conf who", does: "shows who is on the line" },
  { who: "moderator", example: "/conf moderator @mabel", does: "makes them a moderator" },
  { who: "moderator", example: "/conf participant @mabel", does: "makes them a participant" },
  { who: "moderator", example: "/conf reset @mabel", does: "unlocks them after too many wrong codes" },
  {
    who: "moderator",
    example: "/conf schedule tomorrow 15:00 for 45m Sprint review",
    does: "schedules a call, once you confirm it",
  },
  { who: "moderator", example: "/conf schedule every Tuesday 9:30 Standup", does: "schedules a series of calls" },
  { who: "moderator", example: "/conf schedule", does: "schedules a call with a form" },
  { who: "everybody", example: "/conf upcoming", does: "shows the scheduled calls" },
  { who: "moderator", example: "/conf cancel 3", does: "cancels the scheduled call of that number" },
  { who: "moderator", example: "/conf set grace 90", does: "seconds a call goes on without a moderator" },
  { who: "moderator", example: "/conf set entry scheduled", does: "lets callers in around scheduled calls only" },
  { who: "moderator", example: "/conf set early 15m", does: "how long before a scheduled call they are let in" },
  { who: "admin", example: "/conf set alerts here", does: "brings news of unknown callers to this channel" },
  { who: "everybody", example: "/conf settings", does: "shows the settings" },
  { who: "moderator", example: "/conf log 25", does: "shows the last events" },
];

/** The answer to `/conf help`: the commands that this person may use here, each with an example. */
export function helpMessage({ isModerator, isAdmin, hasConference, phoneNumber }: Help): SlackMessage {
  if (!hasConference) return beginning(isModerator);
  const may = { everybody: true, moderator: isModerator, admin: isAdmin };
  const commands = COMMANDS.filter(({ who }) => may[who]);
  const dialIn = `Dial ${escape(phoneNumber)} to join this channel's call.`;
  return {
    text: fallback([dialIn, ...commands.map(({ example, does }) => `${example} ${does}.`)]),
    blocks: [section([dialIn, ...commands.map(({ example, does }) => `\`${example}\` ${does}`)].join("\n"))],
  };
}

function beginning(mayBegin: boolean): SlackMessage {
  const example = "/conf add @mabel +18005554321";
  const none = "This channel has no conference yet.";
  const how = "makes one and puts somebody on its roster. You become its moderator.";
  if (!mayBegin) return { text: none, blocks: [section(none)] };
  return { text: `${none} ${example} ${how}`, blocks: [section(`${none}\n\`${example}\` ${how}`)] };
}
