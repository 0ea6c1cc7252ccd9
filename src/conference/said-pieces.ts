import { Temporal } from "temporal-polyfill";
import { dayOf, instantOf, localTimeOf } from "./occurrences.ts";
import { exceptionProblem, oftenProblem, onlyDaysProblem, seriesProblem } from "./said-doubts.ts";
import { dated } from "./said-dates.ts";
import { lengthUntil } from "./said-end.ts";
import { respelled } from "./said-spellings.ts";
import { midnightProblem } from "./said-nights.ts";
import { typoProblem } from "./said-typos.ts";
import { readRule } from "./rule.ts";
import { leftoverProblem, oddProblem, untilProblem } from "./said-leftovers.ts";
import { bareLengthProblem, takeBareLength, takeLength, takeWait } from "./said-length.ts";
import { momentReader } from "./said-moment.ts";
import { remainsProblem } from "./said-remains.ts";
import { ruleText, type SaidRule, takeRule } from "./said-rule.ts";
import { type Said, type SaidEnd, takeTime, takeUntil } from "./said-time.ts";
import { hideQuotes, take, titleOf, type Words } from "./said-words.ts";
import { lastDayReader } from "./said-until.ts";
import { takeZone } from "./said-zone.ts";

/** What somebody said about a call, piece by piece. */
export type Pieces = {
  zone: string;
  isZoneSaid: boolean;
  rule: SaidRule | null;
  when: Said | null;
  until: SaidEnd | null;
  minutes: number | null;
  /** `for 2 weeks`, which is the length of nothing here. */
  tooLong: string | null;
  callsEveryone: boolean;
  mentions: readonly string[];
  title: string;
};

const NOTHING: Omit<Pieces, "zone"> = {
  ...{ isZoneSaid: false, rule: null, when: null, until: null, minutes: null, tooLong: null, callsEveryone: false },
  ...{ mentions: [], title: "" },
};

/** Small letters, for a board call and a Board Call are two. */
const LAST_WORD_CALL = /(?<!\S)call(?=[\s\uE000]*$)/u;

const FOR_TOO_LONG =
  /(?<!\S)for\s+(?:the\s+next\s+)?(?:\d+|an?|two|three|four|five|six)\s+(?:seconds?|days?|weeks?|months?|years?|times)\b/iu;

/** What was understood until something made no sense. */
export type Unread = { problem: string; pieces: Pieces };

/** Takes the pieces from a text, each in its turn, until the title is left. A problem where one makes no sense. */
export function readPieces(text: string, now: number, ownZone: string): Pieces | Unread {
  const hidden = hideQuotes(text);
  const nothing = { ...NOTHING, zone: ownZone };
  if ("openQuote" in hidden) {
    return { problem: `The quote that begins with ${hidden.openQuote} never ends.`, pieces: nothing };
  }
  const call = take(hidden, LAST_WORD_CALL);
  const words = respelled(call?.rest ?? hidden);
  const length = takeLength(words)?.minutes ?? null;
  const heard = { ...nothing, minutes: length, callsEveryone: call !== null, mentions: hidden.mentions };
  const zoned = takeZone(words, ownZone, Number(localTimeOf(now, ownZone).slice(0, 4)));
  if ("problem" in zoned) return { problem: zoned.problem, pieces: heard };
  const placed = { ...heard, zone: zoned.zone, isZoneSaid: zoned.isSaid };
  const today = Temporal.PlainDate.from(dayOf(localTimeOf(now, zoned.zone)));
  const ruled = takeRule(dated(zoned.rest, today));
  if ("problem" in ruled) return { problem: ruled.problem, pieces: placed };
  const checked = ruled.rule === null ? null : readRule(ruleText(ruled.rule, localTimeOf(now, zoned.zone)));
  if (checked !== null && "problem" in checked) return { problem: checked.problem, pieces: placed };
  const repeated = { ...placed, rule: ruled.rule };
  const except = ruled.rule === null ? null : (exceptionProblem(ruled.rest.text) ?? onlyDaysProblem(ruled.rest.text));
  if (except !== null) return { problem: except, pieces: repeated };
  const tooLong = take(ruled.rest, FOR_TOO_LONG);
  const times = takeTimes(tooLong?.rest ?? ruled.rest, now, zoned.zone, ruled.rule);
  if ("problem" in times) return { problem: times.problem, pieces: { ...repeated, ...times.soFar } };
  const { when, until, minutes, rest } = times;
  return { ...repeated, tooLong: tooLong?.found[0] ?? null, when, until, minutes, title: titleOf(rest) };
}

type Times = Pick<Pieces, "when" | "until" | "minutes">;

