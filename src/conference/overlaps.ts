import { occurrencesAfter } from "./occurrences.ts";
import type { Exception, Occurrence, SeriesPlan } from "./series.ts";

/** A series with what is different about single calls of it. */
export type Planned = { plan: SeriesPlan; exceptions: readonly Exception[] };

/** Two calls of one channel that are at the same time. */
export type Clash = [Occurrence, Occurrence];

const MAX_CLASHES = 3;
const LOOKAHEAD_MS = 366 * 24 * 60 * 60_000;

/** The first calls of two series that are at the same time, within the next year. Not all are computed to find them. */
export function findOverlaps(a: Planned, b: Planned, from: number): Clash[] {
  const clashes: Clash[] = [];
  const others = occurrencesAfter(b.plan, b.exceptions, from);
  let open: Occurrence[] = [];
  let next = others.next();
  for (const one of occurrencesAfter(a.plan, a.exceptions, from)) {
    if (one.startsAt > from + LOOKAHEAD_MS) break;
    for (; !next.done && next.value.startsAt < one.endsAt; next = others.next()) open.push(next.value);
    // A long call may overlap with several: it is let go only once it is over.
    open = open.filter(({ endsAt }) => endsAt > one.startsAt);
    const found = open.filter(({ startsAt }) => startsAt < one.endsAt).map((other): Clash => [one, other]);
    clashes.push(...found);
    if (clashes.length >= MAX_CLASHES || (next.done && open.length === 0)) break;
  }
  return clashes.slice(0, MAX_CLASHES);
}
