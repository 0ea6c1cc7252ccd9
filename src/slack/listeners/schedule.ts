import { mayChange } from "../../operations/may-change.ts";
import { previewCall } from "../../operations/preview-call.ts";
import { scheduleCall } from "../../operations/schedule-call.ts";
import { findChannel, findPerson } from "../directory.ts";
import { packDraft, unpackDraft } from "../draft.ts";
import { complain, say } from "../reply.ts";
import type { SlackMessage } from "../views/blocks.ts";
import { draftMessage, notUnderstoodMessage } from "../views/schedule-draft.ts";
import { MAX_NAMED } from "../views/schedule-choices.ts";
import { add } from "./add.ts";
import { type Asked, type Beside, type ListenerDeps, requestOf, zoneOf } from "./context.ts";
import { denial, NO_CONFERENCE } from "./denials.ts";
import { notScheduledWords, problemsIn, scheduledWords, strangersWords, withNames } from "./scheduled-words.ts";

/** `/conf schedule …`: shows what was understood. Nothing is scheduled until it is confirmed. */
export async function schedule(deps: ListenerDeps, asked: Asked, typed: string): Promise<SlackMessage | null> {
  const { line, slack } = deps;
  const asker = await findPerson(slack, asked.userId);
  const actor = asker?.actor ?? null;
  const permission = await mayChange(line, actor, asked.channelId);
  if (permission.kind !== "allowed") return denial(permission.kind);
  const { zone, isKnown } = zoneOf(asker);
  // Loaded by the first who schedules in words: it takes 10 MB, which a line without scheduled calls can do without.
  const { readSchedule } = await import("../../conference/schedule-words.ts");
  const read = readSchedule(typed, line.clock.now(), zone);
  if (read.kind === "not-understood") return notUnderstoodMessage({ ...read, words: await withNames(slack, typed) });

  const { plan, mentions, understood } = read;
  if (mentions.length > MAX_NAMED) return tooMany(typed, understood);
  const { channelId } = asked;
  const preview = await previewCall(line, { actor, channelId, plan, invited: { userIds: mentions } });
  switch (preview.kind) {
    case "preview": {
      const value = packDraft({ id: asked.triggerId, plan, mentions });
      if (value === null) return tooMany(await withNames(slack, typed), understood);
      return draftMessage({ ...preview, isZoneKnown: isKnown || plan.zone !== zone, value });
    }
    case "denied":
      return denial(preview.permission);
    case "no-conference":
      return NO_CONFERENCE;
    case "nobody-left":
    case "not-on-roster": {
      const userIds = preview.kind === "not-on-roster" ? preview.userIds : mentions;
      return strangersWords(slack, userIds, await withNames(slack, typed));
    }
    case "faulty":
      return notUnderstoodMessage({
        problem: problemsIn(preview.problems),
        understood,
        words: await withNames(slack, typed),
      });
  }
}

function tooMany(words: string, understood: readonly string[]): SlackMessage {
  const problem = `Those are more people than can be named. Name ${MAX_NAMED} at most, or nobody to invite everybody.`;
  return notUnderstoodMessage({ problem, understood, words });
}

/** *Schedule*: whoever clicks is asked about anew, and so is the time, which went on. */
export async function clickSchedule(
  deps: ListenerDeps,
  asked: Asked,
  value: string,
): Promise<SlackMessage | Beside | null> {
  const draft = unpackDraft(value);
  if (draft === null) return { beside: complain("That button is broken. Please type the command again.") };
  const { actor, channelId } = await requestOf(deps, asked);
  const scheduled = await scheduleCall(deps.line, {
    key: draftKey(draft.id),
    actor,
    channelId,
    plan: { ...draft.plan, notes: "" },
    invited: { userIds: draft.mentions },
  });
  if (scheduled.kind === "scheduled") return scheduledWords(scheduled);
  if (scheduled.kind === "repeat") return say("That is scheduled already: `/conf upcoming` shows it.");
  return { beside: await notScheduledWords(deps.slack, scheduled) };
}

/** One draft is scheduled once, by its button or by the form. */
export function draftKey(draftId: string): string {
  return `draft/${draftId}`;
}

export function clickCancelDraft(): SlackMessage {
  return say("Nothing is scheduled.");
}

/** *Add …* for somebody who was to be invited and is on no roster: the same as `/conf add @user`. */
export async function clickAddMentioned(
  deps: ListenerDeps,
  asked: Asked,
  userId: string,
): Promise<SlackMessage | null> {
  const channel = await findChannel(deps.slack, asked.channelId);
  return add(deps, asked, channel, { kind: "add", person: { kind: "user", userId }, numberText: null, role: null });
}
