import { joinRoom, leaveRoom, openRoom, refusalToJoin, wouldRun } from "./conference.ts";
import { resolveUrl } from "./documents.ts";
import { enterState, type Leg } from "./leg.ts";
import { happen, type Network } from "./network.ts";
import type { LeaveReason, Participant } from "./room.ts";
import type { Params } from "./signature.ts";
import { fetchSounds, type Sounds, startMusic } from "./sounds.ts";
import { resultOf, until } from "./stop.ts";
import type { ConferenceNoun, Dial } from "./twiml-dial.ts";
import type { Target } from "./webhooks.ts";

type Refusal = { errorCode: number; message: string };

/** Joins the conference and stays until something ends that. Null: on to the next verb. */
export async function dialConference(
  network: Network,
  leg: Leg,
  dial: Dial,
  base: string | null,
): Promise<(Target & { params: Params }) | null> {
  const noun = withAbsoluteUrls(dial.conference, base);
  const refusal = refusalToJoin(network, noun) ?? (await joinAndStay(network, leg, dial, noun));
  if (refusal !== null) happen(network, leg, "error", `${refusal.errorCode} ${refusal.message}`);
  if (dial.action === null || leg.stop.stopped) return null;
  const params =
    refusal === null
      ? { DialCallStatus: "answered", DialBridged: "true" }
      : { DialCallStatus: "failed", DialBridged: "false" };
  return { url: dial.action, method: dial.method, params };
}

function withAbsoluteUrls(noun: ConferenceNoun, base: string | null): ConferenceNoun {
  const { wait, statusCallback } = noun;
  const absolute = (url: string): string => (url === "" ? "" : (resolveUrl(url, base) ?? url));
  return {
    ...noun,
    wait: wait && { ...wait, url: absolute(wait.url) },
    statusCallback: statusCallback && { ...statusCallback, url: absolute(statusCallback.url) },
  };
}

async function joinAndStay(network: Network, leg: Leg, dial: Dial, noun: ConferenceNoun): Promise<Refusal | null> {
  const mustWait = !wouldRun(network, noun);
  let sounds: Sounds | null = null;
  if (mustWait && noun.wait !== null && noun.wait.url !== "") {
    enterState(leg, "working", false);
    sounds = await resultOf(leg.stop, fetchSounds(network, leg, noun.wait));
    if (sounds?.kind === "failed") return { errorCode: 11200, message: `the wait URL failed: ${sounds.message}` };
  }
  // Others may have joined meanwhile.
  return refusalToJoin(network, noun) ?? (await stay(network, leg, dial, noun, sounds));
}

async function stay(
  network: Network,
  leg: Leg,
  dial: Dial,
  noun: ConferenceNoun,
  sounds: Sounds | null,
): Promise<Refusal | null> {
  await until<object>(leg.stop, (done) => {
    const leave = (): void => {
      enterState(leg, "working", false);
      done({});
    };
    const room = openRoom(network, noun);
    const participant = newParticipant(network, leg, noun, leave);
    joinRoom(network, room, participant);
    const cancelLimit = network.clock.after(dial.timeLimitSeconds * 1000, leave);
    leg.onKey = (key) => {
      if (dial.hangupOnStar && key === "*") leave();
    };
    const isWaiting = room.status === "init";
    if (isWaiting) startMusic(network, participant, noun.wait, sounds);
    enterState(leg, isWaiting ? "waiting-in-conference" : "in-conference", true);
    return () => {
      cancelLimit();
      leg.onKey = null;
      leaveRoom(network, room, participant, { reason: leaveReason(leg) });
    };
  });
  return null;
}

function leaveReason({ interruption }: Leg): LeaveReason {
  const isByApi = interruption?.kind === "go" || interruption?.by === "api";
  return isByApi ? "participant_updated_via_api" : "participant_hung_up";
}

export function newParticipant(network: Network, leg: Leg, noun: ConferenceNoun, release: () => void): Participant {
  const now = network.clock.now();
  return {
    leg,
    label: noun.label,
    muted: noun.muted,
    hold: false,
    coaching: noun.coach !== null,
    callSidToCoach: noun.coach,
    startOnEnter: noun.startOnEnter,
    endOnExit: noun.endOnExit,
    joinedAt: now,
    updatedAt: now,
    music: null,
    wait: noun.wait,
    release,
  };
}
