import type { CallLeg } from "../conference/admission.ts";
import type { Reader } from "../db/database.ts";
import { findParticipant } from "../db/roster.ts";
import { getSession } from "../db/sessions.ts";

/**
 * Why a leg that was admitted may not stay, nor come back from the keypad menu; null while it may: its person is on the
 * roster, and the session goes on.
 *
 * A lock shuts out who comes, not who is in: else anybody who forges a number could end the call of its owner.
 */
export async function whyToLeave(reader: Reader, leg: CallLeg): Promise<"ended" | "removed" | null> {
  const { endedAt, admittedAt, sessionId, participantId, stage } = leg;
  if (endedAt !== null || admittedAt === null || sessionId === null || participantId === null) return "ended";
  if (stage !== "admitted" && stage !== "in-menu") return "ended";
  if ((await getSession(reader, sessionId)).endedAt !== null) return "ended";
  // By person, not by number: who was let in stays when a moderator gives them another number meanwhile.
  return (await findParticipant(reader, participantId)) === null ? "removed" : null;
}
