import { international } from "../../conference/phone-number.ts";
import type { NoticeContent, ToldChange } from "../../conference/schedule-content.ts";
import { channelLink, date, escape, utc } from "../mrkdwn.ts";
import { allOf, counted, fallback, firstThatFits, listSections, type SlackMessage } from "./blocks.ts";
import { dialInLink, repetitionWords, whenWords, whichWords } from "./call-words.ts";
import { durationWords } from "./duration.ts";
import { uninvitedMessage } from "./uninvited.ts";

type Shown = typeof date;

/** With more changes than this at once, the rest are a count. */
const MAX_CHANGES = 10;
/** Where much is to be said of each. */
const FEWER_CHANGES = 5;

/** What became different about scheduled calls since people were told of them. */
export function noticeMessage(notice: NoticeContent): SlackMessage {
  const { recipient, channelId, dialIn, changes } = notice;
  if (recipient?.isInvited === false) return uninvited(notice);
  const where = recipient === null ? "" : ` A call of ${channelLink(channelId)}.`;
  const isOn = changes.some(({ after }) => after !== null);
  const told = (shown: Shown, most: number) => [
    ...changes.slice(0, most).map((change) => sentenceOf(notice, change, shown)),
    ...(changes.length > most ? [`And ${counted(changes.length - most, "more change")}.`] : []),
  ];
  const dialled = isOn ? `Dial in: ${dialInLink(dialIn)}.${where}` : where.trim();
  const render = (most: number) => () => {
    const lines = told(date, most).map((sentence) => `:calendar: ${sentence}`);
    return listSections("", dialled === "" ? lines : [...lines, dialled], "\n");
  };
  return {
    text: fallback([
      ...told(utc, MAX_CHANGES).map((sentence) => sentence.replaceAll("*", "")),
      where.trim(),
      isOn ? `Dial in: ${international(dialIn)}.` : "",
    ]),
    blocks: firstThatFits([render(MAX_CHANGES), render(FEWER_CHANGES)]),
  };
}

function uninvited(notice: NoticeContent): SlackMessage {
  const [change] = notice.changes;
  const title = change?.before?.title ?? notice.title;
  return uninvitedMessage({ ...notice, title }, (shown) => (change === undefined ? "" : wasOn(notice, change, shown)));
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
  if (extent === "all" || day === null) return whichWords({ ...plan, ...before }, shown);
  const startsLocal = before?.startsLocal ?? `${day}${plan.startsLocal.slice(10)}`;
  return whichWords({ ...plan, startsLocal, rule: null }, shown);
}

function movedWords(
  before: NonNullable<ToldChange["before"]>,
  after: NonNullable<ToldChange["after"]>,
  next: string,
): string {
  // Its time may be the same as ever.
  if (before.rule !== null && after.next !== null) return `no longer repeats: it is ${next}`;
  return after.next === null ? `is now ${next}` : `has been moved to ${next}`;
}

function differences(
  { plan: { zone } }: NoticeContent,
  { before, hasNewNotes }: ToldChange,
  after: NonNullable<ToldChange["after"]>,
  shown: Shown,
): string[] {
  const next = after.next === null ? "over" : whenWords(after.next, shown);
  const repetition = repetitionWords({ ...after, zone });
  if (before === null) return [repetition === "" ? `changed: it is still ${next}` : `changed: the next is ${next}`];
  const isMoved =
    before.startsLocal !== after.startsLocal || before.rule !== after.rule || before.untilDay !== after.untilDay;
  return [
    ...(before.title === after.title ? [] : [`is now called *${escape(after.title)}*`]),
    ...(isMoved
      ? [repetition === "" ? movedWords(before, after, next) : `is now ${repetition}: the next is ${next}`]
      : []),
    ...(before.minutes === after.minutes ? [] : [`is now ${durationWords(after.minutes * 60_000)} long`]),
    ...(hasNewNotes ? ["has new notes"] : []),
  ];
}
