import { retryRefused } from "../../operations/retry-parked.ts";
import { type ParsedCommand, parseCommand } from "../command-text.ts";
import { type ChannelStanding, findChannel } from "../directory.ts";
import { escape } from "../mrkdwn.ts";
import { complain } from "../reply.ts";
import type { SlackMessage } from "../views/blocks.ts";
import { add } from "./add.ts";
import { cancel } from "./cancel-call.ts";
import { remove, reset, setRole } from "./change.ts";
import type { Asked, ListenerDeps } from "./context.ts";
import { channelComplaint } from "./denials.ts";
import { help, list, log, settings, who } from "./look.ts";
import { schedule } from "./schedule.ts";
import { openNewForm } from "./schedule-form.ts";
import { set } from "./set.ts";
import { upcoming } from "./upcoming.ts";

/** Acts on `/conf …`. @returns the ephemeral answer; null for a repeat, which was answered */
export async function answerCommand(deps: ListenerDeps, asked: Asked, text: string): Promise<SlackMessage | null> {
  const command = parseCommand(text);
  if (command.kind === "malformed") return complain(escape(command.problem, 600), command.example);
  if (command.kind === "unknown") return unknown(command);
  // A form must be opened at once: it looks at the channel by itself.
  if (command.kind === "schedule" && command.words === "") return openNewForm(deps, asked);
  const channel = await findChannel(deps.slack, asked.channelId);
  if (channel.kind === "direct-message" || channel.kind === "not-in") return channelComplaint(channel.kind);
  // Perhaps the app was invited again just now.
  if (channel.kind === "member") await retryRefused(deps.line, asked.channelId);
  return act(deps, asked, channel, command);
}

type Command = Exclude<ParsedCommand, { kind: "malformed" | "unknown" }>;

/** Looking, and most changes, need not wait until Slack can tell about the channel again. */
async function act(
  deps: ListenerDeps,
  asked: Asked,
  channel: ChannelStanding,
  command: Command,
): Promise<SlackMessage | null> {
  switch (command.kind) {
    case "help":
      return help(deps, asked);
    case "add":
      return add(deps, asked, channel, command);
    case "remove":
      return remove(deps, asked, command.person);
    case "role":
      return setRole(deps, asked, command.person, command.role);
    case "reset":
      return reset(deps, asked, command.person);
    case "schedule":
      return schedule(deps, asked, command.words);
    case "upcoming":
      return upcoming(deps, asked, command.number);
    case "cancel":
      return cancel(deps, asked, command.number);
    case "set-grace":
    case "set-alerts-here":
    case "set-entry":
    case "set-early":
      return set(deps, asked, channel, command);
    case "list":
      return list(deps, asked);
    case "who":
      return who(deps, asked);
    case "settings":
      return settings(deps, asked);
    case "log":
      return log(deps, asked, command.count);
  }
}

function unknown({ word, nearest }: { word: string; nearest: string | null }): SlackMessage {
  const problem = `I don't know “${escape(word, 40)}”.`;
  return nearest === null
    ? complain(`${problem} Here is what I know.`, "/conf help")
    : complain(`${problem} Did you mean \`/conf ${nearest}\`?`, `/conf ${nearest}`);
}
