import { type Ambiguous, findOne, type Participant, type PersonRef } from "../conference/roster.ts";
import type { PhoneNumber } from "../conference/phone-number.ts";
import { countingTexts } from "../conference/verification.ts";
import type { Tx } from "../db/database.ts";
import { record } from "../db/events.ts";
import { clearLockouts, listLockoutsOfConference } from "../db/lockouts.ts";
import { findNumberState, saveNumberState, takeNumber } from "../db/phone-numbers.ts";
import { changeConference, type NoConference, type Refusal, type SlackRequest } from "./change-conference.ts";
import type { Line } from "./line.ts";
import { touchAlertsOfNumber } from "./raise-alert.ts";

export type Reset =
  | Refusal
  | NoConference
  | { kind: "reset"; person: Participant; failures: number }
  | Ambiguous
  | { kind: "not-on-roster" }
  | { kind: "no-number"; person: Participant };

/** Clears what this conference counts against a person's number, and the number's limit of texts. */
export async function resetLockout(
  line: Line,
  request: SlackRequest & { person: PersonRef | { kind: "id"; participantId: string } },
): Promise<Reset> {
  return changeConference(line, request, async ({ tx, now, actor, conference, roster }): Promise<Reset> => {
    const wanted = request.person;
    const found = wanted.kind === "id" ? findById(roster, wanted.participantId) : findOne(roster, wanted);
    if (found.kind !== "one") return found;
    const { person } = found;
    const { phoneNumber } = person;
    if (phoneNumber === null) return { kind: "no-number", person };
    const { teamId, id: conferenceId } = conference;
    // First of all: a guess that is being judged is counted before this, or after.
    await takeNumber(tx, teamId, phoneNumber);
    await forgiveTexts(tx, teamId, phoneNumber, now);
    const failures = (await listLockoutsOfConference(tx, conferenceId)).get(phoneNumber)?.failures ?? 0;
    await clearLockouts(tx, phoneNumber, [conferenceId]);
    const who = { actorUserId: actor.userId, participantId: person.id };
    await record(tx, { teamId, conferenceId, kind: "lockout-reset", at: now, ...who, detail: { failures } });
    await touchAlertsOfNumber(tx, phoneNumber, conference.channelId, now);
    return { kind: "reset", person, failures };
  });
}

async function forgiveTexts(tx: Tx, teamId: string, number: PhoneNumber, now: number): Promise<void> {
  const { textsSentAt, forgivenTextsAt } = await findNumberState(tx, teamId, number);
  const forgiven = countingTexts([...forgivenTextsAt, ...textsSentAt], now);
  await saveNumberState(tx, teamId, number, { textsSentAt: [], forgivenTextsAt: forgiven });
}

function findById(roster: readonly Participant[], participantId: string): ReturnType<typeof findOne> {
  const person = roster.find(({ id }) => id === participantId);
  return person === undefined ? { kind: "not-on-roster" } : { kind: "one", person };
}
