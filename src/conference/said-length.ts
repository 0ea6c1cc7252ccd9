import { take, type Words } from "./said-words.ts";
import { MAX_MINUTES, MIN_MINUTES } from "./series.ts";

const NUMBER = String.raw`\d{1,4}(?:[.,]\d{1,2})?`;
const NUMBERS: ReadonlyMap<string, number> = new Map(
  Object.entries({
    ...{ a: 1, an: 1, one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10 },
    ...{ eleven: 11, twelve: 12, fifteen: 15, twenty: 20, "twenty-five": 25, thirty: 30, forty: 40 },
    ...{ "forty-five": 45, fifty: 50, sixty: 60, ninety: 90, "a couple of": 2 },
  }),
);
/** The longest first: `forty-five` is not `forty`. */
const WORDS = [...NUMBERS.keys()].toSorted((a, b) => b.length - a.length).join("|");
// “AM” is no minute: words stand apart from the unit.
const AND_UNIT = String.raw`(?:(?<=\d)\s*-?\s*|\s+|-)`;
const HOURS = String.raw`(?<hours>${NUMBER}|${WORDS})${AND_UNIT}(?:hours?|hrs?|h)\b`;
const MINUTES = String.raw`(?<minutes>${NUMBER}|${WORDS})${AND_UNIT}(?:minutes?|mins?|m)\b`;
const TIMES = [
  String.raw`(?<half>(?:an?\s+)?half(?:\s+an?|-an)?[\s-]+hour)`,
  String.raw`(?<threequarters>three\s+quarters\s+of\s+an\s+hour)`,
  String.raw`(?<quarter>(?:an?\s+)?quarter(?:\s+of\s+an)?\s+hour)`,
  String.raw`(?<hours>${NUMBER}|an?|one|two|three)\s*(?:hours?\s+)?and\s+a\s+(?<more>half|quarter)(?:\s+hours?)?`,
  String.raw`(?<hours>\d{1,2})\s*(?:h|:)\s*(?<minutes>[0-5]\d)(?:\s*m(?:ins?)?)?`,
  String.raw`${HOURS}\s*(?:and\s+)?${MINUTES}`,
  HOURS,
  MINUTES,
];
/** A length with its unit, as a piece of patterns that name nothing. */
export const LENGTH = String.raw`(?:${[TIMES[0], HOURS, MINUTES].join("|").replaceAll(/\?<\w+>/g, "?:")})`;
const before = (word: string) =>
  TIMES.map((time) => new RegExp(String.raw`(?<![^\s,;(])${word}\s+${time}(?![\p{L}\p{N}_/'’-])`, "iu"));
const FOR = before("for");
const IN = [
  ...before("in"),
  ...TIMES.map((time) => new RegExp(String.raw`(?<![^\s,;(])${time}\s+from\s+now(?![\p{L}\p{N}_/'’-])`, "iu")),
];

type Span = { minutes: number; said: string; rest: Words };

/** Takes how long a call is to last, in minutes: `for 45m`, `for 1h30`, `for an hour and a half`. */
export function takeLength(words: Words): Span | null {
  return takeFirst(words, FOR);
}

/** Takes how long it is until the call, in minutes: `in 2 hours`, `2 hours from now`. */
export function takeWait(words: Words): Span | null {
  return takeFirst(words, IN);
}

/** `for 45` says minutes where it stands alone: not in `Fun for 45 people`. */
const BARE_LENGTH =
  /(?:(?<=^\s*|\uE000\s*)for\s+(?<first>\d{1,3})(?=\s|$)(?!\s+(?:people|persons|guests|of|or|users|seats|teams)\b)|(?<!\S)for\s+(?<last>\d{1,3})(?=\s*(?:\uE000|$)))/iu;

/** A length without “for” that goes on is of the title: “5 minutes of fame”, “An hour with the CEO”. */
export const NOT_OF_TITLE = String.raw`(?!\s+(?:of|to|until|before|after|from|in|at|on|ago|late|later|past|with)\b)`;

/** Without “for”, right behind what says when, or at the end behind a comma or in brackets: `15:00 45m`, `(45 min)`. */
const BARE_TIMES = [
  ...TIMES.map(
    (time) => new RegExp(String.raw`(?<=\uE000\s*)[,(–-]?\s*(?!\d+:)${time}[.)]?(?=[\s,:]|$)${NOT_OF_TITLE}`, "iu"),
  ),
  // “The last 5 minutes” are of the title.
  ...[HOURS, MINUTES].map(
    (time) =>
      new RegExp(
        String.raw`(?<=\S\s+)(?<!(?<!\S)(?:the|last|first|next|past|of|in|than|only|every|other)\s+)(?=\d)${time}(?=\s*(?:\uE000|$))`,
        "iu",
      ),
  ),
  ...TIMES.map((time) => new RegExp(String.raw`(?:,\s*|\(\s*|\s[-–]\s+)${time}\)?(?=\s*(?:\uE000|$))`, "iu")),
];

/** Takes a length that is a bare number, once all else is taken. */
export function takeBareLength(words: Words): Span | null {
  const told = takeFirst(words, BARE_TIMES);
  // “60 Minutes” is a show.
  if (told !== null) return /\d\s?[HM][a-z]/.test(told.said) ? null : told;
  const taken = take(words, BARE_LENGTH);
  const { first, last } = taken?.found.groups ?? {};
  const minutes = Number(first ?? last ?? 0);
  // “Table for 8” is a title: nobody says 8 minutes so.
  const isLength = minutes >= 15 && minutes <= 240 && minutes % 5 === 0;
  return taken === null || !isLength ? null : { minutes, said: taken.found[0], rest: taken.rest };
}

const RANGE = new RegExp(
  String.raw`(?<!\S)for\s+(?:${NUMBER}|${WORDS})\s*(?:-|–|\bto\b|\bor\b)\s*(?:${NUMBER}|${WORDS})\s*-?(?:hours?|hrs?|h|minutes?|mins?|m)\b`,
  "iu",
);

/** A problem with what may be a length, and is of two, or none of a call. */
export function bareLengthProblem(text: string, bare: Span | null): string | null {
  const range = RANGE.exec(text)?.[0];
  if (range !== undefined) return `“${range}” is not one length: say it like “for 45m”, or put the title in quotes.`;
  if (bare === null || (bare.minutes >= MIN_MINUTES && bare.minutes <= MAX_MINUTES)) return null;
  const said = bare.said.replace(/^[\s,(–-]+|[\s.)]+$/g, "");
  return `“${said}” may be how long the call is, or part of the title: say “for” and 5 minutes to 4 hours, or put the title in quotes.`;
}

function takeFirst(words: Words, patterns: readonly RegExp[]): Span | null {
  for (const pattern of patterns) {
    const taken = take(words, pattern);
    if (taken === null) continue;
    const { found, rest } = taken;
    return { minutes: minutesOf(found.groups ?? {}), said: found[0], rest };
  }
  return null;
}

function minutesOf({ half, threequarters, quarter, hours, minutes, more }: Record<string, string | undefined>): number {
  if (half !== undefined) return 30;
  if (threequarters !== undefined) return 45;
  if (quarter !== undefined) return 15;
  const rest = more === undefined ? numberOf(minutes) : more.toLowerCase() === "half" ? 30 : 15;
  return Math.round(numberOf(hours) * 60 + rest);
}

function numberOf(text: string | undefined): number {
  return text === undefined ? 0 : (NUMBERS.get(text.toLowerCase()) ?? Number(text.replace(",", ".")));
}
