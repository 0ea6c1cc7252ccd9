import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Attendee,
  type AttendeeState,
  attendanceOf,
  foldPresence,
  hasStarted,
  type Presence,
  type RoomEvent,
} from "../../src/conference/attendance.ts";
import { aCallSid, aConferenceSid, aLeg, aRoomEvent, HOUR, MINUTE, NOON } from "../support/builders.ts";

const mabel = aCallSid(1);
const tommy = aCallSid(2);

const presenceOf = (events: RoomEvent[], callSid = mabel) => foldPresence(events).get(callSid);
const look = (overrides: Partial<RoomEvent>) => aRoomEvent({ sequenceNumber: null, ...overrides });

describe("who is in the room", () => {
  it("follows joins, mutes, holds and leaves by their numbers", () => {
    const events = [
      aRoomEvent({ sequenceNumber: 1, at: NOON }),
      aRoomEvent({ sequenceNumber: 2, kind: "mute", muted: true, at: NOON + 1000 }),
      aRoomEvent({ sequenceNumber: 3, kind: "hold", muted: true, onHold: true, at: NOON + 2000 }),
      aRoomEvent({ sequenceNumber: 4, kind: "unmute", muted: false, onHold: true, at: NOON + 3000 }),
      aRoomEvent({ sequenceNumber: 5, kind: "unhold", muted: false, onHold: false, at: NOON + 4000 }),
      aRoomEvent({ sequenceNumber: 6, kind: "leave", at: NOON + 5000 }),
    ];
    const states = events.map((_, index) => presenceOf(events.slice(0, index + 1)));

    expect(states.map((state) => [state?.isInRoom, state?.muted, state?.onHold])).toEqual([
      [true, false, false],
      [true, true, false],
      [true, true, true],
      [true, false, true],
      [true, false, false],
      [false, false, false],
    ]);
    expect(states[5]).toMatchObject({ joinedAt: NOON, sinceAt: NOON + 5000 });
  });

  it("goes by the numbers when the instants are all of one second", () => {
    const join = aRoomEvent({ sequenceNumber: 7 });
    const leave = aRoomEvent({ sequenceNumber: 8, kind: "leave" });

    expect(presenceOf([leave, join])).toMatchObject({ isInRoom: false });
  });

  it("has back who left and joined again within one second", () => {
    const leave = aRoomEvent({ sequenceNumber: 7, kind: "leave" });
    const join = aRoomEvent({ sequenceNumber: 8 });

    expect(presenceOf([join, leave])).toMatchObject({ isInRoom: true });
  });

  it("goes by the kind of the news when that does not say who is muted or on hold", () => {
    const kinds = ["join", "mute", "hold", "unmute", "unhold", "hold", "mute", "unhold"] as const;
    const events = kinds.map((kind, index) =>
      aRoomEvent({ sequenceNumber: index + 1, kind, muted: null, onHold: null, at: NOON + index * 1000 }),
    );
    const states = events.map((_, index) => presenceOf(events.slice(0, index + 1)));

    expect(states.map((state) => [state?.muted, state?.onHold])).toEqual([
      [false, false],
      [true, false],
      [true, true],
      [false, true],
      [false, false],
      [false, true],
      [true, true],
      [true, false],
    ]);
    expect(states.every((state) => state?.sinceAt === NOON && state.joinedAt === NOON)).toBe(true);
  });

  it("has who comes in muted and on hold so", () => {
    expect(presenceOf([aRoomEvent({ muted: true, onHold: true })])).toMatchObject({ muted: true, onHold: true });
  });

  it("has somebody whose join got lost, once anything else is told of them", () => {
    const presence = presenceOf([aRoomEvent({ sequenceNumber: 3, kind: "mute", muted: true })]);

    expect(presence).toMatchObject({ isInRoom: true, muted: true, joinedAt: NOON });
  });

  it("does not have somebody of whom only the leave was told", () => {
    expect(presenceOf([aRoomEvent({ kind: "leave" })])).toMatchObject({
      isInRoom: false,
      sinceAt: NOON,
      joinedAt: null,
    });
  });

  it("is nobody when the room ends, lost leaves or not, and nobody else's room ends with it", () => {
    const events = [
      aRoomEvent({ sequenceNumber: 1, callSid: mabel }),
      aRoomEvent({ sequenceNumber: 2, callSid: tommy }),
      aRoomEvent({ sequenceNumber: 3, kind: "end", callSid: null, at: NOON + MINUTE }),
      aRoomEvent({ conferenceSid: aConferenceSid(2), sequenceNumber: 1, callSid: tommy, at: NOON + 2 * MINUTE }),
    ];

    expect(presenceOf(events, mabel)).toMatchObject({ isInRoom: false, sinceAt: NOON + MINUTE });
    expect(presenceOf(events, tommy)).toMatchObject({ isInRoom: true, sinceAt: NOON + 2 * MINUTE, joinedAt: NOON });
  });

  it("is nobody of another room when one ends", () => {
    const events = [
      aRoomEvent({ conferenceSid: aConferenceSid(2), sequenceNumber: 1, callSid: tommy, at: NOON }),
      aRoomEvent({ sequenceNumber: 1, callSid: mabel, at: NOON + 1000 }),
      aRoomEvent({ sequenceNumber: 2, kind: "start", callSid: null, at: NOON + 1000 }),
      aRoomEvent({ sequenceNumber: 3, kind: "end", callSid: null, at: NOON + MINUTE }),
    ];

    expect([...foldPresence(events)].map(([callSid, { isInRoom }]) => [callSid, isInRoom])).toEqual([
      [tommy, true],
      [mabel, false],
    ]);
  });

  it("goes by the room that began last, though the other's callbacks come later, and whatever their names", () => {
    const first = aConferenceSid(2);
    const events = [
      aRoomEvent({ conferenceSid: first, sequenceNumber: 1, at: NOON }),
      aRoomEvent({ conferenceSid: aConferenceSid(1), sequenceNumber: 1, at: NOON + MINUTE }),
      aRoomEvent({ conferenceSid: first, sequenceNumber: 2, kind: "leave", at: NOON + 2 * MINUTE }),
    ];

    expect(presenceOf(events)).toMatchObject({ isInRoom: true, joinedAt: NOON });
  });

  it("is the same for two rooms that began at one instant, whichever is told of first", () => {
    const left = [
      aRoomEvent({ conferenceSid: aConferenceSid(1), sequenceNumber: 1 }),
      aRoomEvent({ conferenceSid: aConferenceSid(1), sequenceNumber: 2, kind: "leave" }),
    ];
    const joined = aRoomEvent({ conferenceSid: aConferenceSid(2), sequenceNumber: 1 });

    expect(presenceOf([...left, joined])).toMatchObject({ isInRoom: true });
    expect(presenceOf([joined, ...left])).toMatchObject({ isInRoom: true });
  });

  it("has somebody since we saw them, when their join is told of later", () => {
    const seen = look({ kind: "join", at: NOON });
    const join = aRoomEvent({ sequenceNumber: 1, at: NOON + MINUTE });

    expect(presenceOf([join, seen])).toMatchObject({ isInRoom: true, joinedAt: NOON, sinceAt: NOON });
  });

  it("believes a look of ours more than a callback of the same instant", () => {
    expect(presenceOf([look({ kind: "leave" }), aRoomEvent()])).toMatchObject({ isInRoom: false });
  });

  it("believes a look of ours until a later callback says otherwise", () => {
    const join = aRoomEvent({ sequenceNumber: 1, at: NOON });
    const notSeen = look({ kind: "leave", at: NOON + MINUTE });
    const back = aRoomEvent({ sequenceNumber: 4, at: NOON + 2 * MINUTE });
    const late = aRoomEvent({ sequenceNumber: 2, kind: "mute", muted: true, at: NOON + 1000 });

    expect(presenceOf([join, notSeen])).toMatchObject({ isInRoom: false });
    expect(presenceOf([join, notSeen, late])).toMatchObject({ isInRoom: false });
    expect(presenceOf([join, notSeen, late, back])).toMatchObject({ isInRoom: true });
  });

  it("ignores what is no news of anybody", () => {
    expect(foldPresence([aRoomEvent({ kind: "other" }), aRoomEvent({ sequenceNumber: 2, callSid: null })]).size).toBe(
      0,
    );
  });
});

