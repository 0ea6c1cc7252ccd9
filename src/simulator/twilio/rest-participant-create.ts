import type { Answer } from "../faults.ts";
import { apiError } from "./api-errors.ts";
import { type ApiRequest, notFound } from "./api.ts";
import { openRoom, refusalToJoin } from "./conference.ts";
import { newParticipant } from "./dial.ts";
import type { Network } from "./network.ts";
import { isE164 } from "./phone-number.ts";
import { placeCall } from "./outgoing.ts";
import { methodOf, readProgress } from "./rest-calls.ts";
import type { Participant, Room } from "./room.ts";
import type { ConferenceNoun, Dial } from "./twiml-dial.ts";

/** Dials somebody out into a conference, which is made when no live one has the name. */
export function createParticipant(
  network: Network,
  request: ApiRequest,
  toJson: (room: Room, participant: Participant) => object,
): Answer {
  const { form } = request;
  const to = form.get("To") ?? "";
  const name = nameOf(network, request.param("conferenceSid"));
  if (name === null) return notFound(request.path);
  if (!isE164(to)) return apiError(21211, { to });
  if (form.get("From") !== network.account.phoneNumber) return apiError(21210, {});
  const noun = readNoun(name, form);
  const refusal = refusalToJoin(network, noun);
  if (refusal !== null) return apiError(refusal.errorCode, {});
  const room = openRoom(network, noun);
  const leg = placeCall(network, {
    from: network.account.phoneNumber,
    to,
    timeoutSeconds: Number(form.get("Timeout") ?? 60),
    first: () => ({ kind: "verbs", verbs: [dialInto(noun, form)], base: null }),
    progress: readProgress(form),
    fallback: null,
    onOver: () => closeIfEmpty(room),
  });
  return {
    status: 201,
    body: toJson(
      room,
      newParticipant(network, leg, noun, () => undefined),
    ),
  };
}

/** A conference is named by its name or, while it lives, by its sid. */
function nameOf(network: Network, id: string): string | null {
  if (!/^CF[0-9a-f]{32}$/.test(id)) return id;
  const room = network.rooms.find(({ conferenceSid, status }) => conferenceSid === id && status !== "completed");
  return room?.name ?? null;
}

function readNoun(name: string, form: URLSearchParams): ConferenceNoun {
  const flag = (field: string, fallback: boolean): boolean => (form.get(field) ?? String(fallback)) === "true";
  const waitUrl = form.get("WaitUrl");
  const callbackUrl = form.get("ConferenceStatusCallback");
  const events = form.getAll("ConferenceStatusCallbackEvent").flatMap((value) => value.split(" "));
  const method = methodOf(form, "ConferenceStatusCallbackMethod");
  return {
    name,
    label: form.get("Label"),
    muted: flag("Muted", false),
    startOnEnter: flag("StartConferenceOnEnter", true),
    endOnExit: flag("EndConferenceOnExit", false),
    wait: waitUrl === null ? null : { url: waitUrl, method: methodOf(form, "WaitMethod") },
    maxParticipants: Number(form.get("MaxParticipants") ?? 250),
    region: form.get("Region") ?? "us1",
    coach: form.get("CallSidToCoach"),
    statusCallback:
      callbackUrl === null ? null : { url: callbackUrl, method, events: events.length > 0 ? events : ["start", "end"] },
  };
}

function dialInto(conference: ConferenceNoun, form: URLSearchParams): Dial {
  const timeLimitSeconds = Number(form.get("TimeLimit") ?? 14_400);
  return { kind: "dial", action: null, method: "POST", timeLimitSeconds, hangupOnStar: false, conference };
}

/** Nobody answered and nobody else came: there never was a conference to tell anybody of. */
function closeIfEmpty(room: Room): void {
  if (room.participants.length === 0) room.status = "completed";
}
