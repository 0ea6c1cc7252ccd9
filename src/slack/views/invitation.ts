import type { KnownBlock } from "@slack/types";
import { international } from "../../conference/phone-number.ts";
import type { InvitationContent } from "../../conference/schedule-content.ts";
import { channelLink, clip, date, escape, utc } from "../mrkdwn.ts";
import { capital, context, counted, fallback, header, section, type SlackMessage } from "./blocks.ts";
import {
  answerButtons,
  dialInLink,
  recipientLines,
  repetitionWords,
  saidLines,
  whenWords,
  whichWords,
} from "./call-words.ts";
import { durationWords } from "./duration.ts";
import { uninvitedMessage } from "./uninvited.ts";

const MAX_NOTES_CHARS = 2500;

/** The invitation to a scheduled call: to a channel, with who said what; to one person, with what they said. */
export function invitationMessage(invitation: InvitationContent): SlackMessage {
  const { recipient, state } = invitation;
  if (recipient?.isInvited === false) {
    return uninvitedMessage(invitation, (shown) => whichWords(invitation.plan, shown));
  }
  return state === "open" ? open(invitation) : past(invitation, state);
}

function open(invitation: InvitationContent): SlackMessage {
  const { title, seriesId, said, recipient, dialIn } = invitation;
  const answers = recipient === null ? saidLines(said) : [];
  const own = recipientLines(recipient);
  const sentences = [
    `${leadOf(invitation)}: ${escape(title)}, ${factsOf(invitation, utc).join(", ")}.`,
    `Dial in: ${international(dialIn)}.`,
    notesOf(invitation, " "),
    ...[...answers, ...asides(invitation)].map((line) => `${line}.`),
    ...own,
  ];
  const facts = factsOf(invitation, date).map((fact) => `• ${capital(fact)}`);
  const notes = notesOf(invitation, "\n");
  const blocks: KnownBlock[] = [
    header(title),
    section([`${leadOf(invitation)}:`, ...facts, `• Dial in: ${dialInLink(dialIn)}`].join("\n")),
    ...(notes === "" ? [] : [section(notes)]),
    ...(answers.length === 0 ? [] : [section(answers.join("\n"))]),
    ...(own.length === 0 ? [] : [section(own.join("\n"))]),
    answerButtons(seriesId),
    context(`${asides(invitation).join(". ")}.`),
  ];
  return { text: fallback(sentences), blocks };
}

function leadOf({ recipient, channelId }: InvitationContent): string {
  return recipient === null ? "A call is scheduled" : `You are invited to a call of ${channelLink(channelId)}`;
}

function factsOf({ next, plan, recipient }: InvitationContent, shown: typeof date): string[] {
  const repetition = repetitionWords(plan);
  // What one person was told is not brought up to date with each call: of a first one, or since when, it stays true.
  const since = next?.startsLocal === plan.startsLocal ? "first" : "from";
  const which = recipient === null ? "next" : since;
  const when = next === null ? "" : whenWords(next, shown);
  return [
    repetition === "" ? when : repetition,
    repetition === "" ? "" : `${which} ${when}`,
    durationWords(plan.minutes * 60_000),
  ].filter((fact) => fact !== "");
}

function asides({ invited, plan }: InvitationContent): string[] {
  const who =
    invited === null ? "Everybody on the roster is invited" : `${counted(invited, "person is", "people are")} invited`;
  return [`Call ${plan.number}`, who, ...(plan.callsEveryone ? ["The line calls everybody when it starts"] : [])];
}

function notesOf({ plan: { notes } }: InvitationContent, separator: string): string {
  const lines = notes.split(/\r?\n/).map((line) => escape(line));
  return clip(lines.filter((line) => line !== "").join(separator), MAX_NOTES_CHARS);
}

function past({ title, plan }: InvitationContent, state: "cancelled" | "over"): SlackMessage {
  const repetition = repetitionWords(plan);
  const sentence = (name: string) => `${name}${repetition === "" ? "" : ` (${repetition})`} is ${state}.`;
  const mark = state === "cancelled" ? ":x: " : "";
  return { text: sentence(escape(title)), blocks: [section(`${mark}${sentence(`*${escape(title)}*`)}`)] };
}
