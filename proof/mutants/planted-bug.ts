/** A change of the source that brings a bug in. */
export type Change = {
  /** From the root of the tree. */
  file: string;
  /** Stands there exactly once. */
  from: string;
  to: string;
};

/** Tests of one file, by a part of their name. */
export type Tests = { file: string; test: string };

/** A mistake that somebody could make, and the tests that must notice it. */
export type PlantedBug = {
  /** What is done wrong, in the words of a review. */
  name: string;
  /** The invariant, threat or fault of `docs/reliability.md` that no longer holds. */
  breaks: string;
  changes: readonly [Change, ...Change[]];
  /** One of these must fail, by an assertion. */
  caughtBy: Tests;
};

/** Replaces a text that stands exactly once in a source. @throws {Error} when the code has moved */
export function plant(source: string, { file, from, to }: Change): string {
  const times = source.split(from).length - 1;
  if (times !== 1) throw new Error(`${file} has this ${times} times, not once: the code has moved\n${from}`);
  return source.replace(from, () => to);
}
