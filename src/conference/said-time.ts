import { clockOf } from "./said-clock.ts";
import { MONTH } from "./said-days.ts";
import type { MomentReader, SaidMoment } from "./said-moment.ts";
import { isHidden, type Words, without } from "./said-words.ts";

export type Said = SaidMoment & { said: string };
/** `keyword` is what said that an end follows: `until`, `through`. */
export type SaidEnd = Said & { keyword: string };
/** What says when, with what stands around the words for the day, and with what says when once more. */
type Taken = {
  said: Said;
  typed: string;
  main: string;
  before: string;
  after: string;
  second: string | null;
  rest: Words;
};
type Hit = Said & { from: number; to: number };
type Word = { text: string; from: number; to: number };

/** A longer run of such words says more than when; and what comes far behind is a title. */
const MAX_RUN = 10;
const MAX_HITS = 4;
const MAX_WORDS = 100;

const VOCABULARY = new RegExp(
  `^(?:${[
    "at|on|from|starting|beginning|@|the|of|in|to|till|-|–|—|a|an|end|next|this|coming|after|now",
    "christmas|xmas|days?|weeks?|fortnight|months?|years?|today|tomorrow|tmrw?|overmorrow|tonight|weekend",
    "noon|midday|midnight|morning|afternoon|evening|night|[ap]\\.?m\\.?",
    "(?:mon|tues?|wed(?:s|n|nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?",
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?",
    "nov(?:ember)?|dec(?:ember)?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve",
    "half|quarter|past|fifteen|thirty|forty-five|o['’]?clock",
    "\\d[\\d:./T–-]{0,15}(?:st|nd|rd|th|[ap]\\.?m\\.?|h\\d{0,2}|Z|[+-]\\d\\d:?\\d\\d)?(?:[–-]\\d[\\d:.]{0,5}(?:[ap]\\.?m\\.?)?)?",
    "(?:utc|gmt)[+-]\\d{1,2}(?::\\d\\d)?",
  ].join("|")})$`,
  "iu",
);

const COUNTED = /^\s+(?:people|persons|guests|of|or|more|minutes?|hours?|days?|weeks?|months?|years?|calls?)(?!\S)/i;
const STARTING = /^(?:from|starting|beginning)\b/i;
const IS_CONNECTOR = /^(?:at|on|from|starting|beginning|@|the|of|in|to|till|-|–|—|a|an)$/i;

/**
 * Takes the first words that say a day and a time; or the first that say a time and the first that say a day.
 *
 * @param hasDays whether the rule says on which weekdays: then another weekday is of the title, unless it `starts` there
 */
export function takeTime(words: Words, read: MomentReader, hasDays: boolean): Taken | null {
  const isWhen = (moment: SaidMoment, said: string) => !hasDays || !moment.isWeekday || STARTING.test(said);
  const hits = findHits(words, read, isWhen);
  const whole = hits.find(({ day, time }) => day !== null && time !== null);
  const time = whole ?? hits.find((hit) => hit.time !== null);
  const day = whole ?? hits.find((hit) => hit.day !== null);
  const halved = whole === undefined ? inHalf(day, time, read) : null;
  const found = [...new Set([day, time])].filter((hit) => hit !== undefined).toSorted((a, b) => a.from - b.from);
  const main = day ?? time;
  if (main === undefined) return null;
  const second = hits.find((hit) => !found.includes(hit));
  const typed = ({ from, to }: Hit) => words.text.slice(from, to);
  return {
    said: {
      ...{ day: day?.day ?? null, isWeekday: day?.isWeekday ?? false },
      ...{ time: halved?.time ?? time?.time ?? null, endTime: halved?.endTime ?? time?.endTime ?? null },
      odd: day?.odd ?? time?.odd ?? null,
      said: found.map((hit) => hit.said).join(" "),
    },
    typed: found.map(typed).join(" "),
    ...{ main: main.said, second: second === undefined ? null : typed(second) },
    ...{ before: words.text.slice(0, main.from), after: words.text.slice(main.to) },
    rest: found.reduceRight((left, { from, to }) => without(left, from, to), words),
  };
}

const HALF_OF_DAY = /\b(?:morning|afternoon|evening|night|tonight)$/i;

/** The time in the half of the day that was said with the day, and apart from it: “Friday evening Dinner at 7”. */
function inHalf(day: Hit | undefined, time: Hit | undefined, read: MomentReader): SaidMoment | null {
  if (day === undefined || time === undefined || !HALF_OF_DAY.test(day.said)) return null;
  return read(`${day.said} ${time.said}`);
}

