import { type DialOut, isUnderWay } from "../conference/dial-out.ts";
import type { PhoneNumber } from "../conference/phone-number.ts";
import { isLocked, NO_FAILURES } from "../conference/verification.ts";
import { findLeg } from "../db/call-legs.ts";
import type { Reader, Tx } from "../db/database.ts";
import { isAnotherUncertain } from "../db/dial-outs.ts";
import { findLockout } from "../db/lockouts.ts";
import { findParticipant } from "../db/roster.ts";
import type { Session } from "../db/sessions.ts";
import { AppError } from "../errors.ts";
import type { Doubt } from "./doubt-watch.ts";
import { endPlacedCall } from "./end-placed-call.ts";
import { holdCalling } from "./hold-calling.ts";
import type { DialOutcome, Line, SeenCall } from "./line.ts";
import { noteDialOut } from "./note-dial-out.ts";
import { notePlacedCallIn } from "./note-placed-call.ts";
import { hangUp } from "./stop-calling.ts";

/** Twilio may still be at work on a request whose answer was lost: it is looked for only after this. */
export const LOOK_AFTER_MS = 10_000;
/** Twilio dates calls by its own clock. Were ours further off, Slack's requests would be refused. */
const CLOCK_SLACK_MS = 300_000;

export type Placing =
  /** Twilio was asked to call. */
  { kind: "asked" } | { kind: "not-needed" } | { kind: "later"; reason: string; at: number | null; holdsLane: boolean };

/** The `attempt` counts from 1. */
export type CallToPlace = { dialOutId: string; attempt: number };

type Plan =
  | { kind: "not-needed" }
  | { kind: "call"; to: PhoneNumber; doubt: Doubt }
  /** Twilio may have been asked before. */
  | { kind: "look"; to: PhoneNumber | null; doubt: Doubt };

/**
 * Calls somebody, on the number that they have now, if they are still needed: once for each attempt.
 *
 * When the outcome of asking Twilio was never heard, the call is looked for before another is placed.
 *
 * @param mayAct asked right before Twilio is: false when another worker may be at it by now
 */
export async function placeCall(line: Line, wanted: CallToPlace, mayAct: () => boolean): Promise<Placing> {
  const plan = await line.db.write((tx) => decide(tx, line, wanted));
  const found = plan.kind === "look" ? await look(line, wanted, plan) : plan;
  if (found.kind !== "call") return found;
  // Then another may have found that nobody was called, and be calling.
  if (!mayAct()) return { kind: "later", reason: "too late", at: null, holdsLane: false };
  const outcome = await line.dialler.call({ to: found.to, ...wanted });
  if (outcome.kind === "unknown") line.callsInDoubt.begin(found.doubt);
  return line.db.write((tx) => settle(tx, line, wanted, found.to, outcome));
}

async function decide(tx: Tx, line: Line, wanted: CallToPlace): Promise<Plan> {
  const held = await holdCalling(tx, wanted.dialOutId);
  if (held === null) return { kind: "not-needed" };
  const { dialOut, session } = held;
  if (dialOut.attempts === wanted.attempt && dialOut.uncertainSince !== null) {
    const person = await findParticipant(tx, dialOut.participantId);
    const doubt = { id: dialOut.id, since: dialOut.uncertainSince };
    return { kind: "look", to: person?.phoneNumber ?? null, doubt };
  }
  const isNext = dialOut.state === "waiting" && dialOut.attempts === wanted.attempt - 1;
  return isNext ? claim(tx, line, dialOut, session, wanted.attempt) : { kind: "not-needed" };
}

/** From here on Twilio may have been asked, whatever happens to us. */
async function claim(
  tx: Tx,
  { clock }: Line,
  dialOut: DialOut,
  session: Session,
  attempt: number,
): Promise<Exclude<Plan, { kind: "look" }>> {
  const now = clock.now();
  const to = await findNumberToCall(tx, dialOut, session, now);
  if (to === null) {
    await noteDialOut(tx, dialOut, { state: "not-needed", uncertainSince: null }, now);
    return { kind: "not-needed" };
  }
  await noteDialOut(tx, dialOut, { state: "calling", attempts: attempt, callSid: null, uncertainSince: now }, now);
  return { kind: "call", to, doubt: { id: dialOut.id, since: now } };
}

/** Null for somebody who is not to be called any more, or cannot be. */
async function findNumberToCall(
  reader: Reader,
  { participantId }: DialOut,
  session: Session,
  now: number,
): Promise<PhoneNumber | null> {
  const number = (await findParticipant(reader, participantId))?.phoneNumber ?? null;
  if (session.endedAt !== null || number === null) return null;
  const lockout = (await findLockout(reader, session.conferenceId, number)) ?? NO_FAILURES;
  return isLocked(lockout, now) ? null : number;
}

