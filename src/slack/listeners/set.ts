import type { EntryMode } from "../../conference/series.ts";
import { moveAlerts, setGrace } from "../../operations/change-settings.ts";
import { setEntry } from "../../operations/set-entry.ts";
import type { SettingCommand } from "../command-settings.ts";
import type { ChannelStanding } from "../directory.ts";
import { say } from "../reply.ts";
import type { SlackMessage } from "../views/blocks.ts";
import { secondsWords } from "../views/duration.ts";
import { type Asked, type ListenerDeps, requestOf } from "./context.ts";
import { channelComplaint, refusalWords } from "./denials.ts";

/** `/conf set …` */
export async function set(
  deps: ListenerDeps,
  asked: Asked,
  channel: ChannelStanding,
  command: SettingCommand,
): Promise<SlackMessage | null> {
  switch (command.kind) {
    case "set-grace":
      return grace(deps, asked, command.seconds);
    case "set-alerts-here":
      return alertsHere(deps, asked, channel);
    case "set-entry":
      return entry(deps, asked, command.entry);
    case "set-early":
      return early(deps, asked, command.minutes);
  }
}

async function grace(deps: ListenerDeps, asked: Asked, seconds: number): Promise<SlackMessage | null> {
  const request = await requestOf(deps, asked);
  const set = await setGrace(deps.line, { ...request, graceSeconds: seconds });
  if (set.kind !== "set") return refusalWords(set);
  return say(
    seconds === 0
      ? ":white_check_mark: The call ends at once when the last moderator's call ends."
      : `:white_check_mark: The call goes on for ${seconds} s after the last moderator's call ends.`,
  );
}

async function alertsHere(deps: ListenerDeps, asked: Asked, channel: ChannelStanding): Promise<SlackMessage | null> {
  if (channel.kind !== "member") return channelComplaint(channel.kind);
  const moved = await moveAlerts(deps.line, await requestOf(deps, asked));
  if (moved.kind !== "moved") return refusalWords(moved);
  return say(":white_check_mark: This channel now hears of callers who are on no roster.");
}

async function entry(deps: ListenerDeps, asked: Asked, mode: EntryMode): Promise<SlackMessage | null> {
  const set = await setEntry(deps.line, { ...(await requestOf(deps, asked)), entry: mode });
  if (set.kind !== "set") return refusalWords(set);
  const { earlyMinutes } = set.conference;
  return say(
    mode === "anytime"
      ? ":white_check_mark: Callers are let in whenever they call."
      : `:white_check_mark: Callers are let in around scheduled calls only, from ${secondsWords(earlyMinutes * 60)} before each until its end. Moderators always are.`,
  );
}

async function early(deps: ListenerDeps, asked: Asked, minutes: number): Promise<SlackMessage | null> {
  const set = await setEntry(deps.line, { ...(await requestOf(deps, asked)), earlyMinutes: minutes });
  if (set.kind !== "set") return refusalWords(set);
  const when = `:white_check_mark: Callers of a scheduled call are let in from ${secondsWords(minutes * 60)} before it.`;
  const isMoot = set.conference.entry === "anytime";
  return say(isMoot ? `${when} It counts once you type \`/conf set entry scheduled\`.` : when);
}
