import type { Actor } from "../conference/moderation.ts";
import type { PhoneNumber } from "../conference/phone-number.ts";
import {
  type Addition,
  type AdditionDecision,
  type Conference,
  DEFAULT_GRACE_SECONDS,
  decideAddition,
  type Participant,
} from "../conference/roster.ts";
import { NO_FAILURES, stricter } from "../conference/verification.ts";
import { DEFAULT_EARLY_MINUTES } from "../conference/series.ts";
import type { Tx } from "../db/database.ts";
import { record } from "../db/events.ts";
import { adoptAlertsChannel } from "../db/lines.ts";
import { listLockoutsOfNumber, saveLockout } from "../db/lockouts.ts";
import { takeNumber } from "../db/phone-numbers.ts";
import { insertConference, insertParticipant, updateConference, updateParticipant } from "../db/roster.ts";
import { AppError } from "../errors.ts";
import { applyRosterToSession } from "./apply-roster.ts";
import { admitRequest, type Refusal, type SlackRequest } from "./change-conference.ts";
import { inviteAgain } from "./invite-again.ts";
import type { Line } from "./line.ts";

export type AddRequest = SlackRequest & { title: string; addition: Addition };

export type Added =
  | Refusal
  | { kind: "added"; person: Participant; isNewConference: boolean }
  | { kind: "updated"; before: Participant; person: Participant }
  | Extract<AdditionDecision, { kind: "number-taken" | "name-taken" | "last-moderator" | "needs-number" }>;

/** Puts a person on a channel's roster, or updates them. The first addition makes the conference, and its moderator. */
export async function addToRoster(line: Line, request: AddRequest): Promise<Added> {
  return add(line, request).catch((error: unknown) => {
    // Somebody made the channel's conference at the same moment: now there is one to look at.
    if (error instanceof AppError && error.code === "unavailable") return add(line, request);
    throw error;
  });
}

async function add(line: Line, request: AddRequest): Promise<Added> {
  return line.db.write(async (tx): Promise<Added> => {
    const now = line.clock.now();
    const allowed = await admitRequest(tx, line, request, now);
    if (allowed.kind !== "allowed") return allowed;
    const { actor } = allowed;
    const isNewConference = allowed.conference === null;
    const conference = allowed.conference ?? draftConference(line, request);
    const founder = isNewConference ? founderOf(line, conference, actor) : null;
    const decision = decideAddition(founder === null ? allowed.roster : [founder], request.addition);
    if (decision.kind !== "add" && decision.kind !== "update") return decision;

    if (founder !== null) await createConference(tx, conference, founder, actor, now);
    // A channel may have been renamed since.
    else if (conference.title !== request.title) await updateConference(tx, conference.id, { title: request.title });
    if (decision.kind === "add") {
      const person = personOf(line, conference, request.addition, decision.role);
      await insertParticipant(tx, line.teamId, person, now);
      await noteChange(tx, line, conference, actor, person, "person-added", now);
      await inviteAgain(tx, conference, person, now);
      return { kind: "added", person, isNewConference };
    }
    const { existing, role, phoneNumber } = decision;
    const person = { ...existing, name: request.addition.person.name, role, phoneNumber };
    await updateParticipant(tx, existing.id, { name: person.name, role, phoneNumber });
    await noteChange(tx, line, conference, actor, person, "person-updated", now, existing.phoneNumber);
    if (isNewConference) return { kind: "added", person, isNewConference };
    return { kind: "updated", before: existing, person };
  });
}

function draftConference(line: Line, { channelId, title }: AddRequest): Conference {
  return {
    id: line.newId(),
    teamId: line.teamId,
    channelId,
    title,
    graceSeconds: DEFAULT_GRACE_SECONDS,
    entry: "anytime",
    earlyMinutes: DEFAULT_EARLY_MINUTES,
  };
}

/** Whoever adds first is a moderator: in Slack only, until they add their own number. */
function founderOf(line: Line, conference: Conference, actor: Actor): Participant {
  const { userId: slackUserId, name } = actor;
  return {
    id: line.newId(),
    conferenceId: conference.id,
    name,
    slackUserId,
    role: "moderator",
    phoneNumber: null,
  };
}

async function createConference(
  tx: Tx,
  conference: Conference,
  founder: Participant,
  actor: Actor,
  now: number,
): Promise<void> {
  const { id: conferenceId, teamId, channelId } = conference;
  if (!(await insertConference(tx, conference, now))) {
    throw new AppError("unavailable", `a rival is creating the conference of ${channelId}`);
  }
  await adoptAlertsChannel(tx, teamId, channelId);
  await insertParticipant(tx, teamId, founder, now);
  const who = { actorUserId: actor.userId, participantId: founder.id };
  await record(tx, { teamId, conferenceId, kind: "conference-created", at: now, ...who });
}

function personOf(line: Line, conference: Conference, addition: Addition, role: Participant["role"]): Participant {
  const { person, phoneNumber } = addition;
  return {
    id: line.newId(),
    conferenceId: conference.id,
    name: person.name,
    slackUserId: person.kind === "user" ? person.userId : null,
    role,
    phoneNumber,
  };
}

async function noteChange(
  tx: Tx,
  line: Line,
  { id: conferenceId, teamId }: Conference,
  actor: Actor,
  person: Participant,
  kind: "person-added" | "person-updated",
  now: number,
  oldNumber: PhoneNumber | null = null,
): Promise<void> {
  const { id: participantId, role, phoneNumber } = person;
  const detail = { role, number: phoneNumber?.slice(-2) ?? null };
  await record(tx, { teamId, conferenceId, kind, at: now, actorUserId: actor.userId, participantId, detail });
  if (phoneNumber !== null && phoneNumber !== oldNumber) await bringLockout(tx, teamId, conferenceId, phoneNumber);
  await applyRosterToSession(tx, line, conferenceId, now);
}

/** A number brings its failures along: a fresh roster is no way round a lock. */
async function bringLockout(tx: Tx, teamId: string, conferenceId: string, phoneNumber: PhoneNumber): Promise<void> {
  // A guess that another node is judging counts here too: it comes before this, or finds the roster with the number.
  await takeNumber(tx, teamId, phoneNumber);
  const lockouts = await listLockoutsOfNumber(tx, teamId, phoneNumber);
  const strictest = lockouts.reduce(stricter, NO_FAILURES);
  if (strictest.failures > 0) await saveLockout(tx, { teamId, conferenceId, phoneNumber }, strictest);
}
