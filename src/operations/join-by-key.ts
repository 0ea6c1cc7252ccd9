import type { Answer, CallLeg } from "../conference/admission.ts";
import { ASKED_TO_JOIN_TIMES, type DialOutState } from "../conference/dial-out.ts";
import { isLocked } from "../conference/verification.ts";
import { updateLeg } from "../db/call-legs.ts";
import type { Tx } from "../db/database.ts";
import { findDialOut } from "../db/dial-outs.ts";
import { findMemberships } from "../db/lockouts.ts";
import { holdConference } from "../db/roster.ts";
import { findConferenceOfSession } from "../db/sessions.ts";
import { admitCaller } from "./admit-caller.ts";
import { letGo } from "./answer-dialed.ts";
import { answerStep, type Step } from "./answer-step.ts";
import { holdCalling } from "./hold-calling.ts";
import type { Line } from "./line.ts";
import { noteDialOut } from "./note-dial-out.ts";

/** Lets somebody in whom we called and who presses 1: a call to the number that the roster has stands for the code. */
export async function joinByKey(line: Line, step: Step, digits: string): Promise<Answer> {
  return answerStep(line, step, ["called"], async (tx, leg, now) => {
    if (digits === "1") return { answer: await admitCalled(tx, line, leg, now) };
    const silentRounds = leg.silentRounds + 1;
    if (silentRounds >= ASKED_TO_JOIN_TIMES) {
      return { answer: await refuse(tx, leg, "declined", { kind: "good-bye", reason: "not-joining" }, now) };
    }
    const next = leg.step + 1;
    await updateLeg(tx, leg.callSid, { step: next, silentRounds });
    return { answer: { kind: "ask-to-join", step: next, isAgain: true } };
  });
}

/** Everything is looked at again: minutes may lie between the decision to call somebody and their key. */
async function admitCalled(tx: Tx, line: Line, leg: CallLeg, now: number): Promise<Answer> {
  const known = leg.dialOutId === null ? null : await findDialOut(tx, leg.dialOutId);
  const conferenceId = known === null ? null : await findConferenceOfSession(tx, known.sessionId);
  if (known === null || conferenceId === null) return { kind: "hang-up" };
  // In the order in which everybody takes these rows; what is read before they are ours may not be so any more.
  await holdConference(tx, conferenceId);
  const held = await holdCalling(tx, known.id);
  if (held === null || held.dialOut.callSid !== leg.callSid || leg.phoneNumber === null) return { kind: "hang-up" };
  const { dialOut, session } = held;
  const memberships = await findMemberships(tx, leg.teamId, leg.phoneNumber);
  const membership = memberships.find(({ participant }) => participant.id === dialOut.participantId);
  if (membership === undefined) return refuse(tx, leg, "not-needed", { kind: "good-bye", reason: "removed" }, now);
  if (isLocked(membership.lockout, now)) {
    return refuse(tx, leg, "not-needed", { kind: "turn-away", reason: "locked-out", minutes: null }, now);
  }
  if (session.endedAt !== null || dialOut.state !== "answered") {
    return refuse(tx, leg, "not-needed", { kind: "good-bye", reason: "ended" }, now);
  }
  return admitCaller(tx, line, leg, membership, now);
}

async function refuse(tx: Tx, leg: CallLeg, state: DialOutState, answer: Answer, now: number): Promise<Answer> {
  const held = leg.dialOutId === null ? null : await holdCalling(tx, leg.dialOutId);
  if (held?.dialOut.state === "answered") await noteDialOut(tx, held.dialOut, { state }, now);
  return letGo(tx, leg, answer, now);
}
