import { type Membership, openMemberships } from "../conference/admission.ts";
import {
  callAround,
  comeBack,
  decideEntry,
  type Doors,
  type EntryDecision,
  NO_DOORS,
  nextCall,
  type Planned,
} from "../conference/entry.ts";
import type { Conference } from "../conference/roster.ts";
import type { Reader } from "../db/database.ts";
import { listExceptionsOf, listOpenSeries } from "../db/series.ts";
import { listOpenSessions } from "../db/sessions.ts";

/** Decides which conference a verified caller enters, as the sessions and the clock are now. */
export async function decideEntryNow(
  reader: Reader,
  memberships: readonly Membership[],
  now: number,
): Promise<EntryDecision> {
  const open = openMemberships(memberships, now);
  const conferences = open.map(({ conference }) => conference);
  const decision = decideEntry(memberships, await findDoors(reader, conferences, now), now);
  return decision.kind === "come-back" ? whenToComeBack(reader, open, now) : decision;
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
  for (const { id, earlyMinutes } of conferences) {
    const session = sessions.find(({ conferenceId }) => conferenceId === id);
    const isScheduledCall = (session?.seriesId ?? null) !== null;
    // Of a scheduled call that is live no window matters.
    const call = isScheduledCall ? null : callAround(await listPlanned(reader, id), earlyMinutes, now);
    doors.set(id, { isLive: session !== undefined, isScheduledCall, call });
  }
  return doors;
}

/** Says when the next call of somebody is to whom nothing is open now: what takes long is done only then. */
export async function whenToComeBack(
  reader: Reader,
  memberships: readonly Membership[],
  now: number,
): Promise<Extract<EntryDecision, { kind: "come-back" }>> {
  const doors = new Map<string, Doors>();
  for (const { conference } of memberships) {
    const call = nextCall(await listPlanned(reader, conference.id), now);
    doors.set(conference.id, { ...NO_DOORS, call });
  }
  return comeBack(memberships, doors, now);
}

async function listPlanned(reader: Reader, conferenceId: string): Promise<Planned[]> {
  const exceptions = await listExceptionsOf(reader, conferenceId);
  const open = await listOpenSeries(reader, conferenceId);
  return open.map((plan) => ({ plan, exceptions: exceptions.get(plan.id) ?? [] }));
}
