import type { Occurrence, SeriesPlan } from "../../conference/series.ts";
import { findScheduled, type ScheduledCall } from "../../operations/find-scheduled.ts";
import { findPerson } from "../directory.ts";
import type { FormMetadata } from "../form-metadata.ts";
import { type FormState, pickedLocal, readState } from "../form-values.ts";
import { whenWords } from "../views/plan-words.ts";
import { choiceOf } from "../views/schedule-choices.ts";
import { type FormExtent, type FormShown, scheduleModal } from "../views/schedule-modal.ts";
import type { ListenerDeps } from "./context.ts";

/** What of a series is edited: one call of it, or all; by default the next one. */
export type Part = { extent: FormExtent; day: string | null };

/** The form for editing a scheduled call; null when none of it is left to begin. */
export function formOf(
  { series, ahead, roster }: ScheduledCall,
  channelId: string,
  { extent, day: wanted }: Part,
): FormShown | null {
  const [next] = ahead;
  if (next === undefined) return null;
  const { id: seriesId, sequence, zone, startsLocal, rule } = series;
  const chosen = ahead.find(({ day }) => day === wanted) ?? next;
  const plan =
    extent === "one" ? { ...series, ...chosen } : { ...series, startsLocal: plannedOn(firstDayOf(ahead), startsLocal) };
  const editing = { seriesId, sequence, extent, day: chosen.day, startsLocal, rule };
  const kept = choiceOf(plan) === null ? rule : null;
  const metadata = { channelId, zone, draftId: null, shownLocal: plan.startsLocal, rule: kept, editing };
  const ones = rule === null ? [] : ahead.map((one) => ({ day: one.day, words: whenWords(one, zone) }));
  return { metadata, plan, ones, roster };
}

/** The first day of what is ahead: the next call may be one of a later day, and those of the days between are to stay. */
function firstDayOf(ahead: readonly Occurrence[]): string {
  return ahead.map(({ day }) => day).reduce((a, b) => (a < b ? a : b));
}

/** When the series has its call of a day, wherever that one was moved. */
function plannedOn(day: string, startsLocal: string): string {
  return `${day}${startsLocal.slice(10)}`;
}

export type OpenForm = { viewId: string; hash: string; userId: string; metadata: FormMetadata; state: FormState };

/** Shows the inputs for another part of the series, with what was filled in so far. */
export async function switchPart({ line, slack }: ListenerDeps, open: OpenForm, wanted: Partial<Part>): Promise<void> {
  const { viewId, hash, userId, metadata, state } = open;
  const { editing, channelId } = metadata;
  if (editing === null) return;
  const part = { extent: wanted.extent ?? editing.extent, day: wanted.day ?? editing.day };
  if (part.extent === editing.extent && part.day === editing.day) return;
  const asker = await findPerson(slack, userId);
  const { seriesId } = editing;
  const found = await findScheduled(line, { actor: asker?.actor ?? null, channelId }, { seriesId });
  // What is not theirs to change, or is over, is said when they submit.
  if (found.kind !== "found") return;
  const [before, after] = [formOf(found, channelId, editing), formOf(found, channelId, part)];
  if (before === null || after === null) return;
  const { startsLocal, ...filled } = filledSince(before.plan, state, metadata);
  // Each call has a day of its own, and a series that began on the day of a later one would lose those before it.
  const isSameDay = part.day === editing.day && part.day === firstDayOf(found.ahead);
  const start = isSameDay && startsLocal !== undefined ? { startsLocal } : {};
  const plan = { ...after.plan, ...filled, ...start };
  await slack.views.update({ view_id: viewId, hash, view: scheduleModal({ ...after, plan }) });
}

/** What is different from what the form held at first, of the inputs that both have. */
function filledSince(before: SeriesPlan, state: FormState, metadata: FormMetadata): Partial<SeriesPlan> {
  const { title, notes, minutes, startsAtSeconds } = readState(state, metadata.editing);
  const { shownLocal } = metadata;
  const startsLocal = startsAtSeconds === null ? shownLocal : pickedLocal(startsAtSeconds, metadata);
  return {
    ...(title === before.title ? {} : { title }),
    ...(notes === before.notes ? {} : { notes }),
    ...(minutes === before.minutes || minutes === 0 ? {} : { minutes }),
    ...(startsLocal === shownLocal ? {} : { startsLocal }),
  };
}
