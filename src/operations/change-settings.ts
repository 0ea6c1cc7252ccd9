import { mayAdministrate } from "../conference/moderation.ts";
import { record } from "../db/events.ts";
import { claimSlackRequest, moveAlertsChannel } from "../db/lines.ts";
import { findConferenceOfChannel, updateConference } from "../db/roster.ts";
import { changeConference, type NoConference, type Refusal, type SlackRequest } from "./change-conference.ts";
import type { Line } from "./line.ts";

/** Sets how long a session goes on after its last moderator's call ended. */
export async function setGrace(
  line: Line,
  request: SlackRequest & { graceSeconds: number },
): Promise<{ kind: "set"; before: number } | Refusal | NoConference> {
  return changeConference(line, request, async ({ tx, now, actor, conference }) => {
    const { teamId, id: conferenceId, graceSeconds: before } = conference;
    const { graceSeconds } = request;
    await updateConference(tx, conferenceId, { graceSeconds });
    const detail = { setting: "grace", before, after: graceSeconds };
    await record(tx, { teamId, conferenceId, kind: "setting-changed", at: now, actorUserId: actor.userId, detail });
    return { kind: "set" as const, before };
  });
}

/** Makes a channel the one that hears of callers on no roster. Workspace admins decide. */
export async function moveAlerts(line: Line, request: SlackRequest): Promise<{ kind: "moved" } | Refusal> {
  const { teamId } = line;
  const permission = mayAdministrate(request.actor, teamId);
  if (permission.kind !== "allowed") return { kind: "denied", permission: permission.kind };
  return line.db.write(async (tx): Promise<{ kind: "moved" } | Refusal> => {
    const now = line.clock.now();
    if (!(await claimSlackRequest(tx, teamId, request.key, now))) return { kind: "repeat" };
    await moveAlertsChannel(tx, teamId, request.channelId);
    const conference = await findConferenceOfChannel(tx, teamId, request.channelId);
    const actorUserId = request.actor?.userId ?? null;
    await record(tx, { teamId, conferenceId: conference?.id ?? null, kind: "alerts-moved", at: now, actorUserId });
    return { kind: "moved" };
  });
}
