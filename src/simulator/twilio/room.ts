import type { Leg } from "./leg.ts";
import type { Stop } from "./stop.ts";
import type { Target } from "./webhooks.ts";

export type ConferenceEndReason =
  | "conference-ended-via-api"
  | "last-participant-left"
  | "last-participant-kicked"
  | "participant-with-end-conference-on-exit-left"
  | "participant-with-end-conference-on-exit-kicked";

export type LeaveReason =
  | "participant_hung_up"
  | "participant_updated_via_api"
  | "moderator_ended_conference"
  | "conference_ended_via_api";

export type Participant = {
  leg: Leg;
  label: string | null;
  muted: boolean;
  hold: boolean;
  coaching: boolean;
  callSidToCoach: string | null;
  startOnEnter: boolean;
  endOnExit: boolean;
  joinedAt: number;
  updatedAt: number;
  /** What plays while the leg waits or is on hold. */
  music: Stop | null;
  wait: Target | null;
  /** Lets the leg go on after the conference. */
  release(): void;
};

/** A Twilio conference: one run of a name. */
export type Room = {
  conferenceSid: string;
  name: string;
  region: string;
  status: "init" | "in-progress" | "completed";
  createdAt: number;
  updatedAt: number;
  participants: Participant[];
  nextSequence: number;
  /** The first participant's: later ones are ignored. */
  statusCallback: (Target & { events: readonly string[] }) | null;
  endReason: ConferenceEndReason | null;
  callSidEnding: string | null;
};

export function findLiveRoom(rooms: readonly Room[], name: string): Room | null {
  return rooms.find((room) => room.name === name && room.status !== "completed") ?? null;
}

/** By CallSid or label. */
export function findParticipant(room: Room, id: string): Participant | null {
  return room.participants.find(({ leg, label }) => leg.callSid === id || label === id) ?? null;
}
