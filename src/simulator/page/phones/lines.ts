export type Line = { text: string; isMusic: boolean; times: number };

/** What was heard, music by its name. Whoever waits hears the same in rounds: that is told once, and counted. */
export function linesOf(heard: readonly string[]): Line[] {
  const lines: Line[] = [];
  for (const said of heard) {
    const isMusic = said.startsWith("♪");
    const text = isMusic ? "Music" : said;
    const same = lines.slice(-2).find((line) => line.text === text && line.isMusic === isMusic);
    if (same) same.times += 1;
    else lines.push({ text, isMusic, times: 1 });
  }
  return lines;
}
