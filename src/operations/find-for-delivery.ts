import { findLeg } from "../db/call-legs.ts";
import { getSession } from "../db/sessions.ts";
import type { Line } from "./line.ts";

/** @throws {AppError} `not_found` */
export async function nameOfSession({ db }: Line, sessionId: string): Promise<string> {
  return db.read(async (reader) => (await getSession(reader, sessionId)).name);
}

/** The step at which a call's next webhook is expected; null when the call is over. */
export async function stepOfLeg({ db }: Line, callSid: string): Promise<number | null> {
  const leg = await db.read((reader) => findLeg(reader, callSid));
  return leg === null || leg.endedAt !== null || leg.stage !== "admitted" ? null : leg.step;
}
