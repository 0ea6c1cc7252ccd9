import { announceEvent, participantParams } from "./conference-events.ts";
import { emit, happen, type Network } from "./network.ts";
import { findLiveRoom, findParticipant } from "./room.ts";
import type { ConferenceEndReason, LeaveReason, Participant, Room } from "./room.ts";
import type { ConferenceNoun } from "./twiml-dial.ts";

/** The live conference of this name, made when there is none: then the noun's values are its own. */
export function openRoom(network: Network, noun: ConferenceNoun): Room {
  const live = findLiveRoom(network.rooms, noun.name);
  if (live !== null) return live;
  const room: Room = {
    conferenceSid: network.random.sid("CF"),
    name: noun.name,
    region: noun.region,
    status: "init",
    createdAt: network.clock.now(),
    updatedAt: network.clock.now(),
    participants: [],
    nextSequence: 1,
    statusCallback: noun.statusCallback,
    endReason: null,
    callSidEnding: null,
  };
  network.rooms.push(room);
  return room;
}

export type RefusalToJoin = { errorCode: 13240 | 16020 | 16023 | 16025; message: string };

/** Why somebody may not join with these attributes, as Twilio's error code; null when they may. */
export function refusalToJoin(network: Network, noun: ConferenceNoun): RefusalToJoin | null {
  const room = findLiveRoom(network.rooms, noun.name);
  if (noun.label !== null && !isLabel(noun.label)) return { errorCode: 16023, message: "malformed participant label" };
  if (noun.coach !== null && (room === null || findParticipant(room, noun.coach) === null)) {
    return { errorCode: 13240, message: "no such call to coach" };
  }
  if (room === null) return null;
  if (noun.label !== null && findParticipant(room, noun.label) !== null) {
    return { errorCode: 16025, message: "the participant label is in use" };
  }
  return room.participants.length >= noun.maxParticipants
    ? { errorCode: 16020, message: "the conference is full" }
    : null;
}

function isLabel(label: string): boolean {
  return label.length > 0 && label.length <= 128 && !label.includes("/") && !/^CA[0-9a-fA-F]{32}$/.test(label);
}

/** Whether the conference runs once somebody with these attributes has joined. */
export function wouldRun(network: Network, noun: ConferenceNoun): boolean {
  const room = findLiveRoom(network.rooms, noun.name);
  if (room === null) return false;
  return room.status === "in-progress" || noun.startOnEnter || room.participants.some((other) => other.startOnEnter);
}

export function joinRoom(network: Network, room: Room, participant: Participant): void {
  const { leg } = participant;
  room.participants.push(participant);
  happen(network, leg, "joined", room.name);
  announceEvent(network, room, "participant-join", participantParams(participant));
  const mayStart = room.participants.length >= 2 && room.participants.some((other) => other.startOnEnter);
  if (room.status === "init" && mayStart) startRoom(network, room);
}

function startRoom(network: Network, room: Room): void {
  room.status = "in-progress";
  announceEvent(network, room, "conference-start", {});
  emit(network, { kind: "started", number: "", callSid: null, text: room.name });
  for (const { music, leg, hold } of room.participants) {
    if (!hold) music?.stop();
    if (leg.state === "waiting-in-conference") leg.state = "in-conference";
  }
}

/** Takes a participant out; the conference ends with the last, or with one whose leaving ends it. */
export function leaveRoom(
  network: Network,
  room: Room,
  participant: Participant,
  { reason, isKick = false }: { reason: LeaveReason; isKick?: boolean },
): void {
  if (!takeOut(network, room, participant, reason)) return;
  const how = isKick ? "kicked" : "left";
  if (participant.endOnExit) endRoom(network, room, `participant-with-end-conference-on-exit-${how}`, participant);
  else if (room.participants.length === 0) endRoom(network, room, `last-participant-${how}`, participant);
}

function takeOut(network: Network, room: Room, participant: Participant, reason: LeaveReason): boolean {
  const index = room.participants.indexOf(participant);
  if (index === -1) return false;
  const { leg } = participant;
  room.participants.splice(index, 1);
  participant.music?.stop();
  const isOver = leg.interruption?.kind === "hang-up" || leg.endedAt !== null;
  announceEvent(network, room, "participant-leave", {
    ...participantParams(participant),
    ParticipantCallStatus: isOver ? "completed" : "in-progress",
    ReasonParticipantLeft: reason,
  });
  happen(network, leg, "left", room.name);
  participant.release();
  return true;
}

const WORDS: Record<ConferenceEndReason, string> = {
  "conference-ended-via-api": "Conference ended via API",
  "last-participant-left": "Last participant left conference",
  "last-participant-kicked": "Last participant kicked from conference",
  "participant-with-end-conference-on-exit-left": "Participant with end conference on exit left",
  "participant-with-end-conference-on-exit-kicked": "Participant with end conference on exit kicked",
};

/** Ends a conference: everybody in it goes on with what comes after their Dial. */
export function endRoom(network: Network, room: Room, reason: ConferenceEndReason, by: Participant | null): void {
  if (room.status === "completed") return;
  room.status = "completed";
  room.endReason = reason;
  room.callSidEnding = by?.leg.callSid ?? null;
  const leaveReason = by === null ? "conference_ended_via_api" : "moderator_ended_conference";
  for (const participant of [...room.participants]) takeOut(network, room, participant, leaveReason);
  announceEvent(network, room, "conference-end", {
    ...(by === null ? {} : { CallSidEndingConference: by.leg.callSid }),
    ...(by?.label ? { ParticipantLabelEndingConference: by.label } : {}),
    ReasonConferenceEnded: reason,
    Reason: WORDS[reason],
  });
  emit(network, { kind: "conference-ended", number: "", callSid: null, text: room.name });
}
