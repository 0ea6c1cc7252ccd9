import type { State } from "../store.ts";
import type { Call, Conference } from "../wire.ts";

/** How a phone is, for the dot beside it. */
export type Condition = "idle" | "ringing" | "busy" | "waiting" | "talking";

type Participant = Conference["participants"][number];

/** What each phone's latest call is, by number. Made anew only when calls are other. */
export function latestCalls({ twilio }: State): ReadonlyMap<string, Call> {
  if (latest?.of === twilio.calls) return latest.byNumber;
  const byNumber = new Map(twilio.calls.map((call): [string, Call] => [call.number, call]));
  latest = { of: twilio.calls, byNumber };
  return byNumber;
}

let latest: { of: readonly Call[]; byNumber: ReadonlyMap<string, Call> } | null = null;

/** The phone that is open: one always is. */
export function openNumber({ phones, phonesUse }: State): string | null {
  const isThere = phones.some(({ number }) => number === phonesUse.open);
  return isThere ? phonesUse.open : (phones[0]?.number ?? null);
}

/** The call, while it is not over. */
export function liveCall(call: Call | undefined): Call | undefined {
  return call?.state === "ended" ? undefined : call;
}

/** Whether somebody is calling the phone right now. */
export function isRinging(call: Call | undefined): boolean {
  return call?.direction === "outbound-api" && call.status === "ringing";
}

export function conditionOf(call: Call | undefined): Condition {
  if (call === undefined || call.state === "ended") return "idle";
  if (isRinging(call)) return "ringing";
  if (call.state === "waiting-in-conference") return "waiting";
  return call.state === "in-conference" ? "talking" : "busy";
}

/** The same in words. */
export function conditionWords(call: Call | undefined, participant: Participant | null): string {
  if (call === undefined) return "Not in use";
  if (isRinging(call)) return "Ringing";
  switch (call.state) {
    case "ringing":
      return "Calling";
    case "working":
      return "One moment";
    case "saying":
    case "pausing":
      return "Listening";
    case "gathering":
      return "Asked for keys";
    case "waiting-in-conference":
      return "Waiting";
    case "in-conference":
      return participant === null ? "On the call" : roomWords(participant);
    default:
      return afterwards(call);
  }
}

export function roomWords({ muted, hold }: Participant): string {
  if (hold) return "On hold";
  return muted ? "On the call, muted" : "On the call";
}

function afterwards({ status }: Call): string {
  if (status === "no-answer") return "Not answered";
  if (status === "busy") return "Declined";
  return status === "failed" ? "Could not be connected" : "Call over";
}

export function participantOf({ twilio }: State, call: Call | undefined): Participant | null {
  if (liveCall(call) === undefined) return null;
  const everybody = twilio.conferences.flatMap(({ participants }) => participants);
  return everybody.find(({ callSid }) => callSid === call?.callSid) ?? null;
}
