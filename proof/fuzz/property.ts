import fc from "fast-check";

/** Something that holds for whatever is made up. */
export type Property = {
  name: string;
  /** How many of the cases are its own, beside those of others: less for what takes longer. */
  share: number;
  /** Makes up one value of this seed. @returns what does not hold of it, and of a smaller one like it; null when it does */
  check(seed: number): string | null;
};

/**
 * Gives a property its name.
 *
 * @param problemOf what does not hold of a value; null when it does. What it throws does not hold either.
 */
export function property<T>(
  name: string,
  share: number,
  values: fc.Arbitrary<T>,
  problemOf: (value: T) => string | null,
): Property {
  const problemIn = (value: T): string | null => {
    try {
      return problemOf(value);
    } catch (error) {
      return `throws ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
    }
  };
  return {
    name,
    share,
    check(seed) {
      const [value] = fc.sample(values, { seed, numRuns: 1 });
      // A sample of one has one value.
      const problem = problemIn(value as T);
      if (problem === null) return null;
      const { counterexample } = fc.check(
        fc.property(values, (one) => problemIn(one) === null),
        { seed, numRuns: 1 },
      );
      const [least] = counterexample ?? [value];
      return `${name}: ${problemIn(least as T) ?? problem}\nfor ${fc.stringify(least)}`;
    },
  };
}

/** The first of so many cases in which a property does not hold; null when it held in all. */
export function failureOf({ name, check }: Property, cases: number, seed: number): string | null {
  for (let number = 0; number < cases; number += 1) {
    const failure = check(seedOf(seed, number));
    if (failure !== null) return `${failure}\n(${name}: case ${number} of seed ${seed})`;
  }
  return null;
}

/** A seed of its own for each case of a run: neighbours have nothing in common. */
export function seedOf(seed: number, number: number): number {
  let mixed =
    Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(number + 1, 0xc2b2ae35) ^ Math.floor(number / 2 ** 32);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x7feb352d);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x846ca68b);
  return (mixed ^ (mixed >>> 16)) | 0;
}
