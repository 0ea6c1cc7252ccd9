import { type Action, actionsOf, inWords } from "./actions.ts";
import { add, playHistory, type Tally } from "./history.ts";
import { type House, startHouse } from "./house.ts";
import { playTwins } from "./twins.ts";

/** A house gets slower with all that happened in it. */
const HISTORIES_PER_HOUSE = 50;
/** One history in so many is played by twins as well. */
const TWINS_EVERY = 10;
const CASTS_PER_HISTORY = 3;

export type Range = { seed: number; from: number; to: number };

export type Where = {
  /** An empty database. @returns its URL */
  createDatabase(): Promise<string>;
  signal?: AbortSignal;
};

/**
 * Plays the histories of a range, many in one house.
 *
 * @throws {Error} what was violated, by which history, and its actions: as few of them as still show it
 */
export async function playRange(range: Range, where: Where, tally: Tally = new Map()): Promise<Tally> {
  for (let from = range.from; from < range.to; from += HISTORIES_PER_HOUSE) {
    const to = Math.min(range.to, from + HISTORIES_PER_HOUSE);
    const house = await startHouse(await where.createDatabase(), range.seed);
    try {
      for (let number = from; number < to; number += 1) {
        where.signal?.throwIfAborted();
        await playNumber(house, range.seed, number, (number - from) * CASTS_PER_HISTORY, tally, where);
      }
    } finally {
      await house.close();
    }
  }
  return tally;
}

async function playNumber(
  house: House,
  seed: number,
  number: number,
  place: number,
  tally: Tally,
  where: Where,
): Promise<void> {
  const actions = actionsOf(seed, number);
  try {
    await playOne(house, number, place, actions, tally);
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    throw new Error(`${said}\n${await retold(said, { seed, number, actions }, where)}`, { cause: error });
  }
}

async function playOne(
  house: House,
  number: number,
  place: number,
  actions: readonly Action[],
  tally: Tally,
): Promise<void> {
  for (const [what, count] of await playHistory(house, place, actions)) add(tally, what, count);
  add(tally, "histories", 1);
  if (number % TWINS_EVERY !== 0) return;
  await playTwins(house, place + 1, actions);
  add(tally, "histories played twice", 1);
}

type Numbered = { seed: number; number: number; actions: readonly Action[] };

async function retold(said: string, history: Numbered, where: Where): Promise<string> {
  const { seed, number, actions } = history;
  const fewest = await shrink(said, history, where);
  const again = `To see it again: playRange({ seed: ${seed}, from: ${number}, to: ${number + 1} })`;
  if (fewest === null) {
    const first = number - (number % HISTORIES_PER_HOUSE);
    return `Seed ${seed}, history ${number}, only after those from ${first} on:\n${inWords(actions)}\n${again}`;
  }
  return `Seed ${seed}, history ${number}; of its ${actions.length} actions these are enough:\n${inWords(fewest)}\n${again}`;
}

const TRIES_TO_SHRINK = 60;

/** Leaves out one action after the other for as long as the same is still violated. Null when it is not, alone. */
async function shrink(said: string, { seed, number, actions }: Numbered, where: Where): Promise<Action[] | null> {
  let left = TRIES_TO_SHRINK;
  const which = said.slice(0, 2);
  const fails = async (fewer: readonly Action[]): Promise<boolean> => {
    left -= 1;
    return (await failureOf(seed, number, fewer, where))?.message.startsWith(which) ?? false;
  };
  if (!(await fails(actions))) return null;
  let fewest = [...actions];
  for (let at = fewest.length - 1; at >= 0 && left > 0; at -= 1) {
    const fewer = fewest.toSpliced(at, 1);
    if (await fails(fewer)) fewest = fewer;
  }
  return fewest;
}

/** What is violated when a list of actions is played alone, in a house of its own. */
async function failureOf(
  seed: number,
  number: number,
  actions: readonly Action[],
  where: Where,
): Promise<Error | null> {
  const house = await startHouse(await where.createDatabase(), seed);
  try {
    await playOne(house, number, 0, actions, new Map());
    return null;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  } finally {
    await house.close();
  }
}
