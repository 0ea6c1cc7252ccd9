/** "+12025550110" as people in its country write it; others with spaces left out. */
export function nationally(number: string): string {
  const [, area, exchange, rest] = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(number) ?? [];
  return area === undefined ? number : `(${area}) ${exchange}-${rest}`;
}
