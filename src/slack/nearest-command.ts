const MAX_WORD_LENGTH = 20;

/**
 * The command somebody may have meant: the only one that begins so, else the closest spelling.
 *
 * Up to four letters one slip is forgiven, beyond that two: "end" is not a misspelt "add".
 */
export function nearestCommand(word: string, commands: readonly string[]): string | null {
  const typed = word.toLowerCase();
  if (typed === "" || typed.length > MAX_WORD_LENGTH) return null;
  const [only, ...others] = commands.filter((command) => command.startsWith(typed));
  if (only !== undefined && others.length === 0) return only;

  const slips = typed.length <= 4 ? 1 : 2;
  const ranked = commands
    .map((command) => ({ command, distance: distanceBetween(typed, command) }))
    .filter(({ distance }) => distance <= slips)
    .toSorted((a, b) => a.distance - b.distance);
  return ranked[0]?.command ?? null;
}

/** Damerau and Levenshtein's distance: letters inserted, left out, mistaken, or two neighbours swapped. */
function distanceBetween(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const isSame = a[row - 1] === b[column - 1];
      const isSwapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      const steps = [cell(last, column) + 1, cell(current, column - 1) + 1, cell(last, column - 1) + (isSame ? 0 : 1)];
      if (isSwapped) steps.push(cell(beforeLast, column - 2) + 1);
      current.push(Math.min(...steps));
    }
    [beforeLast, last] = [last, current];
  }
  return cell(last, b.length);
}

function cell(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}