function takeTimes(
  words: Words,
  now: number,
  zone: string,
  rule: SaidRule | null,
): (Times & { rest: Words }) | { problem: string; soFar: Partial<Times> } {
  const read = momentReader(now, zone);
  const length = takeLength(words);
  const until = takeUntil(length?.rest ?? words, lastDayReader(now, zone));
  const afterUntil = until?.rest ?? length?.rest ?? words;
  const wait = takeWait(afterUntil);
  const said = takeTime(wait?.rest ?? afterUntil, read, (rule?.days ?? null) !== null);
  const rest = said?.rest ?? wait?.rest ?? afterUntil;
  const when = wait === null ? (said?.said ?? null) : afterWait(wait.minutes, now, zone);
  const soFar = { until: until?.said ?? null, minutes: length?.minutes ?? null };
  const endless = rule === null ? null : untilProblem(rest.text);
  if (endless !== null) return { problem: endless, soFar: { ...soFar, when } };
  const twice = wait === null || when === null ? null : twiceProblem(wait, when, now, zone);
  if (twice !== null) return { problem: twice, soFar };
  const unclear = whenProblem(said, wait?.said ?? null, rest.text, rule);
  // The time of day may be clear, though the day is not.
  const atLeast = when === null || said?.second ? null : { ...when, day: null, isWeekday: false };
  if (unclear !== null) return { problem: unclear, soFar: { ...soFar, when: atLeast } };
  const end = endOf(when, until?.said ?? null);
  if (end?.problem && length === null) return { problem: end.problem, soFar: { ...soFar, when } };
  const minutes = length?.minutes ?? end?.minutes ?? null;
  const bare = minutes === null ? takeBareLength(rest) : null;
  const left = bare?.rest ?? rest;
  const long = minutes === null ? bareLengthProblem(rest.text, bare) : null;
  if (long !== null) return { problem: long, soFar: { ...soFar, when } };
  const remains = { text: left.text, when, before: said?.before ?? "", main: said?.main ?? "", rule };
  const odd = (rule === null ? null : seriesProblem(left.text)) ?? remainsProblem(remains);
  if (odd !== null) return { problem: odd, soFar: { ...soFar, when, minutes: bare?.minutes ?? minutes } };
  return { when, until: until?.said ?? null, minutes: bare?.minutes ?? minutes, rest: left };
}

type Taken = ReturnType<typeof takeTime>;

function whenProblem(said: Taken, wait: string | null, left: string, rule: SaidRule | null): string | null {
  const second = wait === null ? said?.second : said?.typed;
  const first = wait ?? said?.typed;
  if (second) {
    return `“${first}” and “${second}” are two times: say one (“every Tuesday and Thursday 9:30” is one), or put the title in quotes.`;
  }
  if (said?.said.odd) return oddProblem(said.main, said.said);
  const midnight = said === null ? null : midnightProblem(said.said, said.said.said, (rule?.days ?? null) !== null);
  if (midnight !== null) return midnight;
  const hasDay = rule !== null || wait !== null || (said?.said.day ?? null) !== null;
  const unclear = leftoverProblem({
    ...{ text: left, before: said?.before ?? "", main: said?.main ?? "", after: said?.after ?? "" },
    ...{ hasDay, isWeekday: said?.said.isWeekday ?? false },
  });
  const isClear = rule !== null || wait !== null || said === null;
  const often = isClear ? null : oftenProblem(said.before, said.said);
  return unclear ?? often ?? (hasDay ? null : typoProblem(left));
}

function endOf(when: Said | null, until: Said | null): ReturnType<typeof lengthUntil> | null {
  const [end, said] = until?.time ? [until.time, until.said] : [when?.endTime ?? null, when?.said ?? ""];
  const start = when?.time ?? null;
  return start === null || end === null ? null : lengthUntil(start, end, said);
}

/** To the full minute, and never before the time that was said. */
function instantAfter(minutes: number, now: number): number {
  return Math.ceil((now + minutes * 60_000) / 60_000) * 60_000;
}

/** A problem with a wait that ends in the second of two equal hours, when clocks are set back: a local time is the first. */
function twiceProblem(wait: { minutes: number; said: string }, when: Said, now: number, zone: string): string | null {
  const at = instantAfter(wait.minutes, now);
  if (instantOf(`${when.day}T${when.time}`, zone) === at) return null;
  const inUtc = localTimeOf(at, "UTC").slice(11).replace(/^0/, "0");
  return `“${wait.said.trim()}” is when the clocks have been set back, at a time that comes twice: say “${inUtc} UTC”.`;
}

function afterWait(minutes: number, now: number, zone: string): Said {
  const local = localTimeOf(instantAfter(minutes, now), zone);
  return { day: dayOf(local), isWeekday: false, time: local.slice(11), endTime: null, odd: null, said: "" };
}
