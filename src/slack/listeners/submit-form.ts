import type { Occurrence } from "../../conference/series.ts";
import { changeSeries, type SeriesChanged } from "../../operations/change-series.ts";
import { scheduleCall } from "../../operations/schedule-call.ts";
import type { Editing, FormMetadata } from "../form-metadata.ts";
import type { Filled } from "../form-values.ts";
import { escape } from "../mrkdwn.ts";
import { complain, say } from "../reply.ts";
import type { SlackMessage } from "../views/blocks.ts";
import { whenWords } from "../views/plan-words.ts";
import { noSuchCall } from "./cancel-call.ts";
import { type Asked, type ListenerDeps, requestOf } from "./context.ts";
import { draftKey } from "./schedule.ts";
import { notScheduledWords, scheduledWords, warnings } from "./scheduled-words.ts";

/** Does what a filled-in form asks for: whoever submitted it is asked about anew. */
export async function submitForm(
  deps: ListenerDeps,
  asked: Asked,
  metadata: FormMetadata,
  filled: Filled,
): Promise<SlackMessage | null> {
  const answer = await (metadata.editing === null
    ? scheduleFilled(deps, asked, metadata, filled)
    : changeFilled(deps, asked, { ...metadata.editing, shownLocal: metadata.shownLocal }, filled));
  if (answer === null || answer.kind === "done") return answer?.message ?? null;
  return { ...answer.message, blocks: [...answer.message.blocks, ...whatWasTyped(filled)] };
}

type Answer = { kind: "done" | "refused"; message: SlackMessage } | null;

async function scheduleFilled(
  deps: ListenerDeps,
  asked: Asked,
  { draftId }: FormMetadata,
  { plan, invited }: Filled,
): Promise<Answer> {
  const { actor, channelId } = await requestOf(deps, asked);
  const key = draftId === null ? asked.key : draftKey(draftId);
  const scheduled = await scheduleCall(deps.line, { key, actor, channelId, plan, invited });
  if (scheduled.kind === "scheduled") return { kind: "done", message: scheduledWords(scheduled) };
  if (scheduled.kind !== "repeat") return { kind: "refused", message: await notScheduledWords(deps.slack, scheduled) };
  if (draftId === null) return null;
  return { kind: "refused", message: complain("That is scheduled already: `/conf upcoming` shows it.") };
}

async function changeFilled(
  deps: ListenerDeps,
  asked: Asked,
  editing: Editing & Pick<FormMetadata, "shownLocal">,
  { plan, invited }: Filled,
): Promise<Answer> {
  const { extent, day, seriesId, sequence, shownLocal } = editing;
  const request = { ...(await requestOf(deps, asked)), seriesId, sequence };
  const { title, notes, startsLocal, minutes } = plan;
  const changed = await changeSeries(
    deps.line,
    extent === "one"
      ? { ...request, extent, day, call: { title, notes, startsLocal, minutes } }
      : { ...request, extent, plan, invited, shownLocal },
  );
  return changedWords(deps, changed);
}

async function changedWords({ slack }: ListenerDeps, changed: SeriesChanged): Promise<Answer> {
  switch (changed.kind) {
    case "changed": {
      const { series, extent, told, clashes, dropped } = changed;
      const what = extent === "one" ? "one call of " : "";
      const title = `*${escape(series.title)}*`;
      const done = `:white_check_mark: Changed ${what}${title}, call ${series.number}. ${WHO_IS_TOLD[told]}`;
      return {
        kind: "done",
        message: say([done, ...droppedWords(dropped, series.zone), ...warnings(clashes, series.zone)].join("\n")),
      };
    }
    case "unchanged":
      return { kind: "done", message: say(`*${escape(changed.series.title)}* is as it was.`) };
    case "overtaken": {
      const problem = `Somebody else changed ${escape(changed.series.title)} while you did, so I changed nothing.`;
      return { kind: "refused", message: complain(`${problem} \`/conf upcoming\` shows how it is now.`) };
    }
    case "no-such-call":
      return { kind: "refused", message: noSuchCall(changed) };
    case "repeat":
      return null;
    case "denied":
    case "no-conference":
    case "faulty":
    case "nobody-left":
    case "not-on-roster":
      return { kind: "refused", message: await notScheduledWords(slack, changed) };
  }
}

const WHO_IS_TOLD = {
  everybody: "Everybody invited is told.",
  "who-came-or-went": "Those who are newly invited, or not any more, are told.",
  nobody: "Nobody is told of that.",
} as const;

const MAX_DROPPED = 5;

/** Calls that were changed one by one and went with the days on which they were. */
function droppedWords(dropped: readonly Occurrence[], zone: string): string[] {
  const words = dropped.slice(0, MAX_DROPPED).map((one) => `*${escape(one.title)}* on ${whenWords(one, zone)}`);
  const more = dropped.length > MAX_DROPPED ? [`${dropped.length - MAX_DROPPED} more`] : [];
  if (dropped.length === 0) return [];
  return [
    `:warning: The series has no call on their days any more, so these are cancelled: ${[...words, ...more].join("; ")}.`,
  ];
}

const MAX_TYPED = 2900;

/** The form is closed by now: what was typed into it is not lost. */
function whatWasTyped({ plan: { title, notes } }: Filled): SlackMessage["blocks"] {
  const text = ["You had typed:", title, notes].filter((line) => line !== "").join("\n");
  return [
    { type: "section", text: { type: "plain_text", text: [...text].slice(0, MAX_TYPED).join(""), emoji: false } },
  ];
}
