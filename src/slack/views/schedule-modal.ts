import type { InputBlock, KnownBlock, ModalView, PlainTextElement } from "@slack/types";
import { instantOf } from "../../conference/occurrences.ts";
import { zoneWords } from "../../conference/rule-words.ts";
import type { SeriesPlan } from "../../conference/series.ts";
import { type FormMetadata, packMetadata } from "../form-metadata.ts";
import { context } from "./blocks.ts";
import { inviteesField, reminderField, repeatField } from "./schedule-choices.ts";

export const SCHEDULE_FORM = "schedule_call";

/** What the form's inputs are called. */
export const fields = {
  extent: "choose_extent",
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

/** The blocks of the two extents have other ids: Slack keeps what an input holds as long as its block keeps its id. */
export function blockIdOf(name: string, extent: FormExtent): string {
  return extent === "one" && name !== fields.extent ? `${name}_one` : name;
}

export type FormShown = {
  metadata: FormMetadata;
  /** What the inputs hold at first; its start is the one that is shown. */
  plan: SeriesPlan;
  /** The call that *only this one* means, in words; null where there is no such choice. */
  thisOne: string | null;
  roster: readonly { id: string; name: string }[];
};

/** The form that schedules a call or edits one. One call of a series has fewer inputs than the whole. */
export function scheduleModal({ metadata, plan, thisOne, roster }: FormShown): ModalView {
  const { editing } = metadata;
  const extent = editing?.extent ?? "all";
  const startsAt = instantOf(plan.startsLocal, plan.zone);
  const blocks: KnownBlock[] = [
    ...(thisOne === null || editing === null ? [] : [extentField(thisOne, editing.extent)]),
    titleField(plan.title, extent),
    startField(startsAt, extent),
    context(
      `You choose the time by your own clock. The call keeps its time of day in ${zoneWords(plan.zone, startsAt)}.`,
    ),
    lengthField(plan.minutes, extent),
    ...(extent === "all" ? wholeFields(plan, metadata.rule, roster) : []),
    notesField(plan.notes, extent),
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

function titleField(title: string, extent: FormExtent): InputBlock {
  const initial = title === "" ? {} : { initial_value: title };
  return {
    ...input(fields.title, "Title", extent),
    element: { type: "plain_text_input", action_id: fields.title, ...initial },
  };
}

function startField(startsAt: number, extent: FormExtent): InputBlock {
  const initial_date_time = Math.floor(startsAt / 1000);
  return {
    ...input(fields.start, "Starts", extent),
    element: { type: "datetimepicker", action_id: fields.start, initial_date_time },
  };
}

function lengthField(minutes: number, extent: FormExtent): InputBlock {
  return {
    ...input(fields.length, "Length in minutes", extent),
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

function notesField(notes: string, extent: FormExtent): InputBlock {
  const initial = notes === "" ? {} : { initial_value: notes };
  return {
    ...input(fields.notes, "Notes", extent),
    optional: true,
    element: { type: "plain_text_input", action_id: fields.notes, multiline: true, ...initial },
  };
}

function input(
  name: string,
  label: string,
  extent: FormExtent = "all",
): Pick<InputBlock, "type" | "block_id" | "label"> {
  return { type: "input", block_id: blockIdOf(name, extent), label: plainText(label) };
}

function plainText(text: string): PlainTextElement {
  return { type: "plain_text", text, emoji: false };
}
