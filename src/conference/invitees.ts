import type { Participant } from "./roster.ts";
import type { Answer, Series } from "./series.ts";

/** Somebody on the roster who is invited, and what they said. */
export type Invitee = { person: Participant; answer: Answer | null };

export function isInvited({ inviteeIds }: Pick<Series, "inviteeIds">, participantId: string): boolean {
  return inviteeIds === null || inviteeIds.includes(participantId);
}

/** Those of some people who are on the roster, in its order: however they were named, the same people are the same. */
export function inOrderOf(roster: readonly Pick<Participant, "id">[], participantIds: readonly string[]): string[] {
  return roster.filter(({ id }) => participantIds.includes(id)).map(({ id }) => id);
}

/** Who is invited to a series now, in the roster's order: whoever was taken off the roster is not. */
export function inviteesOf(
  series: Pick<Series, "inviteeIds">,
  roster: readonly Participant[],
  answers: readonly { participantId: string; answer: Answer }[],
): Invitee[] {
  const said = new Map(answers.map(({ participantId, answer }) => [participantId, answer]));
  return roster
    .filter(({ id }) => isInvited(series, id))
    .map((person) => ({ person, answer: said.get(person.id) ?? null }));
}

/** Who hears of what is ahead: whoever did not say that they may, or will, stay away. */
export function isToBeReminded({ answer }: Invitee): boolean {
  return answer === "yes" || answer === null;
}

/** Who is waited for once a call is on: whoever could dial in, and did not say no. */
export function isExpected({ person, answer }: Invitee): boolean {
  return person.phoneNumber !== null && answer !== "no";
}

const MOST_IMPORTANT_FIRST: readonly (Answer | null)[] = ["yes", null, "maybe"];

/** Whom to call, most important first: moderators, then who said yes, nothing, maybe. Never who said no. */
export function inOrderOfCalling(invitees: readonly Invitee[]): Invitee[] {
  const rank = ({ person, answer }: Invitee) =>
    person.role === "moderator" ? -1 : MOST_IMPORTANT_FIRST.indexOf(answer);
  return invitees.filter(isExpected).toSorted((a, b) => rank(a) - rank(b));
}
