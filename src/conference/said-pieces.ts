import { dayOf, localTimeOf } from "./occurrences.ts";
import { readRule } from "./rule.ts";
import { leftoverProblem, untilProblem } from "./said-leftovers.ts";
import { takeBareLength, takeLength, takeWait } from "./said-length.ts";
import { momentReader } from "./said-moment.ts";
import { ruleText, type SaidRule, takeRule } from "./said-rule.ts";
import { type Said, takeTime, takeUntil } from "./said-time.ts";
import { hideQuotes, take, titleOf, type Words } from "./said-words.ts";
import { lastDayReader } from "./said-until.ts";
import { takeZone } from "./said-zone.ts";

/** What somebody said about a call, piece by piece. */
export type Pieces = {
  zone: string;
  isZoneSaid: boolean;
  rule: SaidRule | null;
  when: Said | null;
  until: Said | null;
  minutes: number | null;
  /** `for 2 weeks`, which is the length of nothing here. */
  tooLong: string | null;
  callsEveryone: boolean;
  mentions: readonly string[];
  title: string;
};

/** Small letters, for a board call and a Board Call are two. */
const LAST_WORD_CALL = /(?<!\S)call(?=[\s\uE000]*$)/u;

const FOR_TOO_LONG =
  /(?<!\S)for\s+(?:the\s+next\s+)?(?:\d+|an?|two|three|four|five|six)\s+(?:days?|weeks?|months?|years?|times)\b/iu;

/** Takes the pieces from a text, each in its turn, until the title is left. A problem where one makes no sense. */
export function readPieces(text: string, now: number, ownZone: string): Pieces | { problem: string } {
  const hidden = hideQuotes(text);
  if ("openQuote" in hidden) return { problem: `The quote that begins with ${hidden.openQuote} never ends.` };
  const call = take(hidden, LAST_WORD_CALL);
  const zoned = takeZone(call?.rest ?? hidden, ownZone, Number(localTimeOf(now, ownZone).slice(0, 4)));
  if ("problem" in zoned) return zoned;
  const ruled = takeRule(zoned.rest);
  if ("problem" in ruled) return ruled;
  const checked = ruled.rule === null ? null : readRule(ruleText(ruled.rule, localTimeOf(now, zoned.zone)));
  if (checked !== null && "problem" in checked) return { problem: checked.problem };
  const tooLong = take(ruled.rest, FOR_TOO_LONG);
  const times = takeTimes(tooLong?.rest ?? ruled.rest, now, zoned.zone, ruled.rule);
  if ("problem" in times) return times;
  return {
    ...{ zone: zoned.zone, isZoneSaid: zoned.isSaid, rule: ruled.rule, callsEveryone: call !== null },
    tooLong: tooLong?.found[0] ?? null,
    ...{ when: times.when, until: times.until, minutes: times.minutes },
    ...{ mentions: hidden.mentions, title: titleOf(times.rest) },
  };
}

type Times = Pick<Pieces, "when" | "until" | "minutes"> & { rest: Words };

function takeTimes(words: Words, now: number, zone: string, rule: SaidRule | null): Times | { problem: string } {
  const read = momentReader(now, zone);
  const length = takeLength(words);
  const until = takeUntil(length?.rest ?? words, lastDayReader(now, zone));
  const afterUntil = until?.rest ?? length?.rest ?? words;
  const wait = takeWait(afterUntil);
  const said = takeTime(wait?.rest ?? afterUntil, read, (rule?.days ?? null) !== null);
  const rest = said?.rest ?? wait?.rest ?? afterUntil;
  const second = wait === null ? said?.second : said?.said.said;
  const first = wait === null ? said?.said.said : wait.said;
  const endless = rule === null ? null : untilProblem(rest.text);
  if (endless !== null) return { problem: endless };
  const problem = second
    ? `“${first}” and “${second}” are two times: say one (“every Tuesday and Thursday 9:30” is one), or put the title in quotes.`
    : leftoverProblem({
        ...{ text: rest.text, before: said?.before ?? "", main: said?.main ?? "", after: said?.after ?? "" },
        hasDay: rule !== null || wait !== null || (said?.said.day ?? null) !== null,
        isWeekday: said?.said.isWeekday ?? false,
      });
  if (problem !== null) return { problem };
  const when = wait === null ? (said?.said ?? null) : afterWait(wait.minutes, now, zone);
  const endTime = until?.said.time ?? when?.endTime ?? null;
  const untilEnd = when?.time && endTime !== null ? minutesBetween(when.time, endTime) : null;
  const minutes = length?.minutes ?? untilEnd;
  const bare = minutes === null ? takeBareLength(rest) : null;
  return { when, until: until?.said ?? null, minutes: bare?.minutes ?? minutes, rest: bare?.rest ?? rest };
}

function afterWait(minutes: number, now: number, zone: string): Said {
  // To the full minute, and never before the time that was said.
  const local = localTimeOf(Math.ceil((now + minutes * 60_000) / 60_000) * 60_000, zone);
  return { day: dayOf(local), isWeekday: false, time: local.slice(11), endTime: null, said: "" };
}

/** Over midnight, if need be. */
function minutesBetween(start: string, end: string): number {
  const minutesOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
  return (minutesOf(end) - minutesOf(start) + 1440) % 1440;
}
