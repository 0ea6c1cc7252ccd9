import { international } from "../../conference/phone-number.ts";
import type { ReminderContent } from "../../conference/schedule-content.ts";
import { channelLink, date, escape, utc } from "../mrkdwn.ts";
import { fallback, section, type SlackMessage } from "./blocks.ts";
import { answerButtons, dialInLink, distanceWords, recipientLines, saidLines } from "./call-words.ts";
import { uninvitedMessage } from "./uninvited.ts";

/** That a call is about to start, or has just: to its channel, or to somebody who is invited. */
export function reminderMessage(reminder: ReminderContent): SlackMessage {
  const { state, time, title, channelId, recipient, said, dialIn, seriesId } = reminder;
  if (recipient?.isInvited === false) {
    return uninvitedMessage(reminder, (shown) => (time === null ? "" : ` (${shown(time.startsAt, "day-and-time")})`));
  }
  if (state !== "open" || time === null) return past(reminder);
  const where = recipient === null ? "" : ` of ${channelLink(channelId)}`;
  const distance = distanceWords(reminder.startsInMs);
  const verb = distance.endsWith("ago") ? "started" : "starts";
  const sentence = (shown: typeof date, name: string) =>
    `${name}${where} ${verb} ${distance}, at ${shown(time.startsAt, "time")}.`;
  const details = recipient === null ? saidLines(said) : recipientLines(recipient);
  const plain = [sentence(utc, escape(title)), `Dial in: ${international(dialIn)}.`, ...details.map(stopped)];
  const lines = [`:alarm_clock: ${sentence(date, `*${escape(title)}*`)}`, `Dial in: ${dialInLink(dialIn)}`, ...details];
  return {
    text: fallback(plain),
    blocks: [section(lines.join("\n")), ...(recipient?.answer === null ? [answerButtons(seriesId)] : [])],
  };
}

function past({ title, state }: ReminderContent): SlackMessage {
  const text = `${escape(title)} is ${STATES[state]}.`;
  return { text, blocks: [section(text)] };
}

const STATES = { open: "scheduled", cancelled: "cancelled", over: "over" } as const;

function stopped(line: string): string {
  return line.endsWith(".") ? line : `${line}.`;
}
