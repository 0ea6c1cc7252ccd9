import { international } from "../../conference/phone-number.ts";
import { showAbilities } from "../../operations/show-abilities.ts";
import { showAttendance } from "../../operations/show-attendance.ts";
import { showLog } from "../../operations/show-log.ts";
import { showRoster } from "../../operations/show-roster.ts";
import { showSettings } from "../../operations/show-settings.ts";
import { findPerson } from "../directory.ts";
import type { SlackMessage } from "../views/blocks.ts";
import { helpMessage } from "../views/help.ts";
import { logMessage, wordsOf } from "../views/log.ts";
import { rosterListMessage } from "../views/roster-list.ts";
import { settingsMessage } from "../views/settings.ts";
import { whoMessage } from "../views/who.ts";
import type { Asked, ListenerDeps } from "./context.ts";
import { denial, NO_CONFERENCE } from "./denials.ts";

export async function who({ line }: ListenerDeps, { channelId }: Asked): Promise<SlackMessage> {
  const attendance = await showAttendance(line, channelId);
  return attendance === null ? NO_CONFERENCE : whoMessage(attendance);
}

export async function list({ line }: ListenerDeps, { channelId }: Asked): Promise<SlackMessage> {
  const roster = await showRoster(line, channelId);
  return roster === null ? NO_CONFERENCE : rosterListMessage(roster);
}

export async function settings({ line, linePhoneNumber }: ListenerDeps, { channelId }: Asked): Promise<SlackMessage> {
  const found = await showSettings(line, channelId);
  if (found === null) return NO_CONFERENCE;
  return settingsMessage({ ...found, phoneNumber: international(linePhoneNumber) });
}

export async function log(deps: ListenerDeps, { userId, channelId }: Asked, count: number): Promise<SlackMessage> {
  const asker = await findPerson(deps.slack, userId);
  const shown = await showLog(deps.line, { actor: asker?.actor ?? null, channelId, count });
  if (shown === null) return NO_CONFERENCE;
  if (shown.kind === "denied") return denial(shown.permission);
  return logMessage({
    entries: shown.entries.map(({ kind, at, detail, actor, person }) => ({
      at,
      words: wordsOf(kind, detail, { actor, person }),
    })),
  });
}

export async function help(deps: ListenerDeps, { userId, channelId }: Asked): Promise<SlackMessage> {
  const asker = await findPerson(deps.slack, userId);
  const abilities = await showAbilities(deps.line, asker?.actor ?? null, channelId);
  return helpMessage({ ...abilities, phoneNumber: international(deps.linePhoneNumber) });
}
