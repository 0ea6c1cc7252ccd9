import type { PhoneNumber } from "./phone-number.ts";
import type { EntryMode } from "./series.ts";

export type Role = "moderator" | "participant";

/** The standing conference of one Slack channel. */
export type Conference = {
  id: string;
  teamId: string;
  channelId: string;
  /** What callers hear it called: the channel's name. */
  title: string;
  graceSeconds: number;
  entry: EntryMode;
  /** How long before a scheduled call its callers are let in. */
  earlyMinutes: number;
};

/** A person on a roster. */
export type Participant = {
  id: string;
  conferenceId: string;
  name: string;
  /** Null for a guest, who is known by name only. */
  slackUserId: string | null;
  role: Role;
  /** Null for a moderator in Slack only, who cannot dial in yet. */
  phoneNumber: PhoneNumber | null;
};

/** Who a command is about, as the person typed it. */
export type PersonRef =
  | { kind: "user"; userId: string }
  | { kind: "name"; name: string }
  | { kind: "number"; number: PhoneNumber };

export const MAX_GRACE_SECONDS = 600;
export const DEFAULT_GRACE_SECONDS = 60;
export const MAX_NAME_LENGTH = 80;

/** Two names are one person's when they differ only in case, width or spaces. */
export function nameKey(name: string): string {
  return name.normalize("NFKC").trim().replaceAll(/\s+/gu, " ").toLocaleLowerCase("en");
}

/** Whom a reference means: by name it may be several people, whom only Slack or a number tells apart. */
export function findPeople(roster: readonly Participant[], ref: PersonRef): Participant[] {
  return roster.filter((person) => isPerson(person, ref));
}

function isPerson(person: Participant, ref: PersonRef): boolean {
  switch (ref.kind) {
    case "user":
      return person.slackUserId === ref.userId;
    case "name":
      return nameKey(person.name) === nameKey(ref.name);
    case "number":
      return person.phoneNumber === ref.number;
  }
}

export type Addition = {
  person: { kind: "user"; userId: string; name: string } | { kind: "guest"; name: string };
  /** Null keeps the number that is there. */
  phoneNumber: PhoneNumber | null;
  /** Null keeps the role that is there, and makes a new person a participant. */
  role: Role | null;
};

export type AdditionDecision =
  | { kind: "add"; role: Role }
  | { kind: "update"; existing: Participant; role: Role; phoneNumber: PhoneNumber | null }
  | { kind: "number-taken"; by: Participant }
  /** A guest's name that a Slack user on the roster has: two people under one name would be told apart by nobody. */
  | { kind: "name-taken"; by: Participant }
  | { kind: "last-moderator"; existing: Participant }
  /** A guest without a number could never dial in. */
  | { kind: "needs-number" };

/** Decides what adding a person does to a roster: adding somebody again updates them. */
export function decideAddition(roster: readonly Participant[], addition: Addition): AdditionDecision {
  const { person, phoneNumber } = addition;
  const existing = findExisting(roster, person);
  const [holder] = phoneNumber === null ? [] : findPeople(roster, { kind: "number", number: phoneNumber });
  if (holder !== undefined && holder.id !== existing?.id) return { kind: "number-taken", by: holder };
  if (existing === null) {
    if (person.kind === "guest" && phoneNumber === null) return { kind: "needs-number" };
    return { kind: "add", role: addition.role ?? "participant" };
  }
  if (person.kind === "guest" && existing.slackUserId !== null) return { kind: "name-taken", by: existing };

  const role = addition.role ?? existing.role;
  if (wouldLeaveNoModerator(roster, existing, role)) return { kind: "last-moderator", existing };
  return { kind: "update", existing, role, phoneNumber: phoneNumber ?? existing.phoneNumber };
}

/** A guest is the guest of that name; failing one, the Slack user whose name it is. */
function findExisting(roster: readonly Participant[], person: Addition["person"]): Participant | null {
  if (person.kind === "user") return findPeople(roster, { kind: "user", userId: person.userId })[0] ?? null;
  const namesakes = findPeople(roster, { kind: "name", name: person.name });
  return namesakes.find(({ slackUserId }) => slackUserId === null) ?? namesakes[0] ?? null;
}

/** A name that several people on the roster have: nobody is changed on a guess. */
export type Ambiguous = { kind: "ambiguous"; people: Participant[] };

/** The one person that a reference means. */
export function findOne(
  roster: readonly Participant[],
  ref: PersonRef,
): { kind: "one"; person: Participant } | { kind: "not-on-roster" } | Ambiguous {
  const [person, ...others] = findPeople(roster, ref);
  if (person === undefined) return { kind: "not-on-roster" };
  return others.length === 0 ? { kind: "one", person } : { kind: "ambiguous", people: [person, ...others] };
}

export type RoleDecision =
  | Ambiguous
  | { kind: "change"; person: Participant }
  | { kind: "unchanged"; person: Participant }
  | { kind: "not-on-roster" }
  | { kind: "last-moderator"; person: Participant };

/** Decides a change of role. The last moderator cannot step down: nobody could make another. */
export function decideRole(roster: readonly Participant[], ref: PersonRef, role: Role): RoleDecision {
  const found = findOne(roster, ref);
  if (found.kind !== "one") return found;
  const { person } = found;
  if (person.role === role) return { kind: "unchanged", person };
  if (wouldLeaveNoModerator(roster, person, role)) return { kind: "last-moderator", person };
  return { kind: "change", person };
}

export type RemovalDecision =
  | Ambiguous
  | { kind: "remove"; person: Participant }
  | { kind: "not-on-roster" }
  | { kind: "last-moderator"; person: Participant };

/** Decides a removal. The last moderator stays: nobody could add anybody again. */
export function decideRemoval(roster: readonly Participant[], ref: PersonRef): RemovalDecision {
  const found = findOne(roster, ref);
  if (found.kind !== "one") return found;
  const { person } = found;
  if (wouldLeaveNoModerator(roster, person, null)) return { kind: "last-moderator", person };
  return { kind: "remove", person };
}

/** A roster whose moderators cannot dial in starts its calls without one. */
export function hasModeratorWithNumber(roster: readonly Participant[]): boolean {
  return roster.some((person) => person.role === "moderator" && person.phoneNumber !== null);
}

function wouldLeaveNoModerator(roster: readonly Participant[], person: Participant, role: Role | null): boolean {
  if (person.role !== "moderator" || role === "moderator") return false;
  return !roster.some((other) => other.id !== person.id && other.role === "moderator");
}
