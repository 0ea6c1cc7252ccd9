import type { InputBlock, KnownBlock, ModalView, PlainTextElement } from "@slack/types";
import { instantOf } from "../../conference/occurrences.ts";
import { zoneWords } from "../../conference/rule-words.ts";
import type { SeriesPlan } from "../../conference/series.ts";
import { type Editing, type FormMetadata, packMetadata } from "../form-metadata.ts";
import { context } from "./blocks.ts";
import { inviteesField, reminderField, repeatField } from "./schedule-choices.ts";

export const SCHEDULE_FORM = "schedule_call";

/** What the form's inputs are called. */
export const fields = {
  extent: "choose_extent",
  which: "choose_one",
  title: "title",
  start: "start",
  length: "length",
  repeat: "repeat",
  until: "until",
  invitees: "invitees",
  channelReminder: "channel_reminder",
  personalReminder: "personal_reminder",
  callEveryone: "call_everyone",
  notes: "notes",
} as const;

export type FormExtent = "one" | "all";

/**
 * What block ids end in: Slack keeps what an input holds as long as its block keeps its id, so those of one call are not
 * those of another, or of the whole series.
 */
export function suffixOf(editing: FormMetadata["editing"]): string {
  return editing?.extent === "one" ? `_${editing.day}` : "";
}

export type FormShown = {
  metadata: FormMetadata;
  /** What the inputs hold at first; its start is the one that is shown. */
  plan: SeriesPlan;
  /** The calls that *only this one* may mean, by day, in words; none where there is no such choice. */
  ones: readonly { day: string; words: string }[];
  roster: readonly { id: string; name: string }[];
};

/** The form that schedules a call or edits one. One call of a series has fewer inputs than the whole. */
export function scheduleModal({ metadata, plan, ones, roster }: FormShown): ModalView {
  const { editing } = metadata;
  const suffix = suffixOf(editing);
  const startsAt = instantOf(plan.startsLocal, plan.zone);
  const blocks: KnownBlock[] = [
    ...(editing === null ? [] : extentFields(ones, editing)),
    titleField(plan.title, suffix),
    startField(startsAt, suffix),
    context(
      `You choose the time by your own clock. The call keeps its time of day in ${zoneWords(plan.zone, startsAt)}.`,
    ),
    lengthField(plan.minutes, suffix),
    ...(editing?.extent === "one" ? [] : wholeFields(plan, metadata.rule, roster)),
    notesField(plan.notes, suffix),
  ];
  return {
    type: "modal",
    callback_id: SCHEDULE_FORM,
    private_metadata: packMetadata(metadata),
    title: plainText(editing === null ? "Schedule a call" : "Change a call"),
    submit: plainText(editing === null ? "Schedule" : "Save"),
    close: plainText("Cancel"),
    blocks,
  };
}

function wholeFields(plan: SeriesPlan, rule: string | null, roster: FormShown["roster"]): InputBlock[] {
  return [
    repeatField(plan, rule),
    {
      ...input(fields.until, "Until"),
      optional: true,
      hint: plainText("The last day of a repeated call. Empty: it has no end."),
      element: {
        type: "datepicker",
        action_id: fields.until,
        ...(plan.untilDay === null ? {} : { initial_date: plan.untilDay }),
      },
    },
    ...inviteesField(roster, plan.inviteeIds),
    reminderField(fields.channelReminder, "Remind the channel", plan.channelReminderMinutes),
    reminderField(fields.personalReminder, "Remind those invited", plan.personalReminderMinutes),
    callEveryoneField(plan.callsEveryone),
  ];
}

function extentFields(ones: FormShown["ones"], { extent, day }: Editing): InputBlock[] {
  const options = ones.map((each) => ({ text: plainText(each.words), value: each.day }));
  const chosen = options.find(({ value }) => value === day);
  if (chosen === undefined) return [];
  const which: InputBlock = {
    ...input(fields.which, "Which one"),
    dispatch_action: true,
    element: { type: "static_select", action_id: fields.which, options, initial_option: chosen },
  };
  return [extentField(chosen.text.text, extent), ...(extent === "one" && options.length > 1 ? [which] : [])];
}

function extentField(thisOne: string, extent: FormExtent): InputBlock {
  const one = { text: plainText(`Just the one on ${thisOne}`), value: "one" };
  const all = { text: plainText("The whole series"), value: "all" };
  return {
    ...input(fields.extent, "What to change"),
    dispatch_action: true,
    element: {
      type: "radio_buttons",
      action_id: fields.extent,
      options: [one, all],
      initial_option: extent === "one" ? one : all,
    },
  };
}

function titleField(title: string, suffix: string): InputBlock {
  const initial = title === "" ? {} : { initial_value: title };
  return {
    ...input(fields.title, "Title", suffix),
    element: { type: "plain_text_input", action_id: fields.title, ...initial },
  };
}

function startField(startsAt: number, suffix: string): InputBlock {
  const initial_date_time = Math.floor(startsAt / 1000);
  return {
    ...input(fields.start, "Starts", suffix),
    element: { type: "datetimepicker", action_id: fields.start, initial_date_time },
  };
}

function lengthField(minutes: number, suffix: string): InputBlock {
  return {
    ...input(fields.length, "Length in minutes", suffix),
    element: {
      type: "number_input",
      action_id: fields.length,
      is_decimal_allowed: false,
      initial_value: String(minutes),
    },
  };
}

function callEveryoneField(callsEveryone: boolean): InputBlock {
  const option = { text: plainText("Call everybody invited when it starts"), value: "call" };
  return {
    ...input(fields.callEveryone, "Calling out"),
    optional: true,
    element: {
      type: "checkboxes",
      action_id: fields.callEveryone,
      options: [option],
      ...(callsEveryone ? { initial_options: [option] } : {}),
    },
  };
}

function notesField(notes: string, suffix: string): InputBlock {
  const initial = notes === "" ? {} : { initial_value: notes };
  return {
    ...input(fields.notes, "Notes", suffix),
    optional: true,
    element: { type: "plain_text_input", action_id: fields.notes, multiline: true, ...initial },
  };
}

function input(name: string, label: string, suffix = ""): Pick<InputBlock, "type" | "block_id" | "label"> {
  return { type: "input", block_id: `${name}${suffix}`, label: plainText(label) };
}

function plainText(text: string): PlainTextElement {
  return { type: "plain_text", text, emoji: false };
}
