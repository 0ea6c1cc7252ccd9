import type { Participant } from "./roster.ts";

/** Who typed or clicked, as Slack describes them now. */
export type Actor = {
  userId: string;
  teamId: string;
  /** What others call them; never used to decide anything. */
  name: string;
  isAdmin: boolean;
  isOwner: boolean;
  /** A single- or multi-channel guest. */
  isGuest: boolean;
  isBot: boolean;
  isDeleted: boolean;
  /** From another organisation, in a shared channel. */
  isStranger: boolean;
};

export type Permission =
  | { kind: "allowed" }
  /** Not a person who may change anything anywhere: guest, bot, outsider, deleted. */
  | { kind: "outsider" }
  /** A member, but not a moderator here. */
  | { kind: "not-a-moderator" }
  /** A moderator, where the workspace's own admins decide. */
  | { kind: "not-an-admin" }
  /** Slack could not say who it is. */
  | { kind: "unknown-actor" };

/** Decides whether somebody may change a conference: its moderators may, and the workspace's admins and owners. */
export function mayModerate(
  actor: Actor | null,
  conference: { teamId: string; roster: readonly Participant[] } | null,
  teamId: string,
): Permission {
  const standing = mayChangeAnything(actor, teamId);
  if (actor === null || standing.kind !== "allowed") return standing;
  // Whoever adds first creates the conference and becomes its moderator.
  if (conference === null || actor.isAdmin || actor.isOwner) return { kind: "allowed" };
  if (conference.teamId !== teamId) return { kind: "outsider" };
  const isModerator = conference.roster.some(
    (person) => person.role === "moderator" && person.slackUserId === actor.userId,
  );
  return isModerator ? { kind: "allowed" } : { kind: "not-a-moderator" };
}

/** Decides whether somebody may change what belongs to the whole line. */
export function mayAdministrate(actor: Actor | null, teamId: string): Permission {
  const standing = mayChangeAnything(actor, teamId);
  if (actor === null || standing.kind !== "allowed") return standing;
  return actor.isAdmin || actor.isOwner ? { kind: "allowed" } : { kind: "not-an-admin" };
}

/** Decides whether somebody may do what is about nobody but them: say whether they come, ask to be called. */
export function mayTakePart(actor: Actor | null, teamId: string): Permission {
  return mayChangeAnything(actor, teamId);
}

function mayChangeAnything(actor: Actor | null, teamId: string): Permission {
  if (actor === null) return { kind: "unknown-actor" };
  const isOutsider = actor.teamId !== teamId || actor.isGuest || actor.isBot || actor.isDeleted || actor.isStranger;
  return isOutsider ? { kind: "outsider" } : { kind: "allowed" };
}
