/**
 * Draws the README's pictures: of a terminal, from what the demo really prints, and of the demo's page, in a Chromium.
 *
 * Run it (`npm run pictures`) to write them to `docs` anew when the demo, or what the product says in it, has changed.
 */
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { widthOf } from "../src/simulator/transcript/layout.ts";
import { takePagePictures } from "./page-pictures.ts";

const COLUMNS = 100;
const COLUMN_PX = 8.4;
const LINE_PX = 19;
const PADDING_PX = 16;
/** The whole story would be taller than anybody scrolls: the picture shows these scenes of it. */
const FIRST_SCENE = "3.";
const SCENE_AFTER = "5.";

const BACKGROUND = "#16202a";
const PLAIN = "#d8dee6";
/** By the codes of `util.styleText`. */
const FORMATS = new Map([
  ["1", 'font-weight="bold"'],
  ["2", 'fill="#8795a3"'],
  ["31", 'fill="#ff7b72"'],
  ["32", 'fill="#7ee0a1"'],
  ["33", 'fill="#f2cc60"'],
  ["35", 'fill="#d2a8ff"'],
  ["36", 'fill="#79c7e3"'],
]);

type Run = { text: string; format: string };

/** A terminal with some scenes of the story in it, as SVG. @param transcript with its colours */
export function pictureOf(transcript: string): string {
  const lines = scenes(transcript.split("\n"));
  const width = Math.ceil(COLUMNS * COLUMN_PX + 2 * PADDING_PX);
  const height = lines.length * LINE_PX + 2 * PADDING_PX;
  const texts = lines.map((line, index) => drawLine(runsOf(line), PADDING_PX + (index + 0.75) * LINE_PX));
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
<title>The demo in a terminal: what phones hear, and what the channel sees</title>
<rect width="100%" height="100%" rx="8" fill="${BACKGROUND}"/>
<g xml:space="preserve" font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14" fill="${PLAIN}">
${texts.filter((text) => text !== "").join("\n")}
</g>
</svg>
`;
}

function scenes(lines: readonly string[]): string[] {
  const isTitle = (line: string, number: string): boolean => line.startsWith(`  \u001B[1m${number}`);
  const first = lines.findIndex((line) => isTitle(line, FIRST_SCENE));
  const end = lines.findIndex((line) => isTitle(line, SCENE_AFTER));
  if (first === -1 || end === -1) throw new Error("the demo printed no such scenes, or printed them without colours");
  return lines.slice(first, end - 1);
}

/** Text between escape sequences. Spaces have no colour, and join what is on their left. */
function runsOf(line: string): Run[] {
  const runs: Run[] = [];
  let format = "";
  for (const [index, piece] of line.split(/\u001B\[(\d+)m/).entries()) {
    if (index % 2 === 1) {
      format = FORMATS.get(piece) ?? "";
      continue;
    }
    const last = runs.at(-1);
    if (last !== undefined && (last.format === format || piece.trim() === "")) last.text += piece;
    else if (piece !== "") runs.push({ text: piece, format });
  }
  return runs;
}

function drawLine(runs: readonly Run[], y: number): string {
  let column = 0;
  return runs
    .map(({ text, format }) => {
      const start = column + widthOf(text) - widthOf(text.trimStart());
      column += widthOf(text);
      const bare = text.trim();
      if (bare === "") return "";
      // Every run has its place and its length, so that columns hold in any font.
      const place = `x="${px(PADDING_PX + start * COLUMN_PX)}" y="${px(y)}" textLength="${px(widthOf(bare) * COLUMN_PX)}"`;
      return `<text ${place}${format === "" ? "" : ` ${format}`}>${escapeXml(bare)}</text>`;
    })
    .join("");
}

function px(length: number): string {
  return String(Math.round(length * 10) / 10);
}

function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = fileURLToPath(new URL("..", import.meta.url));
  const transcript = execFileSync(process.execPath, ["--import", "tsx", "src/demo.ts", "--story"], {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, FORCE_COLOR: "1" },
  });
  writeFileSync(fileURLToPath(new URL("../docs/demo.svg", import.meta.url)), pictureOf(transcript));
  await takePagePictures();
}
