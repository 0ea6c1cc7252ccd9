import { type Membership, openMemberships } from "../conference/admission.ts";
import { decideEntry, type Doors, type EntryDecision, nextCall } from "../conference/entry.ts";
import type { Conference } from "../conference/roster.ts";
import type { Reader } from "../db/database.ts";
import { listExceptions, listOpenSeries } from "../db/series.ts";
import { listOpenSessions } from "../db/sessions.ts";

/** Decides which conference a verified caller enters, as the sessions and the clock are now. */
export async function decideEntryNow(
  reader: Reader,
  memberships: readonly Membership[],
  now: number,
): Promise<EntryDecision> {
  const conferences = openMemberships(memberships, now).map(({ conference }) => conference);
  return decideEntry(memberships, await findDoors(reader, conferences, now), now);
}

/** What there is to enter of some conferences, as far as it matters which of them a caller enters, and whether. */
export async function findDoors(
  reader: Reader,
  conferences: readonly Conference[],
  now: number,
): Promise<Map<string, Doors>> {
  const [only, ...others] = conferences;
  if (only === undefined || (others.length === 0 && only.entry === "anytime")) return new Map();
  const sessions = await listOpenSessions(
    reader,
    conferences.map(({ id }) => id),
  );
  const doors = new Map<string, Doors>();
  for (const { id } of conferences) {
    const session = sessions.find(({ conferenceId }) => conferenceId === id);
    const isScheduledCall = (session?.seriesId ?? null) !== null;
    doors.set(id, { isLive: session !== undefined, isScheduledCall, call: await findNextCall(reader, id, now) });
  }
  return doors;
}

async function findNextCall(reader: Reader, conferenceId: string, now: number): Promise<Doors["call"]> {
  const planned = [];
  for (const plan of await listOpenSeries(reader, conferenceId)) {
    planned.push({ plan, exceptions: await listExceptions(reader, plan.id) });
  }
  return nextCall(planned, now);
}
