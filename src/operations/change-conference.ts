import { type Actor, mayModerate, type Permission } from "../conference/moderation.ts";
import type { Conference, Participant } from "../conference/roster.ts";
import type { Tx } from "../db/database.ts";
import { claimSlackRequest } from "../db/lines.ts";
import { holdConferenceOfChannel, listRoster } from "../db/roster.ts";
import type { Line } from "./line.ts";

/** One command or click of a person in a channel. */
export type SlackRequest = {
  /** Slack's own id of the request: it is acted on once. */
  key: string;
  /** Null when Slack could not say who it is. */
  actor: Actor | null;
  channelId: string;
};

export type Refusal =
  | { kind: "denied"; permission: Exclude<Permission, { kind: "allowed" }>["kind"] }
  /** Slack delivered the same request again. */
  | { kind: "repeat" };

export type NoConference = { kind: "no-conference" };

/** What a change works on, once the actor is found to be entitled to it. */
export type Change = {
  tx: Tx;
  now: number;
  actor: Actor;
  conference: Conference;
  roster: Participant[];
};

/**
 * Changes a channel's conference in one transaction, if the actor may and the request is new.
 *
 * @returns what `change` returns, or why nothing was changed
 */
export async function changeConference<T>(
  line: Line,
  request: SlackRequest,
  change: (change: Change) => Promise<T>,
): Promise<T | Refusal | NoConference> {
  return line.db.write(async (tx) => {
    const now = line.clock.now();
    const allowed = await admitRequest(tx, line, request, now);
    if (allowed.kind !== "allowed") return allowed;
    const { actor, conference, roster } = allowed;
    if (conference === null) return { kind: "no-conference" };
    return change({ tx, now, actor, conference, roster });
  });
}

/** Checks who asks, and that the request was not acted on before. */
export async function admitRequest(
  tx: Tx,
  { teamId }: Line,
  { key, actor, channelId }: SlackRequest,
  now: number,
): Promise<Refusal | { kind: "allowed"; actor: Actor; conference: Conference | null; roster: Participant[] }> {
  const conference = await holdConferenceOfChannel(tx, teamId, channelId);
  const roster = conference === null ? [] : await listRoster(tx, conference.id);
  const permission = mayModerate(actor, conference === null ? null : { teamId: conference.teamId, roster }, teamId);
  if (permission.kind !== "allowed") return { kind: "denied", permission: permission.kind };
  if (actor === null) return { kind: "denied", permission: "unknown-actor" };
  if (!(await claimSlackRequest(tx, teamId, key, now))) return { kind: "repeat" };
  return { kind: "allowed", actor, conference, roster };
}