/** Takes until when: the last day of a series (`until 31 March`), or the end of a call (`until 16:00`). */
export function takeUntil(words: Words, read: MomentReader): { said: SaidEnd; rest: Words } | null {
  const all = wordsOf(words.text).slice(0, MAX_WORDS);
  for (const keyword of words.text.matchAll(UNTIL)) {
    const after = keyword.index + keyword[0].length;
    if (after > (all.at(-1)?.to ?? 0)) break;
    const run = runFrom(all, (word) => word.from >= after).slice(0, MAX_RUN);
    const isNext = run[0]?.from === after;
    const day = isNext ? longestHit(run, read, (moment) => moment.time === null) : null;
    // “Tuesday 9:30 to Thursday” and “Road to Friday” say no last day.
    if (/^to/i.test(keyword[0]) && (day === null || day.isWeekday)) continue;
    const hour = /^to/i.test(keyword[0]) ? null : bareHour(run[0], words.text);
    const hit = day ?? (isNext ? (longestHit(run, read, (moment) => moment.day === null) ?? hour) : null);
    if (hit === null) continue;
    return { said: { ...hit, keyword: keyword[0].trim() }, rest: without(words, keyword.index, hit.to) };
  }
  return null;
}

const UNTIL =
  /(?<![^\s(])(?:until|till?|through|thru|up\s+to|(?:ends|ending)(?:\s+on)?|(?=to\s)(?<=(?<!\S)(?:from|starting)\s[^\uE000]{1,30}\s)to)\s+/giu;

/** The 4 of `until 4`, and never that of `until 4 people come`. */
function bareHour(word: Word | undefined, text: string): Hit | null {
  if (word === undefined || !/^(?:1?\d|2[0-3])$/.test(word.text) || COUNTED.test(text.slice(word.to))) return null;
  const time = `${word.text.padStart(2, "0")}:00`;
  return { ...{ day: null, isWeekday: false, time, endTime: null, odd: null }, ...word, said: word.text };
}

const IS_NUMBER = /^\d{1,2}$/;
const IS_MONTH = new RegExp(`^${MONTH}$`, "iu");

type Accept = (moment: SaidMoment, said: string) => boolean;

function findHits({ text }: Words, read: MomentReader, accept: Accept): Hit[] {
  const all = wordsOf(text).slice(0, MAX_WORDS);
  const hits: Hit[] = [];
  for (let at = 0; at < all.length && hits.length < MAX_HITS; at++) {
    const hit = longestHit(
      runFrom(all, (_, index) => index >= at, at),
      read,
      accept,
      all[at - 1]?.text,
    );
    if (hit === null) continue;
    hits.push(hit);
    at = all.findLastIndex(({ from }) => from < hit.to);
  }
  return hits;
}

/** Words one after another that may say when, from a place on; empty where the word there does not. */
function runFrom(all: readonly Word[], isThere: (word: Word, index: number) => boolean, at?: number): Word[] {
  const start = at ?? all.findIndex(isThere);
  if (start === -1) return [];
  const end = all.findIndex(({ text }, index) => index >= start && !VOCABULARY.test(text));
  return all.slice(start, Math.min(end === -1 ? all.length : end, start + MAX_RUN));
}

/** The longest beginning of a run that is understood as a whole: `15:00 May` is not, `15:00` is. */
function longestHit(run: readonly Word[], read: MomentReader, accept: Accept, before?: string): Hit | null {
  for (let length = run.length; length > 0; length--) {
    const [first, last] = [run[0], run[length - 1]];
    if (first === undefined || last === undefined || IS_CONNECTOR.test(last.text)) continue;
    // “From 3” is no time in “from 3 December”.
    if (IS_NUMBER.test(last.text) && IS_MONTH.test(run[length]?.text ?? "")) continue;
    const said = run
      .slice(0, length)
      .map((word, index) => clockOf(word.text, index === 0 ? before : run[index - 1]?.text))
      .join(" ");
    const moment = read(said);
    if (moment !== null && accept(moment, said)) return { ...moment, said, from: first.from, to: last.to };
  }
  return null;
}

/** Words with their places, without the punctuation around them. */
function wordsOf(text: string): Word[] {
  return [...text.matchAll(/\S+/gu)].map((found) => {
    const bare = found[0].replace(/^[([]+|[)\],;:?!]+$/gu, "");
    const word = /[ap]\.m\.$|^\d{1,2}\.(?:0?[1-9]|1[0-2])\.$/i.test(bare) ? bare : bare.replace(/\.+$/, "");
    return { text: isHidden(word) ? "" : word, from: found.index, to: found.index + found[0].length };
  });
}