/** What Twilio tells of two rooms of three callers, and what our own looks saw: any of it may be lost. */
const histories = fc
  .array(
    fc.record({
      room: fc.constantFrom(1, 2),
      kind: fc.constantFrom<RoomEvent["kind"]>("join", "leave", "mute", "unmute", "hold", "unhold", "end", "other"),
      caller: fc.constantFrom(1, 2, 3),
      muted: fc.constantFrom(true, false, null),
      onHold: fc.constantFrom(true, false, null),
      at: fc.integer({ min: 0, max: 8 }),
      isLook: fc.boolean(),
    }),
    { maxLength: 14 },
  )
  .map((drafts) => {
    const numbers = new Map<number, number>();
    return drafts.map(({ room, kind, caller, muted, onHold, at, isLook }): RoomEvent => {
      const sequenceNumber = (numbers.get(room) ?? 0) + 1;
      if (!isLook) numbers.set(room, sequenceNumber);
      return {
        conferenceSid: aConferenceSid(room),
        sequenceNumber: isLook ? null : sequenceNumber,
        kind,
        callSid: kind === "end" ? null : aCallSid(caller),
        muted,
        onHold,
        at: NOON + at * 1000,
      };
    });
  });

function shuffled<T>(items: readonly T[], keys: readonly number[]): T[] {
  return items
    .map((item, index) => ({ item, key: keys[index % Math.max(1, keys.length)] ?? 0, index }))
    .toSorted((a, b) => a.key - b.key || b.index - a.index)
    .map(({ item }) => item);
}

