import { z } from "zod";
import { instantOf, localTimeOf } from "../conference/occurrences.ts";
import { checkPlan, type PlanField } from "../conference/plan.ts";
import { dayWords } from "../conference/rule-words.ts";
import { ruleChoices } from "../conference/rule-choices.ts";
import { planFor } from "../conference/series-edit.ts";
import type { LocalTime, SeriesPlan } from "../conference/series.ts";
import type { FormMetadata } from "./form-metadata.ts";
import { EVERYBODY, KEEP_RULE, NEVER } from "./views/schedule-choices.ts";
import { fields, suffixOf } from "./views/schedule-modal.ts";

/** What somebody filled in; its start is by the clock of the call's zone. */
export type Filled = { plan: Omit<SeriesPlan, "inviteeIds">; invited: { participantIds: string[] } | null };

/** Errors are by the input that they stand beside. */
export type ReadForm = { kind: "filled"; filled: Filled } | { kind: "errors"; errors: Record<string, string> };

/** Slack's `state.values`. */
export type FormState = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const Option = z.object({ value: z.string() });
const Options = z.object({ selected_options: z.array(Option).nullish() });
const Chosen = z.object({ selected_option: Option.nullish() });
const Typed = z.object({ value: z.string().nullish() });
const Day = z.object({ selected_date: z.string().nullish() });
/** Seconds, up to the years that have five digits. */
const Instant = z.object({ selected_date_time: z.number().int().min(0).max(253_000_000_000).nullish() });

/** What the inputs hold, right or wrong. Never throws, whatever is handed in. */
export function readState(state: FormState, editing: FormMetadata["editing"]) {
  const suffix = suffixOf(editing);
  const held = (name: string): unknown => state[`${name}${suffix}`]?.[name];
  const typed = (name: string) => Typed.safeParse(held(name)).data?.value ?? "";
  const chosen = (name: string) => Chosen.safeParse(held(name)).data?.selected_option?.value ?? null;
  const minutesBefore = (name: string) => {
    const value = chosen(name);
    return value === null || value === NEVER ? null : Number(value);
  };
  return {
    title: typed(fields.title).trim(),
    notes: typed(fields.notes).trim(),
    startsAtSeconds: Instant.safeParse(held(fields.start)).data?.selected_date_time ?? null,
    minutes: /^\s*\d{1,6}\s*$/.test(typed(fields.length)) ? Number(typed(fields.length)) : 0,
    repeat: chosen(fields.repeat),
    untilDay: Day.safeParse(held(fields.until)).data?.selected_date ?? null,
    invitees: (Options.safeParse(held(fields.invitees)).data?.selected_options ?? []).map(({ value }) => value),
    channelReminderMinutes: minutesBefore(fields.channelReminder),
    personalReminderMinutes: minutesBefore(fields.personalReminder),
    callsEveryone: (Options.safeParse(held(fields.callEveryone)).data?.selected_options ?? []).length > 0,
  };
}

/**
 * When somebody chose to start, by the clock of the call's zone. What they left as it was shown is what was planned:
 * a time that the clocks leave out that day was shown as another.
 */
export function pickedLocal(
  startsAtSeconds: number,
  { shownLocal, zone }: Pick<FormMetadata, "shownLocal" | "zone">,
): LocalTime {
  const startsAt = startsAtSeconds * 1000;
  return startsAt === instantOf(shownLocal, zone) ? shownLocal : localTimeOf(startsAt, zone);
}

