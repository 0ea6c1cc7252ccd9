/** A source text without comments; each string in it is replaced by its number in `strings`, in double quotes. */
export type MaskedSource = { code: string; strings: string[] };

export type Import = { specifier: string } | { computed: string };

type Scan = { source: string; at: number; code: string; strings: string[] };

const MODULE_REFERENCES = [
  /\b(?:import|export)\b[^();]*?\bfrom\s*"(\d+)"/g,
  /\bimport\s*"(\d+)"/g,
  /\bimport\s*\(\s*"(\d+)"/g,
  /\brequire\s*(?:\.\s*resolve\s*)?\(\s*"(\d+)"/g,
  /\bnew\s+Worker\s*\(\s*new\s+URL\s*\(\s*"(\d+)"/g,
];
const COMPUTED_REFERENCE = /(?<![.\w])(?:import|require)\s*\(\s*(?!["\s])[^)]*/g;

/** After these a slash begins a regular expression, otherwise it divides. */
const BEFORE_REGEX = /(?:^|[(,=:[!&|?{};+\-*%~^<>]|\b(?:return|typeof|case|in|of|await|yield|do|else|void|delete))\s*$/;

/** Every module that a source refers to: imports (of types too), re-exports, `import()`, `require()`, workers. */
export function importsOf({ code, strings }: MaskedSource): Import[] {
  const named = MODULE_REFERENCES.flatMap((pattern) =>
    [...code.matchAll(pattern)].map(([, number]) => ({ specifier: strings[Number(number)] ?? "" })),
  );
  const computed = [...code.matchAll(COMPUTED_REFERENCE)].map(([text]) => ({ computed: text }));
  return [...named, ...computed];
}

/** Takes out of a source what only looks like code: comments, the text of strings, templates, regular expressions. */
export function maskSource(source: string): MaskedSource {
  const scan: Scan = { source, at: 0, code: "", strings: [] };
  scanCode(scan, () => false);
  return { code: scan.code, strings: scan.strings };
}

function scanCode(scan: Scan, isEnd: () => boolean): void {
  while (scan.at < scan.source.length && !isEnd()) {
    const character = scan.source.charAt(scan.at);
    const pair = scan.source.slice(scan.at, scan.at + 2);
    if (pair === "//") skipTo(scan, "\n", 0);
    else if (pair === "/*") skipTo(scan, "*/", 2);
    else if (character === '"' || character === "'") scanString(scan, character);
    else if (character === "`") scanTemplate(scan);
    else if (character === "/" && BEFORE_REGEX.test(scan.code.slice(-20))) scanRegex(scan);
    else {
      scan.code += character;
      scan.at += 1;
    }
  }
}

function skipTo(scan: Scan, end: string, length: number): void {
  const found = scan.source.indexOf(end, scan.at + 2);
  scan.at = found < 0 ? scan.source.length : found + length;
  scan.code += " ";
}

function scanString(scan: Scan, quote: string): void {
  scan.at += 1;
  keepString(
    scan,
    readText(scan, (nextTwo) => nextTwo.startsWith(quote) || nextTwo.startsWith("\n")),
  );
}

/** The code inside `${}` stays code; a template without any is a string. */
function scanTemplate(scan: Scan): void {
  const start = scan.code.length;
  let text = "";
  scan.at += 1;
  for (;;) {
    text += readText(scan, (nextTwo) => nextTwo.startsWith("`") || nextTwo === "${");
    if (scan.source.charAt(scan.at - 1) !== "{") break;
    scan.code += " ${";
    scanHole(scan);
    scan.code += "}";
  }
  if (scan.code.length === start) keepString(scan, text);
}

function scanHole(scan: Scan): void {
  let depth = 0;
  scanCode(scan, () => {
    const character = scan.source.charAt(scan.at);
    if (character === "{") depth += 1;
    if (character === "}") depth -= 1;
    return depth < 0;
  });
  scan.at += 1;
}

function scanRegex(scan: Scan): void {
  let isInClass = false;
  scan.at += 1;
  readText(scan, (nextTwo) => {
    if (nextTwo.startsWith("[")) isInClass = true;
    if (nextTwo.startsWith("]")) isInClass = false;
    return nextTwo.startsWith("\n") || (nextTwo.startsWith("/") && !isInClass);
  });
  scan.code += "/ /";
}

/** Reads up to a delimiter, and over it. A backslash takes the next character with it. */
function readText(scan: Scan, isEnd: (nextTwo: string) => boolean): string {
  let text = "";
  for (; scan.at < scan.source.length; scan.at += 1) {
    if (isEnd(scan.source.slice(scan.at, scan.at + 2))) break;
    if (scan.source.charAt(scan.at) === "\\") scan.at += 1;
    text += scan.source.charAt(scan.at);
  }
  scan.at += scan.source.startsWith("${", scan.at) ? 2 : 1;
  return text;
}

function keepString(scan: Scan, text: string): void {
  scan.code += `"${scan.strings.length}"`;
  scan.strings.push(text);
}
