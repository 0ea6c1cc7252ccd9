/** Ids and codes drawn from a seed: the same run gives the same ids. Not for anything that must be hard to guess. */
export type Random = {
  /** A number in [0, 1). */
  next(): number;
  /** A whole number in [0, below). */
  below(below: number): number;
  digits(length: number): string;
  hex(length: number): string;
  /** An id of Twilio's shape: two letters and 32 hexadecimal digits. */
  sid(prefix: string): string;
  /** A copy in random order. */
  shuffled<T>(items: readonly T[]): T[];
};

export function seededRandom(seed: number): Random {
  const next = mulberry32(seed);
  const below = (limit: number): number => Math.floor(next() * limit);
  const text = (length: number, alphabet: string): string =>
    Array.from({ length }, () => alphabet.charAt(below(alphabet.length))).join("");
  const hex = (length: number): string => text(length, "0123456789abcdef");

  function shuffled<T>(items: readonly T[]): T[] {
    const keyed = items.map((item) => ({ item, key: next() }));
    return keyed.sort((a, b) => a.key - b.key).map(({ item }) => item);
  }

  return {
    next,
    below,
    digits: (length) => text(length, "0123456789"),
    hex,
    sid: (prefix) => prefix + hex(32),
    shuffled,
  };
}

/** @see https://github.com/bryc/code/blob/master/jshash/PRNGs.md#mulberry32 */
function mulberry32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