describe("callbacks in any order, told any number of times", () => {
  const keys = fc.array(fc.integer(), { minLength: 1, maxLength: 40 });
  const sorted = (presences: Map<string, Presence>) => [...presences].toSorted(([a], [b]) => (a < b ? -1 : 1));

  it("fold to the same", () => {
    const repeats = fc.array(fc.nat(13));
    const foldsToTheSame = fc.property(histories, keys, repeats, (events, order, repeated) => {
      const told = shuffled([...events, ...repeated.flatMap((index) => events[index] ?? [])], order);
      return isDeepStrictEqual(sorted(foldPresence(told)), sorted(foldPresence(events)));
    });

    expect(fc.check(foldsToTheSame, { numRuns: 2000 }).counterexample).toBeNull();
  });
});

describe("what somebody on the line is doing", () => {
  const inRoom: Presence = { isInRoom: true, sinceAt: NOON + 5000, muted: false, onHold: false, joinedAt: NOON + 5000 };
  const admitted = { stage: "admitted", admittedAt: NOON + 4000 } as const;

  it.each<[string, Parameters<typeof aLeg>[0], Presence | null, number | null, AttendeeState, number]>([
    ["trying the code", { stage: "verifying" }, null, null, "verifying", NOON],
    ["choosing a conference", { stage: "choosing" }, null, null, "verifying", NOON],
    ["called by us", { stage: "called" }, null, null, "verifying", NOON],
    ["turned away and still hearing so", { stage: "turned-away", lastNewsAt: NOON + 9 }, null, null, "left", NOON + 9],
    ["admitted, not in the room yet", admitted, null, null, "joining", NOON + 4000],
    ["in a room that has not started", admitted, inRoom, null, "waiting", NOON + 5000],
    ["in a room that started later", admitted, inRoom, NOON + MINUTE, "on-call", NOON + MINUTE],
    ["in a room that had started", admitted, inRoom, NOON + 1000, "on-call", NOON + 5000],
    ["muted", admitted, { ...inRoom, muted: true }, NOON, "muted", NOON + 5000],
    ["on hold, muted too", admitted, { ...inRoom, muted: true, onHold: true }, NOON, "on-hold", NOON + 5000],
    ["muted while waiting", admitted, { ...inRoom, muted: true }, null, "waiting", NOON + 5000],
    [
      "in the keypad menu",
      { ...admitted, stage: "in-menu", lastNewsAt: NOON + 8000 },
      { ...inRoom, isInRoom: false },
      NOON,
      "in-menu",
      NOON + 8000,
    ],
    [
      "between room and menu",
      admitted,
      { ...inRoom, isInRoom: false, sinceAt: NOON + 7000 },
      NOON,
      "joining",
      NOON + 7000,
    ],
    [
      "gone, though the room's callback is missing",
      { ...admitted, endedAt: NOON + HOUR },
      inRoom,
      NOON,
      "left",
      NOON + HOUR,
    ],
  ])("%s", (_what, leg, presence, startedAt, state, sinceAt) => {
    const presences = new Map(presence === null ? [] : [[mabel, presence]]);

    const joinedAt = presence === null ? null : NOON + 5000;
    expect(attendanceOf([aLeg(leg)], presences, startedAt)).toMatchObject([{ state, sinceAt, joinedAt }]);
  });
});

describe("a call starts", () => {
  const attendee = (participantId: string, state: AttendeeState): Attendee => ({
    leg: aLeg({ callSid: aCallSid(participantId.length), participantId }),
    state,
    sinceAt: NOON,
    joinedAt: NOON,
  });
  const roleOf = (id: string) => (id === "isabelle" ? "moderator" : "participant");

  it.each<[string, Attendee[], boolean, boolean]>([
    ["with nobody", [], true, false],
    ["with a moderator in the room", [attendee("isabelle", "waiting")], true, true],
    ["with a moderator who is muted", [attendee("isabelle", "muted")], true, true],
    ["with a moderator who is on the way in", [attendee("isabelle", "joining")], true, false],
    ["with a moderator who still verifies", [attendee("isabelle", "verifying")], true, false],
    ["with a moderator who left", [attendee("isabelle", "left"), attendee("tom", "waiting")], true, false],
    ["with two who wait for a moderator", [attendee("tom", "waiting"), attendee("mabel", "waiting")], true, false],
    ["with two who wait for each other", [attendee("tom", "waiting"), attendee("mabel", "waiting")], false, true],
    ["with one who waits for a second", [attendee("tom", "waiting"), attendee("mabel", "joining")], false, false],
    ["with two, one in the menu", [attendee("tom", "waiting"), attendee("mabel", "in-menu")], false, true],
  ])("%s (waiting for a moderator: %3$s): %4$s", (_what, attendees, waitsForModerator, starts) => {
    expect(hasStarted(attendees, roleOf, waitsForModerator)).toBe(starts);
  });

  it("not with somebody whom nobody knows", () => {
    const unknown = { ...attendee("x", "waiting"), leg: aLeg({ participantId: null }) };

    expect(hasStarted([unknown], () => "moderator", true)).toBe(false);
  });
});
