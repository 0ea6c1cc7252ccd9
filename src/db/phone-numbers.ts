import { and, eq, gt, isNull, lte, or, sql } from "drizzle-orm";
import type { PhoneNumber } from "../conference/phone-number.ts";
import type { PendingVerification } from "../conference/verification.ts";
import type { Reader, Tx } from "./database.ts";
import { prepare } from "./prepare.ts";

/** What is known of a number, whatever roster it is on. */
export type NumberState = {
  pending: PendingVerification | null;
  approvedSid: string | null;
  textsSentAt: number[];
  /** Texts that a reset gave back: Verify counts them all the same. */
  forgivenTextsAt: number[];
  sendIsUncertain: boolean;
};

const UNKNOWN_NUMBER: NumberState = {
  pending: null,
  approvedSid: null,
  textsSentAt: [],
  forgivenTextsAt: [],
  sendIsUncertain: false,
};

const isNumber = (table: Reader["t"]["phoneNumbers"]) =>
  and(eq(table.teamId, sql.placeholder("teamId")), eq(table.phoneNumber, sql.placeholder("number")));

const stateOfNumber = prepare(({ q, t }: Reader) => q.select().from(t.phoneNumbers).where(isNumber(t.phoneNumbers)));

export async function findNumberState(reader: Reader, teamId: string, number: PhoneNumber): Promise<NumberState> {
  const [row] = await stateOfNumber(reader).execute({ teamId, number });
  if (row === undefined) return UNKNOWN_NUMBER;
  const { verificationSid, verificationStartedAt, checks, approvedSid } = row;
  const { textsSentAt, forgivenTextsAt, sendIsUncertain } = row;
  const isPending = verificationSid !== null && verificationStartedAt !== null;
  const pending = isPending ? { verificationSid, startedAt: verificationStartedAt, checks } : null;
  return { pending, approvedSid, textsSentAt, forgivenTextsAt, sendIsUncertain };
}

/** Saves what changed of a number; `pending: null` forgets the pending code. */
export async function saveNumberState(
  tx: Tx,
  teamId: string,
  number: PhoneNumber,
  changes: Partial<NumberState>,
): Promise<void> {
  const { pending, ...rest } = changes;
  const row = { ...rest, ...(pending === undefined ? {} : pendingColumns(pending)) };
  await tx.q
    .update(tx.t.phoneNumbers)
    .set(row)
    .where(and(eq(tx.t.phoneNumbers.teamId, teamId), eq(tx.t.phoneNumbers.phoneNumber, number)));
}

function pendingColumns(pending: PendingVerification | null) {
  return {
    verificationSid: pending?.verificationSid ?? null,
    verificationStartedAt: pending?.startedAt ?? null,
    checks: pending?.checks ?? 0,
  };
}

const numberInsertion = prepare(({ q, t }: Tx) =>
  q
    .insert(t.phoneNumbers)
    .values({ teamId: sql.placeholder("teamId"), phoneNumber: sql.placeholder("number"), textsSentAt: [] })
    .onConflictDoNothing(),
);

const numberClaim = prepare(({ q, t: { phoneNumbers } }: Tx) =>
  q
    .update(phoneNumbers)
    .set({ busyWith: sql`${sql.placeholder("holder")}`, busyUntil: sql`${sql.placeholder("until")}` })
    .where(
      and(
        isNumber(phoneNumbers),
        or(
          isNull(phoneNumbers.busyWith),
          lte(phoneNumbers.busyUntil, sql.placeholder("now")),
          gt(phoneNumbers.busyUntil, sql.placeholder("tooLate")),
          eq(phoneNumbers.busyWith, sql.placeholder("holder")),
        ),
      ),
    )
    .returning({ busyWith: phoneNumbers.busyWith }),
);

/**
 * Takes a number for one network call (a text or a check): two at a time would share one code and its limits blindly.
 *
 * @returns false while another call has it; its lease ends by itself when its holder died
 */
export async function claimNumber(
  tx: Tx,
  teamId: string,
  number: PhoneNumber,
  holder: string,
  now: number,
  leaseMs: number,
): Promise<boolean> {
  await numberInsertion(tx).execute({ teamId, number });
  // A lease that ends later than any could: the clock was set back.
  const tooLate = now + 2 * leaseMs;
  const claimed = await numberClaim(tx).execute({ teamId, number, holder, now, until: now + leaseMs, tooLate });
  return claimed.length > 0;
}

const numberRelease = prepare(({ q, t: { phoneNumbers } }: Tx) =>
  q
    .update(phoneNumbers)
    .set({ busyWith: null, busyUntil: null })
    .where(and(isNumber(phoneNumbers), eq(phoneNumbers.busyWith, sql.placeholder("holder"))))
    .returning({ teamId: phoneNumbers.teamId }),
);

/** Gives a number back. @returns false when the lease had run out and another took it: then nothing may be settled */
export async function releaseNumber(tx: Tx, teamId: string, number: PhoneNumber, holder: string): Promise<boolean> {
  const released = await numberRelease(tx).execute({ teamId, number, holder });
  return released.length > 0;
}

const numberHold = prepare(({ q, t: { phoneNumbers } }: Tx) =>
  q
    .update(phoneNumbers)
    .set({ teamId: sql`${phoneNumbers.teamId}` })
    .where(isNumber(phoneNumbers)),
);

/** Takes a number's row until the transaction ends. */
export async function takeNumber(tx: Tx, teamId: string, number: PhoneNumber): Promise<void> {
  await numberHold(tx).execute({ teamId, number });
}
