import { figureWords } from "./figures.ts";
import type { Part } from "./part.ts";
import type { Standing } from "./standing.ts";

/** What came of each part, as a Markdown table to put into the documentation. */
export function markdownTable(parts: readonly Part[], standing: Standing): string {
  const rows = parts.map((part) => {
    const { done, figures, seconds } = standing.parts[part.name] ?? { done: 0, figures: [], seconds: 0 };
    const measured = figures.map((figure) => `${figure.what}: ${figureWords(figure)}`).join("<br>");
    const of = part.cases.toLocaleString("en");
    const cases = done === part.cases ? of : `${done.toLocaleString("en")} of ${of}`;
    const why = done === 0 ? part.whyNot?.() : null;
    return [part.name, part.shows, cases, typeof why === "string" ? `left out: ${why}` : measured, timeWords(seconds)];
  });
  const head = ["Part", "Shows", "Cases", "Measured", "Took"];
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

/** “2 h 5 min”, “3 min 20 s”, “12 s”. */
export function timeWords(seconds: number): string {
  const whole = Math.round(seconds);
  const [h, min, s] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  if (h > 0) return `${h} h ${min} min`;
  return min > 0 ? `${min} min ${s} s` : `${s} s`;
}