async function look(
  line: Line,
  wanted: CallToPlace,
  { to, doubt }: { to: PhoneNumber | null; doubt: Doubt },
): Promise<Exclude<Plan, { kind: "look" }> | Placing> {
  const now = line.clock.now();
  const leftMs = line.callsInDoubt.leftMs(doubt);
  if (leftMs > 0) return { kind: "later", reason: "not heard of yet", at: now + leftMs, holdsLane: false };
  // The clock may have been set back since.
  const since = Math.min(now, doubt.since) - CLOCK_SLACK_MS;
  try {
    const seen = to === null ? [] : await line.dialler.listCallsTo(to, since);
    return await line.db.write((tx) => adopt(tx, line, wanted, seen));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { kind: "later", reason: error.message, at: null, holdsLane: false };
  }
}

async function adopt(
  tx: Tx,
  line: Line,
  wanted: CallToPlace,
  seen: readonly SeenCall[],
): Promise<Exclude<Plan, { kind: "look" }> | Placing> {
  const now = line.clock.now();
  const held = await holdCalling(tx, wanted.dialOutId);
  if (held === null) return { kind: "not-needed" };
  const { dialOut, session } = held;
  if (dialOut.attempts !== wanted.attempt || dialOut.uncertainSince === null) return { kind: "not-needed" };
  const to = (await findParticipant(tx, dialOut.participantId))?.phoneNumber ?? "";
  const unknown = await filterUnknown(tx, seen);
  // Which of the two a call is, only its own webhooks tell: one that still rings may be this one.
  const isAmbiguous = unknown.length > 0 && (await isAnotherUncertain(tx, dialOut, to));
  if (isAmbiguous && unknown.some(({ state }) => state === "open")) {
    return { kind: "later", reason: "one of two calls", at: now + LOOK_AFTER_MS, holdsLane: false };
  }
  for (const { callSid, ...progress } of isAmbiguous ? [] : unknown) {
    if (!(await notePlacedCallIn(tx, { ...wanted, callSid, to }, now))) continue;
    if (progress.state !== "open") await endPlacedCall(tx, line, callSid, progress, now);
    else if (dialOut.state === "not-needed") await hangUp(tx, dialOut, callSid, now);
    return { kind: "asked" };
  }
  if (isUnderWay(dialOut)) return claim(tx, line, dialOut, session, wanted.attempt);
  await noteDialOut(tx, dialOut, { uncertainSince: null }, now);
  return { kind: "not-needed" };
}

/** Those of the calls that are not known to be anybody's. */
async function filterUnknown(reader: Reader, seen: readonly SeenCall[]): Promise<SeenCall[]> {
  const unknown: SeenCall[] = [];
  for (const call of seen) if ((await findLeg(reader, call.callSid)) === null) unknown.push(call);
  return unknown;
}

async function settle(
  tx: Tx,
  line: Line,
  wanted: CallToPlace,
  to: PhoneNumber,
  outcome: DialOutcome,
): Promise<Placing> {
  const now = line.clock.now();
  if (outcome.kind === "placed") {
    await notePlacedCallIn(tx, { ...wanted, callSid: outcome.callSid, to }, now);
    const dialOut = (await holdCalling(tx, wanted.dialOutId))?.dialOut;
    // While Twilio was being asked the call ended, or they dialled in themselves.
    if (dialOut?.state === "not-needed") await hangUp(tx, dialOut, outcome.callSid, now);
    return { kind: "asked" };
  }
  const dialOut = (await holdCalling(tx, wanted.dialOutId))?.dialOut;
  // The call's own webhooks may have told of it meanwhile, however we were answered.
  if (dialOut?.attempts !== wanted.attempt || dialOut.uncertainSince === null) {
    return { kind: "asked" };
  }
  const { reason } = outcome;
  switch (outcome.kind) {
    case "refused":
      await noteDialOut(
        tx,
        dialOut,
        { uncertainSince: null, ...(isUnderWay(dialOut) ? { state: "failed" } : {}) },
        now,
      );
      return { kind: "asked" };
    case "not-now": {
      const back = isUnderWay(dialOut) ? ({ state: "waiting", attempts: wanted.attempt - 1 } as const) : {};
      await noteDialOut(tx, dialOut, { uncertainSince: null, ...back }, now);
      return { kind: "later", reason, at: null, holdsLane: true };
    }
    case "unknown":
      return { kind: "later", reason, at: now + LOOK_AFTER_MS, holdsLane: false };
  }
}
