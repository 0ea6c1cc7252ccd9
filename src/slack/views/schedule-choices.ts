import type { InputBlock, PlainTextElement, PlainTextOption } from "@slack/types";
import { type RuleChoiceId, ruleChoices } from "../../conference/rule-choices.ts";
import { durationWords, ruleWords } from "../../conference/rule-words.ts";
import type { SeriesPlan } from "../../conference/series.ts";
import { plain } from "../mrkdwn.ts";

/** What a repetition is called whatever day is chosen: the day can change after the choice. */
const REPETITIONS: Readonly<Record<RuleChoiceId, string>> = {
  never: "Never",
  daily: "Every day",
  weekdays: "Every weekday, Monday to Friday",
  weekly: "Every week, on that day of the week",
  fortnightly: "Every 2 weeks, on that day of the week",
  "monthly-date": "Every month, on that date",
  "monthly-nth": "Every month, on that weekday, such as its second Tuesday",
  "monthly-last": "Every month, on the last such weekday",
  yearly: "Every year, on that date",
};

/** The value of the choice to keep a rule that none of the others is. */
export const KEEP_RULE = "keep";
/** The value of the choice to invite everybody. */
export const EVERYBODY = "everybody";
const ALL_WORDS = "Everybody on the roster";
/** The value of the choice not to be reminded. */
export const NEVER = "never";

const MAX_OPTION = 75;
/** Slack takes 250 kB for a form: so many people are listed, those invited first. */
const MAX_LISTED = 800;
const GROUP = 100;
/** Beyond so many who are named, everybody is invited: Slack shows no more that are chosen already. */
export const MAX_NAMED = 100;
const REMINDERS = [5, 10, 15, 30, 60, 120, 1440];

export function repeatField(plan: SeriesPlan, kept: string | null): InputBlock {
  const choices = Object.entries(REPETITIONS).map(([id, words]) => option(words, id));
  const keep = kept === null ? [] : [option(`As it is: ${ruleWords(kept, plan.startsLocal, null)}`, KEEP_RULE)];
  const options = [...keep, ...choices];
  const chosen = choiceOf(plan) ?? KEEP_RULE;
  const initial = options.find(({ value }) => value === chosen);
  return {
    ...input("repeat", "Repeat"),
    element: {
      type: "static_select",
      action_id: "repeat",
      options,
      ...(initial === undefined ? {} : { initial_option: initial }),
    },
  };
}

/** Which of the choices a rule is; null for none. */
export function choiceOf({ startsLocal, rule }: Pick<SeriesPlan, "startsLocal" | "rule">): RuleChoiceId | null {
  return ruleChoices(startsLocal).find((choice) => choice.rule === rule)?.id ?? null;
}

/**
 * Whom to invite. No field without anybody to choose.
 *
 * @param inviteeIds null: nobody needs to be chosen, which means everybody on the roster, whoever that is then. Once
 * people were named, everybody must be chosen like them: that they are all gone does not invite the others.
 */
export function inviteesField(
  roster: readonly { id: string; name: string }[],
  inviteeIds: readonly string[] | null,
): InputBlock[] {
  const isForAll = inviteeIds === null;
  if (isForAll && roster.length === 0) return [];
  const isInvited = ({ id }: { id: string }) => inviteeIds?.includes(id) ?? false;
  const byName = roster.toSorted((a, b) => a.name.localeCompare(b.name, "en"));
  const sorted = [...byName.filter(isInvited), ...byName.filter((one) => !isInvited(one))].slice(0, MAX_LISTED);
  const options = sorted.map(({ id, name }) => option(name, id));
  const invited = options.slice(0, Math.min(sorted.filter(isInvited).length, MAX_NAMED));
  const everybody = { label: plainText("Everybody"), options: [option(ALL_WORDS, EVERYBODY)] };
  const block: InputBlock = {
    ...input("invitees", "Invite"),
    optional: isForAll,
    hint: plainText(isForAll ? "Nobody chosen: everybody on the roster." : `People, or “${ALL_WORDS}” alone.`),
    element: {
      type: "multi_static_select",
      action_id: "invitees",
      placeholder: plainText(isForAll ? ALL_WORDS : "Choose whom to invite"),
      option_groups: [...(isForAll ? [] : [everybody]), ...groupsOf(options)],
      max_selected_items: MAX_NAMED,
      ...(invited.length === 0 ? {} : { initial_options: invited }),
    },
  };
  return [block];
}

function groupsOf(options: readonly PlainTextOption[]): { label: PlainTextElement; options: PlainTextOption[] }[] {
  return Array.from({ length: Math.ceil(options.length / GROUP) }, (_, index) => ({
    label: plainText(index === 0 ? "On the roster" : `On the roster, ${index * GROUP + 1} and following`),
    options: options.slice(index * GROUP, (index + 1) * GROUP),
  }));
}

export function reminderField(name: string, label: string, minutes: number | null): InputBlock {
  const leads = [...new Set([...REMINDERS, ...(minutes === null ? [] : [minutes])])].toSorted((a, b) => a - b);
  const options = [option("Never", NEVER), ...leads.map((lead) => option(`${leadWords(lead)} before`, String(lead)))];
  const initial = options.find(({ value }) => value === (minutes === null ? NEVER : String(minutes)));
  return {
    ...input(name, label),
    element: {
      type: "static_select",
      action_id: name,
      options,
      ...(initial === undefined ? {} : { initial_option: initial }),
    },
  };
}

function leadWords(minutes: number): string {
  return minutes === 1440 ? "1 day" : durationWords(minutes);
}

function option(text: string, value: string): PlainTextOption {
  return { text: plainText(plain(text, MAX_OPTION) || "Somebody without a name"), value };
}

function input(name: string, label: string): Pick<InputBlock, "type" | "block_id" | "label"> {
  return { type: "input", block_id: name, label: plainText(label) };
}

function plainText(text: string): PlainTextElement {
  return { type: "plain_text", text, emoji: false };
}
