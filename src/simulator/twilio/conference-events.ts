import { rfc2822, sendCallback } from "./callbacks.ts";
import type { Network } from "./network.ts";
import type { Participant, Room } from "./room.ts";
import type { Params } from "./signature.ts";

/** The tokens of `statusCallbackEvent`, by the events that they stand for. */
const GROUP_OF = {
  "conference-start": "start",
  "conference-end": "end",
  "participant-join": "join",
  "participant-leave": "leave",
  "participant-mute": "mute",
  "participant-unmute": "mute",
  "participant-hold": "hold",
  "participant-unhold": "hold",
  "participant-modify": "modify",
  "announcement-end": "announcement",
  "announcement-fail": "announcement",
} as const;

export type ConferenceEvent = keyof typeof GROUP_OF;

/** Calls the conference's status callback. Every event takes a number, also one that nobody asked for. */
export function announceEvent(network: Network, room: Room, event: ConferenceEvent, extra: Params): void {
  const sequence = room.nextSequence;
  room.nextSequence += 1;
  room.updatedAt = network.clock.now();
  const { statusCallback } = room;
  if (statusCallback === null || !statusCallback.events.includes(GROUP_OF[event])) return;
  sendCallback(network, room.conferenceSid, statusCallback, {
    AccountSid: network.account.accountSid,
    ConferenceSid: room.conferenceSid,
    FriendlyName: room.name,
    SequenceNumber: String(sequence),
    StatusCallbackEvent: event,
    Timestamp: rfc2822(network.clock.now()),
    ...extra,
  });
}

export function participantParams({ leg, label, ...participant }: Participant): Params {
  return {
    CallSid: leg.callSid,
    ...(label === null ? {} : { ParticipantLabel: label }),
    Muted: String(participant.muted),
    Hold: String(participant.hold),
    Coaching: String(participant.coaching),
    EndConferenceOnExit: String(participant.endOnExit),
    StartConferenceOnEnter: String(participant.startOnEnter),
  };
}
