import type { SeriesPlan } from "../../conference/series.ts";
import { findScheduled, type ScheduledCall } from "../../operations/find-scheduled.ts";
import { findPerson } from "../directory.ts";
import type { FormMetadata } from "../form-metadata.ts";
import { type FormState, pickedLocal, readState } from "../form-values.ts";
import { whenWords } from "../views/plan-words.ts";
import { choiceOf } from "../views/schedule-choices.ts";
import { type FormExtent, type FormShown, scheduleModal } from "../views/schedule-modal.ts";
import type { ListenerDeps } from "./context.ts";

/** The form for editing a scheduled call; null when none of it is left to begin. */
export function formOf(
  { series, next, roster }: ScheduledCall,
  channelId: string,
  extent: FormExtent,
): FormShown | null {
  if (next === null) return null;
  const { id: seriesId, sequence, zone, startsLocal, rule } = series;
  const plan = extent === "one" ? { ...series, ...next } : { ...series, startsLocal: plannedOn(next.day, startsLocal) };
  const editing = { seriesId, sequence, extent, day: next.day, startsLocal, rule };
  const kept = choiceOf(plan) === null ? rule : null;
  const metadata = { channelId, zone, draftId: null, shownLocal: plan.startsLocal, rule: kept, editing };
  return { metadata, plan, thisOne: rule === null ? null : whenWords(next, zone), roster };
}

/** When the series has its call of a day, wherever that one was moved. */
function plannedOn(day: string, startsLocal: string): string {
  return `${day}${startsLocal.slice(10)}`;
}

export type OpenForm = { viewId: string; hash: string; userId: string; metadata: FormMetadata; state: FormState };

/** *Only this one* or *the whole series*: shows the inputs for it, with what was filled in so far. */
export async function switchExtent({ line, slack }: ListenerDeps, open: OpenForm, extent: FormExtent): Promise<void> {
  const { viewId, hash, userId, metadata, state } = open;
  const { editing, channelId } = metadata;
  if (editing === null || editing.extent === extent) return;
  const asker = await findPerson(slack, userId);
  const { seriesId } = editing;
  const found = await findScheduled(line, { actor: asker?.actor ?? null, channelId }, { seriesId });
  // What is not theirs to change, or is over, is said when they submit.
  if (found.kind !== "found") return;
  const [before, after] = [formOf(found, channelId, editing.extent), formOf(found, channelId, extent)];
  if (before === null || after === null) return;
  const plan = { ...after.plan, ...filledSince(before.plan, state, metadata) };
  await slack.views.update({ view_id: viewId, hash, view: scheduleModal({ ...after, plan }) });
}

/** What is different from what the form held at first, of the inputs that both have. */
function filledSince(before: SeriesPlan, state: FormState, metadata: FormMetadata): Partial<SeriesPlan> {
  const { title, notes, minutes, startsAtSeconds } = readState(state, metadata.editing?.extent ?? "all");
  const { shownLocal } = metadata;
  const startsLocal = startsAtSeconds === null ? shownLocal : pickedLocal(startsAtSeconds, metadata);
  return {
    ...(title === before.title ? {} : { title }),
    ...(notes === before.notes ? {} : { notes }),
    ...(minutes === before.minutes || minutes === 0 ? {} : { minutes }),
    ...(startsLocal === shownLocal ? {} : { startsLocal }),
  };
}
