import { localTimeOf } from "../../conference/occurrences.ts";
import {
  DEFAULT_CHANNEL_REMINDER_MINUTES,
  DEFAULT_MINUTES,
  DEFAULT_PERSONAL_REMINDER_MINUTES,
  type SeriesPlan,
} from "../../conference/series.ts";
import { findScheduled } from "../../operations/find-scheduled.ts";
import { readRoster } from "../../operations/read-roster.ts";
import type { Log } from "../../log.ts";
import { findChannel, findPerson, type SlackPerson } from "../directory.ts";
import { unpackDraft } from "../draft.ts";
import { complain } from "../reply.ts";
import { describeFailure, type SlackFailure } from "../slack-failure.ts";
import type { SlackMessage } from "../views/blocks.ts";
import { choiceOf } from "../views/schedule-choices.ts";
import { EXAMPLES } from "../views/schedule-draft.ts";
import { type FormShown, scheduleModal } from "../views/schedule-modal.ts";
import { noSuchCall } from "./cancel-call.ts";
import { type Asked, type ListenerDeps, zoneOf } from "./context.ts";
import { channelComplaint, denial, NO_CONFERENCE } from "./denials.ts";
import { formOf } from "./edited-form.ts";

/** Slack opens a form within three seconds of the click: what it is asked before must be answered sooner. */
const LOOKUP_MS = 2000;
const HOUR_MS = 3_600_000;
/** What Slack says of a trigger whose three seconds are over, or that was used. */
const TOO_LATE: ReadonlySet<string> = new Set(["expired_trigger_id", "exchanged_trigger_id"]);
const REFUSED = complain("Slack opened no form for me. Say it in words, please.", EXAMPLES[0]);
const SLOW = complain("Slack took too long just now to open a form. Try again, or say it in words.", EXAMPLES[0]);

/** `/conf schedule` alone: asks for everything. */
export async function openNewForm(deps: ListenerDeps, asked: Asked): Promise<SlackMessage | null> {
  return openForm(deps, asked, async (asker) => {
    const { zone } = zoneOf(asker);
    return { zone, plan: emptyPlan(deps.line.clock.now(), zone), mentions: [], draftId: null };
  });
}

export function clickOpenForm(deps: ListenerDeps, asked: Asked): Promise<SlackMessage | null> {
  return openNewForm(deps, asked);
}

/** *Change…* under what was understood. */
export async function clickChangeDraft(deps: ListenerDeps, asked: Asked, value: string): Promise<SlackMessage | null> {
  const draft = unpackDraft(value);
  if (draft === null) return complain("That button is broken. Please type the command again.");
  const { id: draftId, mentions } = draft;
  const plan = { ...draft.plan, notes: "", inviteeIds: null };
  return openForm(deps, asked, async () => ({ zone: plan.zone, plan, mentions, draftId }));
}

type Wanted = { zone: string; plan: SeriesPlan; mentions: readonly string[]; draftId: string | null };

async function openForm(
  deps: ListenerDeps,
  asked: Asked,
  want: (asker: SlackPerson | null) => Promise<Wanted>,
): Promise<SlackMessage | null> {
  const { line, slack } = deps;
  const { channelId, userId } = asked;
  const looked = await soon(deps, Promise.all([findChannel(slack, channelId), findPerson(slack, userId)]));
  if (looked === null) return SLOW;
  const [channel, asker] = looked;
  if (channel.kind === "direct-message" || channel.kind === "not-in") return channelComplaint(channel.kind);
  const read = await readRoster(line, { actor: asker?.actor ?? null, channelId });
  if (read.kind === "denied") return denial(read.permission);
  if (read.kind === "no-conference") return NO_CONFERENCE;
  const { zone, plan, mentions, draftId } = await want(asker);
  const invited = read.roster.filter(({ slackUserId }) => slackUserId !== null && mentions.includes(slackUserId));
  const inviteeIds = mentions.length === 0 ? null : invited.map(({ id }) => id);
  const rule = choiceOf(plan) === null ? plan.rule : null;
  const metadata = { channelId, zone, draftId, shownLocal: plan.startsLocal, rule, editing: null };
  return show(deps, asked, { metadata, plan: { ...plan, inviteeIds }, ones: [], roster: read.roster });
}

/** *Edit…* on a scheduled call: of a series, at first only its next one. */
export async function clickEdit(deps: ListenerDeps, asked: Asked, seriesId: string): Promise<SlackMessage | null> {
  const asker = await soon(deps, findPerson(deps.slack, asked.userId));
  const { channelId } = asked;
  const found = await findScheduled(deps.line, { actor: asker?.actor ?? null, channelId }, { seriesId });
  switch (found.kind) {
    case "found": {
      const form = formOf(found, channelId, { extent: found.series.rule === null ? "all" : "one", day: null });
      return form === null ? noSuchCall({ kind: "no-such-call", why: "begun-or-cancelled" }) : show(deps, asked, form);
    }
    case "denied":
      return denial(found.permission);
    case "no-conference":
      return NO_CONFERENCE;
    case "no-such-call":
      return noSuchCall(found);
  }
}

/** Opens a form. @returns null when it is open, for it says the rest */
async function show({ slack, log }: ListenerDeps, { triggerId }: Asked, form: FormShown): Promise<SlackMessage | null> {
  return slack.views.open({ trigger_id: triggerId, view: scheduleModal(form) }).then(
    () => null,
    (error: unknown) => notOpened(log, describeFailure(error)),
  );
}

/** A refusal is no matter of time: what Slack did not take once, it does not take at the next try. */
function notOpened(log: Log, failure: SlackFailure): SlackMessage {
  const reason = failure.kind === "refused" ? failure.error : failure.kind;
  if (TOO_LATE.has(reason)) return SLOW;
  log.warn("Slack opened no form", { reason });
  return failure.kind === "unknown" ? SLOW : REFUSED;
}

async function soon<T>({ line }: ListenerDeps, work: Promise<T>): Promise<T | null> {
  return Promise.race([work, line.pause(LOOKUP_MS).then(() => null)]);
}

/** The next full hour by the clock of the zone that leaves time to be told of it. */
function emptyPlan(now: number, zone: string): SeriesPlan {
  // An hour from then on is past its full hour, or at it.
  const startsLocal = `${localTimeOf(now + HOUR_MS / 2 + HOUR_MS - 1, zone).slice(0, 13)}:00`;
  return {
    title: "",
    notes: "",
    startsLocal,
    zone,
    minutes: DEFAULT_MINUTES,
    rule: null,
    untilDay: null,
    inviteeIds: null,
    channelReminderMinutes: DEFAULT_CHANNEL_REMINDER_MINUTES,
    personalReminderMinutes: DEFAULT_PERSONAL_REMINDER_MINUTES,
    callsEveryone: false,
  };
}
