const DAYS = "monday tuesday wednesday thursday friday saturday sunday tomorrow".split(" ");
const MONTHS = "january february august september october november december".split(" ");
/** Their names differ from those of days by one letter. */
const WORDS = new Set(["sundry", "sundae", "frida", "augusta", "augustus", ...DAYS.map((day) => `${day}s`)]);
const LONG = 8;
/** Enough for a title. */
const MAX_WORDS = 40;

/** A problem with a word that is nearly a day, where none was said: it would be in the title, and the call today. */
export function typoProblem(text: string): string | null {
  for (const [typed] of [...text.matchAll(/(?<!\S)\p{L}{5,12}(?=[\s,:;]|$)/gu)].slice(0, MAX_WORDS)) {
    const word = typed.toLowerCase();
    const name = WORDS.has(word) ? undefined : nameNear(word);
    if (name !== undefined) {
      return `“${typed}” may be ${name === "tomorrow" ? name : capitalized(name)}: say which day it is, or put the title in quotes.`;
    }
  }
  return null;
}

function nameNear(word: string): string | undefined {
  if (DAYS.includes(word) || MONTHS.includes(word)) return undefined;
  return (
    DAYS.find((day) => isNear(word, day, day.length >= LONG ? 2 : 1)) ?? MONTHS.find((month) => isNear(word, month, 1))
  );
}

function isNear(word: string, name: string, most: number): boolean {
  return Math.abs(word.length - name.length) <= most && distance(word, name) <= most;
}

/** How many letters are wrong, missing, too many, or swapped with their neighbours. */
function distance(from: string, to: string): number {
  const rows = [Array.from({ length: to.length + 1 }, (_, column) => column)];
  const at = (row: number, column: number) => rows[row]?.[column] ?? Infinity;
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    rows.push(current);
    for (let column = 1; column <= to.length; column++) {
      const isSame = from[row - 1] === to[column - 1];
      const isSwapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      current.push(
        Math.min(
          at(row - 1, column) + 1,
          at(row, column - 1) + 1,
          at(row - 1, column - 1) + (isSame ? 0 : 1),
          isSwapped ? at(row - 2, column - 2) + 1 : Infinity,
        ),
      );
    }
  }
  return at(from.length, to.length);
}

function capitalized(name: string): string {
  return `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
}
