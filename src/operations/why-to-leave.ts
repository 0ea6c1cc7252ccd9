import type { CallLeg } from "../conference/admission.ts";
import type { Reader } from "../db/database.ts";
import { listTakenOff } from "../db/events.ts";
import { findParticipant } from "../db/roster.ts";
import { getSession } from "../db/sessions.ts";

/**
 * Why a leg that was admitted may not stay, nor come back from the keypad menu; null while it may: its person is on the
 * roster, no moderator put it off, and the session goes on.
 *
 * A lock shuts out who comes, not who is in: else anybody who forges a number could end the call of its owner.
 *
 * @param known the calls of its session that were put off, when they have been read already
 */
export async function whyToLeave(
  reader: Reader,
  leg: CallLeg,
  known?: ReadonlySet<string | null>,
): Promise<"ended" | "removed" | null> {
  const { endedAt, admittedAt, sessionId, participantId, stage } = leg;
  if (endedAt !== null || admittedAt === null || sessionId === null || participantId === null) return "ended";
  if (stage !== "admitted" && stage !== "in-menu") return "ended";
  if ((await getSession(reader, sessionId)).endedAt !== null) return "ended";
  // By person, not by number: who was let in stays when a moderator gives them another number meanwhile.
  if ((await findParticipant(reader, participantId)) === null) return "removed";
  const takenOff = known ?? (await listTakenOff(reader, sessionId));
  return takenOff.has(leg.callSid) ? "removed" : null;
}
