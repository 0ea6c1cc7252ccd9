import { instantOf } from "./occurrences.ts";
import { dateWords, dayWords, durationWords, ruleWords, timeWords, zoneWords } from "./rule-words.ts";
import { firstStart } from "./said-start.ts";
import { ruleText } from "./said-rule.ts";
import { readPieces, type Pieces, type Unread } from "./said-pieces.ts";
import { lastDayReader } from "./said-until.ts";

import {
  type Day,
  DEFAULT_CHANNEL_REMINDER_MINUTES,
  DEFAULT_MINUTES,
  DEFAULT_PERSONAL_REMINDER_MINUTES,
  type LocalTime,
  type SeriesPlan,
} from "./series.ts";

/**
 * What somebody typed after `/conf schedule`, as far as it can be understood.
 *
 * `understood` are short sentences: `Every week on Tuesday at 9:30`.
 */
export type ScheduleWords =
  /** `mentions` are Slack users: the plan knows no invitees yet. */
  | { kind: "plan"; plan: SeriesPlan; mentions: string[]; understood: string[] }
  | { kind: "not-understood"; problem: string; understood: string[] };

/**
 * Reads what follows `/conf schedule`, unescaped but for mentions (`<@U1>` or `<@U1|name>`). Never throws.
 *
 * What can be said but not be done is for `checkPlan` to find: a past time, a title that is too long.
 *
 * @param zone of the speaker: what they say is meant there, unless they name another
 */
export function readSchedule(text: string, now: number, zone: string): ScheduleWords {
  const pieces = readPieces(text, now, zone);
  if ("problem" in pieces) return notUnderstood(pieces, now);
  const startsLocal = firstStart(pieces, now);
  const untilDay = startsLocal === null ? null : lastDay(pieces, startsLocal);
  const rule = startsLocal === null || pieces.rule === null ? null : ruleText(pieces.rule, startsLocal);
  const problem = problemOf(pieces, startsLocal, untilDay);
  if (startsLocal === null || problem !== null) {
    const understood = understoodOf(pieces, startsLocal, rule, untilDay);
    return { kind: "not-understood", problem: problem ?? NO_TIME, understood };
  }
  const understood = understoodOf(pieces, startsLocal, rule, untilDay);
  return {
    kind: "plan",
    plan: planOf(pieces, startsLocal, rule, untilDay),
    mentions: [...pieces.mentions],
    understood,
  };
}

function notUnderstood({ problem, pieces }: Unread, now: number): ScheduleWords {
  const isDayClear = (pieces.when?.day ?? null) !== null || pieces.rule !== null;
  const startsLocal = isDayClear ? firstStart(pieces, now) : null;
  const untilDay = startsLocal === null ? null : lastDay(pieces, startsLocal);
  const rule = startsLocal === null || pieces.rule === null ? null : ruleText(pieces.rule, startsLocal);
  return { kind: "not-understood", problem, understood: understoodOf(pieces, startsLocal, rule, untilDay) };
}

const NO_TIME = "I can't tell when the call starts: say a time, like 15:00 or 3pm.";

function problemOf(
  { title, rule, until, tooLong }: Pieces,
  startsLocal: LocalTime | null,
  untilDay: Day | null,
): string | null {
  if (startsLocal === null) return NO_TIME;
  if (rule === null && untilDay !== null) {
    return `“${capitalized(until?.keyword ?? "until")} ${until?.said ?? ""}” needs to know how often: say it like “every Tuesday until 31 March”.`;
  }
  if (tooLong !== null) {
    return `I don't know what “${tooLong}” means: say “for 45m” or “until 31 March”, or put the title in quotes.`;
  }
  return title === "" ? "The call needs a title: what is it about?" : null;
}

function planOf(pieces: Pieces, startsLocal: LocalTime, rule: string | null, untilDay: Day | null): SeriesPlan {
  return {
    title: pieces.title,
    notes: "",
    startsLocal,
    zone: pieces.zone,
    minutes: pieces.minutes ?? DEFAULT_MINUTES,
    rule,
    untilDay,
    inviteeIds: null,
    channelReminderMinutes: DEFAULT_CHANNEL_REMINDER_MINUTES,
    personalReminderMinutes: DEFAULT_PERSONAL_REMINDER_MINUTES,
    callsEveryone: pieces.callsEveryone,
  };
}

/** The last day as it is meant by somebody who speaks of calls that begin then: 31 March is the next one after that. */
function lastDay({ until, zone }: Pieces, startsLocal: LocalTime): Day | null {
  if (until?.day === null || until?.day === undefined) return null;
  if (until.day >= startsLocal.slice(0, 10)) return until.day;
  return lastDayReader(instantOf(startsLocal, zone), zone)(until.said)?.day ?? until.day;
}

/** What was understood, in sentences, for somebody who is told what was not. */
function understoodOf(
  pieces: Pieces,
  startsLocal: LocalTime | null,
  rule: string | null,
  untilDay: Day | null,
): string[] {
  const { zone, isZoneSaid, minutes, title, callsEveryone, mentions } = pieces;
  const at = startsLocal === null ? 0 : instantOf(startsLocal, zone);
  return [
    ...(startsLocal === null ? saidWhen(pieces) : [whenWords(startsLocal, rule, untilDay)]),
    ...(minutes === null ? [] : [durationWords(minutes)]),
    ...(isZoneSaid ? [startsLocal === null ? zone : zoneWords(zone, at)] : []),
    ...(title === "" ? [] : [`“${shortened(title)}”`]),
    ...(mentions.length === 0 ? [] : [`With ${mentions.length === 1 ? "one person" : `${mentions.length} people`}`]),
    ...(callsEveryone ? ["Everybody is called at the start"] : []),
  ];
}

function whenWords(startsLocal: LocalTime, rule: string | null, untilDay: Day | null): string {
  const time = timeWords(startsLocal);
  if (rule === null) return `${dayWords(startsLocal, { withYear: true })} at ${time}`;
  const until = untilDay === null ? "" : `, until ${dateWords(untilDay)}`;
  return `${capitalized(ruleWords(rule, startsLocal, null))} at ${time}${until}`;
}

function saidWhen({ rule, when, until }: Pieces): string[] {
  return [
    ...(rule === null ? [] : [capitalized(rule.said)]),
    ...(when?.day ? [dayWords(when.day, { withYear: true })] : []),
    ...(when?.time ? [`At ${when.time.replace(/^0/, "")}`] : []),
    ...(until?.day ? [`Until ${dateWords(until.day)}`] : []),
  ];
}

const MAX_TITLE_SHOWN = 80;

function shortened(title: string): string {
  const characters = [...title];
  return characters.length > MAX_TITLE_SHOWN ? `${characters.slice(0, MAX_TITLE_SHOWN).join("")}…` : title;
}

function capitalized(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}
