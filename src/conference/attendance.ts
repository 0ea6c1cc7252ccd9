import type { CallLeg } from "./admission.ts";
import type { Participant } from "./roster.ts";

/**
 * What Twilio told of a conference: a status callback, or a difference that a look at its REST API showed.
 *
 * `sequenceNumber` counts within one Twilio conference; null for what we saw ourselves.
 */
export type RoomEvent = {
  conferenceSid: string;
  sequenceNumber: number | null;
  kind: "join" | "leave" | "mute" | "unmute" | "hold" | "unhold" | "start" | "end" | "other";
  callSid: string | null;
  muted: boolean | null;
  onHold: boolean | null;
  at: number;
};

/** Whether a leg is in the room, as far as the events tell. */
export type Presence = { isInRoom: boolean; sinceAt: number; muted: boolean; onHold: boolean; joinedAt: number | null };

/**
 * Folds the events of a session into who is in its room, in whatever order they came and however often.
 *
 * Within one Twilio conference the sequence number decides; between two, and against what we saw ourselves, the instant.
 */
export function foldPresence(events: readonly RoomEvent[]): Map<string, Presence> {
  const ordered = inOrder(events).filter((event) => event.kind !== "other");
  const byLeg = groupBy(
    ordered.flatMap((event) => perLeg(event, ordered)),
    (event) => event.callSid,
  );
  return new Map([...byLeg].map(([callSid, own]) => [callSid, presenceOf(own)]));
}

type LegEvent = RoomEvent & { callSid: string };

/** The end of a Twilio conference is everybody's leave. */
function perLeg(event: RoomEvent, all: readonly RoomEvent[]): LegEvent[] {
  if (event.kind !== "end") return event.callSid === null ? [] : [{ ...event, callSid: event.callSid }];
  const inThatRoom = all.flatMap(({ conferenceSid, callSid }) =>
    conferenceSid === event.conferenceSid && callSid !== null ? [callSid] : [],
  );
  return [...new Set(inThatRoom)].map((callSid) => ({ ...event, kind: "leave", callSid }));
}

function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}

function presenceOf(events: readonly RoomEvent[]): Presence {
  let presence: Presence = { isInRoom: false, sinceAt: 0, muted: false, onHold: false, joinedAt: null };
  for (const event of events) presence = apply(presence, event);
  return presence;
}

function apply(presence: Presence, event: RoomEvent): Presence {
  const muted = event.muted ?? (event.kind === "mute" || (presence.muted && event.kind !== "unmute"));
  const onHold = event.onHold ?? (event.kind === "hold" || (presence.onHold && event.kind !== "unhold"));
  // A leave is final for this stay; anything else shows that the leg was there, even when its join got lost.
  const isInRoom = event.kind !== "leave";
  const hasMoved = isInRoom !== presence.isInRoom || presence.joinedAt === null;
  return {
    isInRoom,
    muted,
    onHold,
    sinceAt: hasMoved ? event.at : presence.sinceAt,
    joinedAt: isInRoom && presence.joinedAt === null ? event.at : presence.joinedAt,
  };
}

/** Orders events: callbacks of one Twilio conference by number, conferences by their beginning, our own looks by instant. */
function inOrder(events: readonly RoomEvent[]): RoomEvent[] {
  const rooms = groupBy(
    events.filter((event) => event.sequenceNumber !== null),
    (event) => event.conferenceSid,
  );
  const callbacks = [...rooms]
    .toSorted(([sidA, a], [sidB, b]) => startOf(a) - startOf(b) || compare(sidA, sidB))
    .flatMap(([, room]) => room.toSorted((a, b) => (a.sequenceNumber ?? 0) - (b.sequenceNumber ?? 0)));
  const looks = events.filter((event) => event.sequenceNumber === null).toSorted(compareLooks);
  return merge(callbacks, looks);
}

/** Puts each look of ours before the first callback that is later than it. */
function merge(callbacks: readonly RoomEvent[], looks: readonly RoomEvent[]): RoomEvent[] {
  const merged: RoomEvent[] = [];
  let next = 0;
  for (const look of looks) {
    const firstLater = callbacks.findIndex((callback) => callback.at > look.at);
    const end = firstLater === -1 ? callbacks.length : firstLater;
    merged.push(...callbacks.slice(next, end), look);
    next = end;
  }
  return [...merged, ...callbacks.slice(next)];
}

function startOf(room: readonly RoomEvent[]): number {
  return Math.min(...room.map((event) => event.at));
}

/** Two nodes may look at one instant and see different things: then too the order is always the same. */
function compareLooks(a: RoomEvent, b: RoomEvent): number {
  return a.at - b.at || compare(fingerprint(a), fingerprint(b));
}

function fingerprint({ callSid, kind, conferenceSid, muted, onHold }: RoomEvent): string {
  return JSON.stringify([callSid, kind, conferenceSid, muted, onHold]);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** What somebody on the line is doing. */
export type AttendeeState = "verifying" | "joining" | "waiting" | "on-call" | "muted" | "on-hold" | "in-menu" | "left";

export type Attendee = { leg: CallLeg; state: AttendeeState; sinceAt: number; joinedAt: number | null };

/**
 * The live roster: every call of a session, and what its caller is doing.
 *
 * @param startedAt when the session started; until then those in the room wait
 */
export function attendanceOf(
  legs: readonly CallLeg[],
  presences: ReadonlyMap<string, Presence>,
  startedAt: number | null,
): Attendee[] {
  return legs.map((leg) => attendeeOf(leg, presences.get(leg.callSid), startedAt));
}

function attendeeOf(leg: CallLeg, presence: Presence | undefined, startedAt: number | null): Attendee {
  const joinedAt = presence?.joinedAt ?? null;
  const attendee = (state: AttendeeState, sinceAt: number): Attendee => ({ leg, state, sinceAt, joinedAt });
  if (leg.endedAt !== null) return attendee("left", leg.endedAt);
  if (leg.stage === "verifying" || leg.stage === "choosing" || leg.stage === "called")
    return attendee("verifying", leg.startedAt);
  if (leg.stage === "turned-away") return attendee("left", leg.lastNewsAt);
  if (leg.stage === "in-menu") return attendee("in-menu", leg.lastNewsAt);
  if (presence === undefined || !presence.isInRoom)
    return attendee("joining", presence?.sinceAt ?? leg.admittedAt ?? leg.startedAt);
  if (startedAt === null) return attendee("waiting", presence.sinceAt);
  if (presence.onHold) return attendee("on-hold", presence.sinceAt);
  if (presence.muted) return attendee("muted", presence.sinceAt);
  return attendee("on-call", Math.max(presence.sinceAt, startedAt));
}

/** Whether the call has begun: a moderator is in, or, with none to wait for, two are. */
export function hasStarted(
  attendees: readonly Attendee[],
  roleOf: (participantId: string) => Participant["role"] | null,
  waitsForModerator: boolean,
): boolean {
  const inRoom = attendees.filter(({ state }) => state !== "left" && state !== "joining" && state !== "verifying");
  if (!waitsForModerator && inRoom.length >= 2) return true;
  return inRoom.some(({ leg }) => leg.participantId !== null && roleOf(leg.participantId) === "moderator");
}
