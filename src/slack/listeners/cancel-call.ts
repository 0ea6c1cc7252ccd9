import { type CancelExtent, cancelSeries } from "../../operations/cancel-series.ts";
import { findScheduled, type ScheduledCall } from "../../operations/find-scheduled.ts";
import type { NoSuchCall } from "../../operations/hold-open-series.ts";
import { escape } from "../mrkdwn.ts";
import { complain, say } from "../reply.ts";
import type { SlackMessage } from "../views/blocks.ts";
import { cancelCallMessage } from "../views/cancel-call.ts";
import { type Asked, type Beside, type ListenerDeps, requestOf } from "./context.ts";
import { denial, NO_CONFERENCE, noCallOf, refusalWords } from "./denials.ts";

/** `/conf cancel 3`: asks before anything is cancelled. */
export function cancel(deps: ListenerDeps, asked: Asked, number: number): Promise<SlackMessage | null> {
  return askToCancel(deps, asked, { number }, null);
}

export function clickCancel(deps: ListenerDeps, asked: Asked, seriesId: string): Promise<SlackMessage | null> {
  return askToCancel(deps, asked, { seriesId }, null);
}

/** Another of the dates: the question is asked about that one. */
export async function clickChooseCall(
  deps: ListenerDeps,
  asked: Asked,
  value: string,
): Promise<SlackMessage | Beside | null> {
  const one = readOne(value);
  return one === null ? BROKEN : askToCancel(deps, asked, { seriesId: one.seriesId }, one.day);
}

const BROKEN: Beside = { beside: complain("That button is broken.") };

/** What the choices of one call carry. */
function readOne(value: string): { day: string; seriesId: string } | null {
  const [, day, seriesId] = /^(\d{4}-\d\d-\d\d)\/(.+)$/.exec(value) ?? [];
  return day === undefined || seriesId === undefined ? null : { day, seriesId };
}

async function askToCancel(
  deps: ListenerDeps,
  asked: Asked,
  ref: Parameters<typeof findScheduled>[2],
  day: string | null,
): Promise<SlackMessage | null> {
  const found = await findScheduled(deps.line, await requestOf(deps, asked), ref);
  switch (found.kind) {
    case "found":
      return askAbout(found, day);
    case "denied":
      return denial(found.permission);
    case "no-conference":
      return NO_CONFERENCE;
    case "no-such-call":
      return "number" in ref ? noCallOf(ref.number) : noSuchCall(found);
  }
}

/** @param day null: the next one */
function askAbout({ series, ahead }: ScheduledCall, day: string | null): SlackMessage {
  const chosen = day === null ? (ahead[0] ?? null) : ahead.find((one) => one.day === day);
  if (chosen === undefined) return noSuchCall({ kind: "no-such-call", why: "begun-or-cancelled" });
  return cancelCallMessage({ series, ahead, chosen });
}

export function clickCancelOne(deps: ListenerDeps, asked: Asked, value: string): Promise<SlackMessage | Beside | null> {
  return cancelFrom(deps, asked, value, "one");
}

export function clickCancelFollowing(
  deps: ListenerDeps,
  asked: Asked,
  value: string,
): Promise<SlackMessage | Beside | null> {
  return cancelFrom(deps, asked, value, "following");
}

export function clickCancelAll(
  deps: ListenerDeps,
  asked: Asked,
  seriesId: string,
): Promise<SlackMessage | Beside | null> {
  return cancelIt(deps, asked, seriesId, { extent: "all", day: null });
}

export function clickKeep(): SlackMessage {
  return say("It stays as it is.");
}

async function cancelFrom(
  deps: ListenerDeps,
  asked: Asked,
  value: string,
  extent: "one" | "following",
): Promise<SlackMessage | Beside | null> {
  const one = readOne(value);
  return one === null ? BROKEN : cancelIt(deps, asked, one.seriesId, { extent, day: one.day });
}

async function cancelIt(
  deps: ListenerDeps,
  asked: Asked,
  seriesId: string,
  cancel: CancelExtent,
): Promise<SlackMessage | Beside | null> {
  const request = await requestOf(deps, asked);
  const done = await cancelSeries(deps.line, { ...request, seriesId, cancel });
  switch (done.kind) {
    case "cancelled": {
      const { series } = done;
      const what = WHAT[series.rule === null ? "call" : cancel.extent];
      return say(`:white_check_mark: Cancelled ${what}*${escape(series.title)}*. Everybody invited is told.`);
    }
    case "no-such-call":
      return noSuchCall(done);
    case "repeat":
    case "denied":
    case "no-conference": {
      const words = refusalWords(done);
      return words === null ? null : { beside: words };
    }
  }
}

const WHAT = { call: "", one: "that one of ", following: "that one and all that follow of ", all: "all of " } as const;

/** Why nothing can be done about a call any more. */
export function noSuchCall({ why }: NoSuchCall): SlackMessage {
  return complain(
    why === "over"
      ? "That call is over or cancelled. `/conf upcoming` shows what there is."
      : "That one has begun, or it is cancelled already. `/conf upcoming` shows what there is.",
  );
}
