import type { PhoneNumber } from "../conference/phone-number.ts";
import { claimNumber, releaseNumber } from "../db/phone-numbers.ts";
import type { Tx } from "../db/database.ts";
import type { Line } from "./line.ts";

const NUMBER_LEASE_MS = 5000;
const LOOK_AGAIN_MS = 50;
const LOOKS = 60;

/** What a transaction that has the number decided: an end, or a network call that settles in a transaction of its own. */
export type Held<T> = { kind: "done"; result: T } | { kind: "network"; call: () => Promise<Settle<T>> };

/** @param isOurs false when the lease ran out meanwhile, and another call has the number, or had it */
export type Settle<T> = (tx: Tx, now: number, isOurs: boolean) => Promise<T>;

/**
 * Works on a number while no other call does: decide, ask the network outside any transaction, settle.
 *
 * @param ifTaken the result when another call has it for longer than a caller can wait
 */
export async function holdNumber<T>(
  line: Line,
  number: PhoneNumber,
  decide: (tx: Tx, now: number) => Promise<Held<T>>,
  ifTaken: (tx: Tx, now: number) => Promise<T>,
): Promise<T> {
  const { db, clock, teamId } = line;
  // Of this attempt alone: one that comes after a crash must not pass for the one before.
  const holder = line.newId();
  for (let look = 0; look < LOOKS; look += 1) {
    const held = await db.write(async (tx): Promise<Held<T> | null> => {
      const now = clock.now();
      if (!(await claimNumber(tx, teamId, number, holder, now, NUMBER_LEASE_MS))) return null;
      const decided = await decide(tx, now);
      if (decided.kind === "done") await releaseNumber(tx, teamId, number, holder);
      return decided;
    });
    if (held?.kind === "done") return held.result;
    if (held?.kind === "network") {
      const settle = await held.call();
      return db.write(async (tx) => {
        const isOurs = await releaseNumber(tx, teamId, number, holder);
        return settle(tx, clock.now(), isOurs);
      });
    }
    await line.pause(LOOK_AGAIN_MS);
  }
  return db.write((tx) => ifTaken(tx, clock.now()));
}
