import type { Figure } from "./part.ts";

const TOGETHER: Record<Figure["as"], (a: number, b: number) => number> = {
  sum: (a, b) => a + b,
  most: Math.max,
  least: Math.min,
};

/** Puts what a batch measured to what those before it did. */
export function addFigures(sofar: readonly Figure[], more: readonly Figure[]): Figure[] {
  const added = new Map(sofar.map((figure) => [figure.what, figure]));
  for (const figure of more) {
    const before = added.get(figure.what);
    const value = before === undefined ? figure.value : TOGETHER[figure.as](before.value, figure.value);
    added.set(figure.what, { ...figure, value });
  }
  return [...added.values()];
}

/** Null when there is no aim. */
export function isMet({ value, aim }: Figure): boolean | null {
  if (aim === undefined) return null;
  return "atMost" in aim ? value <= aim.atMost : value >= aim.atLeast;
}

/** “1,234 ms (at most 3,000)”. */
export function figureWords(figure: Figure): string {
  const { value, unit, aim } = figure;
  const number = (n: number) => n.toLocaleString("en", { maximumFractionDigits: Math.abs(n) < 10 ? 2 : 1 });
  const measured = unit === undefined ? number(value) : `${number(value)} ${unit}`;
  if (aim === undefined) return measured;
  const words = "atMost" in aim ? `at most ${number(aim.atMost)}` : `at least ${number(aim.atLeast)}`;
  return `${measured} (${words}${isMet(figure) === true ? "" : ": MISSED"})`;
}
