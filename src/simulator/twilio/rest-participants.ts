import type { Answer } from "../faults.ts";
import { announce } from "./announcements.ts";
import { type ApiHandlers, type ApiRequest, notFound } from "./api.ts";
import { rfc2822 } from "./callbacks.ts";
import { leaveRoom } from "./conference.ts";
import { announceEvent, type ConferenceEvent, participantParams } from "./conference-events.ts";
import type { Network } from "./network.ts";
import { pageOf } from "./paging.ts";
import { methodOf } from "./rest-calls.ts";
import { withRoom } from "./rest-conferences.ts";
import { createParticipant } from "./rest-participant-create.ts";
import { findParticipant, type Participant, type Room } from "./room.ts";
import { resumeAfterHold, startMusic } from "./sounds.ts";

type ParticipantHandlers = Pick<
  ApiHandlers,
  | "GET /2010-04-01/Accounts/:accountSid/Conferences/:conferenceSid/Participants.json"
  | "POST /2010-04-01/Accounts/:accountSid/Conferences/:conferenceSid/Participants.json"
  | "GET /2010-04-01/Accounts/:accountSid/Conferences/:conferenceSid/Participants/:callSid.json"
  | "POST /2010-04-01/Accounts/:accountSid/Conferences/:conferenceSid/Participants/:callSid.json"
  | "DELETE /2010-04-01/Accounts/:accountSid/Conferences/:conferenceSid/Participants/:callSid.json"
>;

export function participantHandlers(network: Network): ParticipantHandlers {
  const json = (room: Room, participant: Participant): object => participantJson(network, room, participant);
  const withParticipant = (request: ApiRequest, use: (room: Room, participant: Participant) => Answer): Answer =>
    withRoom(network, request, (room) => {
      const participant = findParticipant(room, request.param("callSid"));
      return participant === null ? notFound(request.path) : use(room, participant);
    });
  return {
    "GET /2010-04-01/Accounts/:accountSid/Conferences/:conferenceSid/Participants.json": {
      handle: (request) =>
        withRoom(network, request, (room) =>
          pageOf(request, "participants", listParticipants(room, request.query), (each) => json(room, each)),
        ),
    },
    "POST /2010-04-01/Accounts/:accountSid/Conferences/:conferenceSid/Participants.json": {
      handle: (request) => createParticipant(network, request, json),
    },
    "GET /2010-04-01/Accounts/:accountSid/Conferences/:conferenceSid/Participants/:callSid.json": {
      handle: (request) => withParticipant(request, (room, each) => ({ status: 200, body: json(room, each) })),
    },
    "POST /2010-04-01/Accounts/:accountSid/Conferences/:conferenceSid/Participants/:callSid.json": {
      handle: (request) =>
        withParticipant(request, (room, participant) => {
          updateParticipant(network, room, participant, request.form);
          return { status: 200, body: json(room, participant) };
        }),
    },
    "DELETE /2010-04-01/Accounts/:accountSid/Conferences/:conferenceSid/Participants/:callSid.json": {
      handle: (request) =>
        withParticipant(request, (room, participant) => {
          leaveRoom(network, room, participant, { reason: "participant_updated_via_api", isKick: true });
          return { status: 204 };
        }),
    },
  };
}

function listParticipants(room: Room, query: URLSearchParams): Participant[] {
  const matches = (name: string, value: boolean): boolean => !query.has(name) || query.get(name) === String(value);
  return room.participants.filter(
    ({ muted, hold, coaching }) => matches("Muted", muted) && matches("Hold", hold) && matches("Coaching", coaching),
  );
}

function updateParticipant(network: Network, room: Room, participant: Participant, form: URLSearchParams): void {
  const tell = (event: ConferenceEvent): void => announceEvent(network, room, event, participantParams(participant));
  participant.updatedAt = network.clock.now();
  const muted = form.has("Muted") ? isTrue(form, "Muted") : participant.muted;
  if (muted !== participant.muted) {
    participant.muted = muted;
    tell(muted ? "participant-mute" : "participant-unmute");
  }
  const hold = form.has("Hold") ? isTrue(form, "Hold") : participant.hold;
  if (hold !== participant.hold) {
    participant.hold = hold;
    playHold(network, room, participant, form);
    tell(hold ? "participant-hold" : "participant-unhold");
  }
  if (modify(participant, form)) tell("participant-modify");
  const url = form.get("AnnounceUrl");
  if (url !== null) announce(network, room, [participant], { url, method: methodOf(form, "AnnounceMethod") });
}

/** Any value other than true counts as false. */
function isTrue(form: URLSearchParams, name: string): boolean {
  return form.get(name)?.toLowerCase() === "true";
}

function playHold(network: Network, room: Room, participant: Participant, form: URLSearchParams): void {
  if (!participant.hold) return resumeAfterHold(network, room, participant);
  const url = form.get("HoldUrl");
  startMusic(network, participant, url === null ? null : { url, method: methodOf(form, "HoldMethod", "GET") });
}

function modify(participant: Participant, form: URLSearchParams): boolean {
  if (form.has("EndConferenceOnExit")) participant.endOnExit = isTrue(form, "EndConferenceOnExit");
  if (form.has("Coaching")) participant.coaching = isTrue(form, "Coaching");
  if (form.has("CallSidToCoach")) participant.callSidToCoach = form.get("CallSidToCoach");
  const waitUrl = form.get("WaitUrl");
  if (waitUrl !== null) participant.wait = { url: waitUrl, method: methodOf(form, "WaitMethod") };
  return ["EndConferenceOnExit", "Coaching", "CallSidToCoach", "WaitUrl", "BeepOnExit"].some((name) => form.has(name));
}

function participantJson(network: Network, room: Room, participant: Participant): object {
  const { accountSid } = network.account;
  const { callSid } = participant.leg;
  const isQueued = participant.leg.status === "queued";
  return {
    account_sid: accountSid,
    call_sid: callSid,
    label: participant.label,
    conference_sid: room.conferenceSid,
    date_created: rfc2822(participant.joinedAt),
    date_updated: rfc2822(participant.updatedAt),
    end_conference_on_exit: participant.endOnExit,
    muted: participant.muted,
    hold: participant.hold,
    status: isQueued ? "queued" : "connected",
    start_conference_on_enter: participant.startOnEnter,
    coaching: participant.coaching,
    call_sid_to_coach: participant.callSidToCoach,
    queue_time: isQueued ? "1000" : null,
    uri: `/2010-04-01/Accounts/${accountSid}/Conferences/${room.conferenceSid}/Participants/${callSid}.json`,
  };
}
