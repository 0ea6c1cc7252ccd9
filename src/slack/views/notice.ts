import { instantOf } from "../../conference/occurrences.ts";
import { international } from "../../conference/phone-number.ts";
import type { NoticeContent, ToldChange } from "../../conference/schedule-content.ts";
import { channelLink, date, escape, utc } from "../mrkdwn.ts";
import { allOf, fallback, section, type SlackMessage } from "./blocks.ts";
import { dialInLink, repetitionWords, whenWords } from "./call-words.ts";
import { durationWords } from "./duration.ts";

type Shown = typeof date;

/** With more changes than this at once, the rest are a count. */
const MAX_CHANGES = 10;

/** What became different about scheduled calls since people were told of them. */
export function noticeMessage(notice: NoticeContent): SlackMessage {
  const { recipient, channelId, dialIn, changes } = notice;
  const where = recipient === null ? "" : ` A call of ${channelLink(channelId)}.`;
  const rest = changes.length > MAX_CHANGES ? [`And ${changes.length - MAX_CHANGES} more changes.`] : [];
  const shownChanges = changes.slice(0, MAX_CHANGES);
  const isOn = changes.some(({ after }) => after !== null);
  const told = (shown: Shown) => [...shownChanges.map((change) => sentenceOf(notice, change, shown)), ...rest];
  const lines = told(date).map((sentence) => `:calendar: ${sentence}`);
  return {
    text: fallback([
      ...told(utc).map((sentence) => sentence.replaceAll("*", "")),
      where.trim(),
      isOn ? `Dial in: ${international(dialIn)}.` : "",
    ]),
    blocks: [
      section(
        [...lines, isOn ? `Dial in: ${dialInLink(dialIn)}.${where}` : where.trim()]
          .filter((line) => line !== "")
          .join("\n"),
      ),
    ],
  };
}

function sentenceOf(notice: NoticeContent, change: ToldChange, shown: Shown): string {
  const name = `*${escape(change.before?.title ?? change.after?.title ?? notice.title)}*`;
  const which = `${name}${wasOn(notice, change, shown)}`;
  if (change.after === null)
    return `${which} is cancelled${change.extent === "following" ? ", and all that follow" : ""}.`;
  const different = differences(notice, change, change.after, shown);
  return different.length === 0 ? `${which} is as it was.` : `${which} ${allOf(different, 1000)}.`;
}

/** Which call it is about: by the time at which people expected it. */
function wasOn({ plan }: NoticeContent, { extent, day, before }: ToldChange, shown: Shown): string {
  if (extent === "all" || day === null) {
    const was = before === null ? plan : { ...plan, startsLocal: before.startsLocal };
    const repetition = repetitionWords(was);
    return repetition === "" ? ` on ${at(was.startsLocal, plan.zone, shown)}` : ` (${repetition})`;
  }
  const startsLocal = before?.startsLocal ?? `${day}${plan.startsLocal.slice(10)}`;
  return ` on ${at(startsLocal, plan.zone, shown)}`;
}

function at(startsLocal: string, zone: string, shown: Shown): string {
  return shown(instantOf(startsLocal, zone), "day-and-time");
}

function differences(
  { plan }: NoticeContent,
  { extent, before }: ToldChange,
  after: NonNullable<ToldChange["after"]>,
  shown: Shown,
): string[] {
  const next = after.next === null ? "over" : whenWords(after.next, shown);
  const unnamed = extent === "one" ? `changed: it is ${next}` : `changed: the next is ${next}`;
  if (before === null) return [unnamed];
  const isMoved = before.startsLocal !== after.startsLocal;
  const repetition = repetitionWords(plan);
  const moved = extent === "one" || repetition === "" ? `is now ${next}` : `is now ${repetition}: the next is ${next}`;
  const named = [
    ...(before.title === after.title ? [] : [`is now called *${escape(after.title)}*`]),
    ...(isMoved ? [moved] : []),
    ...(before.minutes === after.minutes ? [] : [`now takes ${durationWords(after.minutes * 60_000)}`]),
  ];
  // Of all calls something else may be different: how often they come, for one.
  return named.length === 0 && extent !== "one" ? [unnamed] : named;
}
