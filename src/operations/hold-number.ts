import type { CallLeg } from "../conference/admission.ts";
import type { PhoneNumber } from "../conference/phone-number.ts";
import { holdLeg } from "../db/call-legs.ts";
import { claimNumber, releaseNumber, takeNumber } from "../db/phone-numbers.ts";
import type { Tx } from "../db/database.ts";
import type { Line } from "./line.ts";

const NUMBER_LEASE_MS = 5000;
const LOOK_AGAIN_MS = 50;
const LOOKS = 60;

/** What a transaction that has the number decided: an end, or a network call that settles in a transaction of its own. */
export type Held<T> = { kind: "done"; result: T } | { kind: "network"; call: () => Promise<Settle<T>> };

/** One transaction of a call, which has the call's row: nobody can end the call until it is over. */
export type Turn = { tx: Tx; leg: CallLeg; now: number };

/** @param isOurs false when the lease ran out meanwhile, and another call has the number, or had it */
export type Settle<T> = (turn: Turn, isOurs: boolean) => Promise<T>;

/**
 * Works on a number while no other call does: decide, ask the network outside any transaction, settle.
 *
 * @param ifTaken the result when another call has it for longer than a caller can wait
 */
export async function holdNumber<T>(
  line: Line,
  { callSid, number }: { callSid: string; number: PhoneNumber },
  decide: (turn: Turn) => Promise<Held<T>>,
  ifTaken: (turn: Turn) => Promise<T>,
): Promise<T> {
  const { db, clock, teamId } = line;
  // Of this attempt alone: one that comes after a crash must not pass for the one before.
  const holder = line.newId();
  // The call before its number, as everywhere: a hang-up that wants both would else wait for us, and we for it.
  const takeTurn = <R>(work: (turn: Turn) => Promise<R>): Promise<R> =>
    db.write(async (tx) => work({ tx, leg: await holdLeg(tx, callSid), now: clock.now() }));
  for (let look = 0; look < LOOKS; look += 1) {
    const held = await takeTurn(async (turn): Promise<Held<T> | null> => {
      const { tx, now } = turn;
      if (!(await claimNumber(tx, teamId, number, holder, now, NUMBER_LEASE_MS))) return null;
      const decided = await decide(turn);
      if (decided.kind === "done") await releaseNumber(tx, teamId, number, holder);
      return decided;
    });
    if (held?.kind === "done") return held.result;
    if (held?.kind === "network") {
      const settle = await held.call();
      return takeTurn(async (turn) => {
        const isOurs = await releaseNumber(turn.tx, teamId, number, holder);
        // What is not ours any more may count all the same: then nobody else may be counting beside it.
        if (!isOurs) await takeNumber(turn.tx, teamId, number);
        return settle(turn, isOurs);
      });
    }
    await line.pause(LOOK_AGAIN_MS);
  }
  return takeTurn(ifTaken);
}
