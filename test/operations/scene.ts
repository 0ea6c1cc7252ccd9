import { asc } from "drizzle-orm";
import type { Answer } from "../../src/conference/admission.ts";
import type { RoomEvent } from "../../src/conference/attendance.ts";
import type { PhoneNumber } from "../../src/conference/phone-number.ts";
import type { Database } from "../../src/db/database.ts";
import { answerCall } from "../../src/operations/answer-call.ts";
import { watchDoubts } from "../../src/operations/doubt-watch.ts";
import type { Line } from "../../src/operations/line.ts";
import { LOOK_AFTER_MS } from "../../src/operations/place-call.ts";
import { recordCallEnd } from "../../src/operations/record-call-end.ts";
import { recordRoomEvent } from "../../src/operations/record-room-event.ts";
import { QUARANTINE_MS } from "../../src/operations/show-message.ts";
import { submitDigits } from "../../src/operations/submit-digits.ts";
import { type ManualClock, manualClock } from "../../src/simulator/clock.ts";
import {
  LINE_NUMBER,
  aCallSid,
  aConferenceSid,
  anActor,
  aRoomEvent,
  MABELS_NUMBER,
  NOON,
  TEAM,
} from "../support/builders.ts";
import {
  type FakeDialler,
  fakeDialler,
  type FakePhoneNetwork,
  fakePhoneNetwork,
  type FakeVerifier,
  fakeVerifier,
} from "../support/fakes.ts";

type Outside = { clock: ManualClock; verifier: FakeVerifier; phoneNetwork: FakePhoneNetwork; dialler: FakeDialler };

export type Scene = ReturnType<typeof aScene>;

let ids = 0;

/** The operations on one node, with an outside that the test plays. Further nodes share the first one's outside. */
export function aScene(db: Database, outside: Outside = anOutside()) {
  const { clock, verifier, phoneNetwork, dialler } = outside;
  const line: Line = {
    db: {
      ...db,
      read: (work) => clock.track(db.read(work)),
      write: (work) => clock.track(db.write(work)),
    },
    clock,
    teamId: TEAM,
    phoneNumber: LINE_NUMBER,
    newId: () => `id-${(ids += 1)}`,
    pause: (ms) => new Promise((resolve) => void clock.after(ms, () => resolve())),
    verifier,
    phoneNetwork,
    dialler,
    postsInDoubt: watchDoubts(clock, QUARANTINE_MS),
    callsInDoubt: watchDoubts(clock, LOOK_AFTER_MS),
  };
  return { ...outside, db, line, finish: finishWith(clock), ...theCallers(line, outside), ...theTables(db) };
}

function anOutside(): Outside {
  const clock = manualClock(NOON);
  return { clock, verifier: fakeVerifier(() => clock.now()), phoneNetwork: fakePhoneNetwork(), dialler: fakeDialler() };
}

/** Waits for work; when it waits for time to pass, passes it. */
function finishWith(clock: ManualClock) {
  return async <T>(work: Promise<T>): Promise<T> => {
    let isSettled = false;
    const settle = () => void (isSettled = true);
    work.then(settle, settle);
    await clock.idle();
    for (let looks = 0; !isSettled && looks < 2000; looks += 1) await clock.advance(10);
    if (!isSettled) throw new Error("the work waits for something that never comes");
    return work;
  };
}

/** What callers do, and what Twilio tells of them. Calls are numbered. */
function theCallers(line: Line, { clock, verifier }: Outside) {
  const steps = new Map<number, number>();
  const rooms = new Map<number, string>();
  const told = new Map<string, number>();

  function note(n: number, answer: Answer): Answer {
    if ("step" in answer) steps.set(n, answer.step);
    if (answer.kind === "join") rooms.set(n, answer.room.sessionName);
    return answer;
  }

  const stepOf = (n: number) => ({ callSid: aCallSid(n), step: steps.get(n) ?? 0 });
  const roomOf = (n: number) => rooms.get(n) ?? "";
  const dial = async (n: number, from: PhoneNumber = MABELS_NUMBER) =>
    note(n, await answerCall(line, { callSid: aCallSid(n), from, verdict: null }));
  const key = async (n: number, digits: string, finishedOnKey = "") =>
    note(n, await submitDigits(line, stepOf(n), { digits, finishedOnKey }));
  const tell = async (n: number, kind: RoomEvent["kind"], overrides: Partial<RoomEvent> = {}) => {
    const sequenceNumber = (told.get(roomOf(n)) ?? 0) + 1;
    told.set(roomOf(n), sequenceNumber);
    const conferenceSid = aConferenceSid([...told.keys()].indexOf(roomOf(n)));
    const callSid = kind === "end" ? null : aCallSid(n);
    const event = aRoomEvent({ conferenceSid, sequenceNumber, kind, callSid, at: clock.now(), ...overrides });
    await recordRoomEvent(line, roomOf(n), event);
    return event;
  };

  return {
    dial,
    key,
    stepOf,
    roomOf,
    tell,
    /** Keys the code that is right at this moment. */
    keyCode: (n: number, from: PhoneNumber = MABELS_NUMBER) => key(n, verifier.codeOf(from)),
    keyWrong: (n: number) => key(n, "999999"),
    hangUp: (n: number, from: PhoneNumber = MABELS_NUMBER) =>
      recordCallEnd(line, { callSid: aCallSid(n), from, verdict: null }),
    /** Dials, keys the right code and comes into the room. */
    async join(n: number, from: PhoneNumber = MABELS_NUMBER) {
      await dial(n, from);
      const answer = await key(n, verifier.codeOf(from));
      if (answer.kind !== "join") throw new Error(`call ${n} got ${answer.kind}`);
      await tell(n, "join");
      return answer;
    },
  };
}

function theTables(db: Database) {
  return {
    events: () => db.read(({ q, t }) => q.select().from(t.events).orderBy(asc(t.events.id))),
    effects: () => db.read(({ q, t }) => q.select().from(t.outbox).orderBy(asc(t.outbox.id))),
    alerts: () => db.read(({ q, t }) => q.select().from(t.alerts).orderBy(asc(t.alerts.channelId))),
    legs: () => db.read(({ q, t }) => q.select().from(t.callLegs).orderBy(asc(t.callLegs.callSid))),
    lockouts: () => db.read(({ q, t }) => q.select().from(t.lockouts).orderBy(asc(t.lockouts.conferenceId))),
    numbers: () => db.read(({ q, t }) => q.select().from(t.phoneNumbers)),
    sessions: () => db.read(({ q, t }) => q.select().from(t.sessions).orderBy(asc(t.sessions.openedAt))),
    jobs: () => db.read(({ q, t }) => q.select().from(t.jobs).orderBy(asc(t.jobs.key))),
  };
}

let requests = 0;

/** A command of Isabelle's in a channel, each with a key of its own. */
export function aRequest(channelId = "C0OPS") {
  return { key: `request-${(requests += 1)}`, actor: anActor(), channelId };
}