/** Reads a form and checks it, by itself: nobody is asked, so that errors can stand beside their inputs. */
export function readForm(state: FormState, metadata: FormMetadata, now: number): ReadForm {
  const { zone, editing, shownLocal } = metadata;
  const wrong = (...problems: Problem[]) => errors(problems, suffixOf(editing));
  const held = readState(state, editing);
  if (held.startsAtSeconds === null) {
    return wrong({ field: "start", problem: "Choose when it starts: a day and a time." });
  }
  const startsLocal = pickedLocal(held.startsAtSeconds, metadata);
  const rule = ruleOf(held.repeat, startsLocal, metadata);
  if (rule.kind === "misfit") return wrong({ field: "repeat", problem: rule.problem });
  const plan = { ...held, ...rule, startsLocal, zone };
  if (plan.rule === null && plan.untilDay !== null) {
    const problem = "A call that is not repeated has no last day: clear it, or choose a repetition.";
    return wrong({ field: "until", problem });
  }
  const isKept = editing !== null && shownLocal === startsLocal;
  const whole = editing === null ? plan : planFor(editing, { ...plan, inviteeIds: null }, shownLocal);
  const problems = checkPlan({ ...plan, ...whole, zone, inviteeIds: null }, now);
  // Of a series that goes on, a first call in the past would be one that nobody heard of.
  const isPast = !isKept && held.startsAtSeconds * 1000 <= now;
  const past = `${dayWords(startsLocal, { withYear: true })} at that time is past: choose one still to come.`;
  const all: Problem[] = isPast ? [...problems, { field: "start", problem: past }] : [...problems];
  const invited = editing?.extent === "one" ? null : invitedOf(held.invitees);
  if (invited !== null && "field" in invited) all.push(invited);
  else if (all.length === 0) return { kind: "filled", filled: { plan: plannedIn(plan), invited } };
  return wrong(...all);
}

/** Whom they chose: everybody, for null. Nobody means the same where the field may be left empty. */
function invitedOf(chosen: readonly string[]): Filled["invited"] | Problem {
  const participantIds = chosen.filter((value) => value !== EVERYBODY);
  const isEverybody = participantIds.length < chosen.length;
  if (isEverybody && participantIds.length > 0) {
    return {
      field: "invitees",
      problem: "Choose either everybody on the roster or single people: take the others out.",
    };
  }
  return participantIds.length === 0 ? null : { participantIds };
}

/** What is wrong with a plan, or with whom it is for. */
type Problem = { field: PlanField | "invitees"; problem: string };

type Held = ReturnType<typeof readState>;

function plannedIn(plan: Held & Pick<SeriesPlan, "rule" | "startsLocal" | "zone">): Filled["plan"] {
  const { title, notes, startsLocal, zone, minutes, rule, untilDay } = plan;
  const { channelReminderMinutes, personalReminderMinutes, callsEveryone } = plan;
  const reminders = { channelReminderMinutes, personalReminderMinutes };
  return { title, notes, startsLocal, zone, minutes, rule, untilDay, ...reminders, callsEveryone };
}

function ruleOf(
  repeat: string | null,
  startsLocal: string,
  { rule, editing }: FormMetadata,
): { kind: "rule"; rule: string | null } | { kind: "misfit"; problem: string } {
  if (editing?.extent === "one" || repeat === null) return { kind: "rule", rule: null };
  if (repeat === KEEP_RULE && rule !== null) return { kind: "rule", rule };
  const choice = ruleChoices(startsLocal).find(({ id }) => id === repeat);
  if (choice !== undefined) return { kind: "rule", rule: choice.rule };
  const day = dayWords(startsLocal, { withYear: false });
  return { kind: "misfit", problem: `It can't be repeated so when it starts on ${day}: choose another.` };
}

const FIELDS: Readonly<Record<Problem["field"], string>> = {
  invitees: fields.invitees,
  title: fields.title,
  notes: fields.notes,
  start: fields.start,
  zone: fields.start,
  length: fields.length,
  repeat: fields.repeat,
  until: fields.until,
  reminders: fields.channelReminder,
};

/** Of several problems with one input, the first. */
function errors(problems: readonly Problem[], suffix: string): ReadForm {
  const byInput: Record<string, string> = {};
  for (const { field, problem } of problems) byInput[`${FIELDS[field]}${suffix}`] ??= problem;
  return { kind: "errors", errors: byInput };
}
