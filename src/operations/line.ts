import type { CallProgress } from "../conference/dial-out.ts";
import type { PhoneNumber } from "../conference/phone-number.ts";
import type { Clock } from "../clock.ts";
import type { Database } from "../db/database.ts";
import type { DoubtWatch } from "./doubt-watch.ts";

/** What an operation works with. The network is handed in, and never used inside a transaction. */
export type Line = {
  db: Database;
  clock: Clock;
  /** The workspace that is served. */
  teamId: string;
  /** The number that everybody dials. */
  phoneNumber: PhoneNumber;
  /** Random, unguessable, no longer than 40 characters. */
  newId(): string;
  /** Waits in real time, for something that another process is doing. */
  pause(ms: number): Promise<void>;
  verifier: Verifier;
  phoneNetwork: PhoneNetwork;
  dialler: Dialler;
  /** Of which nobody heard whether Slack posted them. */
  postsInDoubt: DoubtWatch;
  /** Of which nobody heard whether Twilio placed them. */
  callsInDoubt: DoubtWatch;
};

/** Proves numbers by one-time codes. Its calls share a budget of 3 s a webhook; what is over it is `unavailable`. */
export type Verifier = {
  /** Begins to count the time that the calls of one webhook may take together. */
  withBudget(): BudgetedVerifier;
};

export type BudgetedVerifier = {
  /** Texts a code; while one is pending, the same one again. */
  start(number: PhoneNumber): Promise<StartOutcome>;
  /** The verification that is pending for a number, when a send's outcome was never heard. */
  find(number: PhoneNumber): Promise<FindOutcome>;
  /** Makes a pending code worthless. Done too when it was not pending any more. */
  cancel(verificationSid: string): Promise<"done" | "unavailable">;
  check(verificationSid: string, code: string): Promise<CheckOutcome>;
};

export type StartOutcome =
  | { kind: "sent"; verificationSid: string; createdAt: number }
  | { kind: "landline" }
  /** This number will not be texted: blocked, wrong country, not a number. */
  | { kind: "refused" }
  /** The provider says that too much is asked of it for this number: a code is pending there. */
  | { kind: "busy" }
  /** Surely not sent: the service is set up wrongly, or out of order. */
  | { kind: "failed" }
  /** Perhaps sent. */
  | { kind: "unavailable" };

export type FindOutcome =
  | { kind: "found"; verificationSid: string; createdAt: number }
  | { kind: "none" }
  | { kind: "unavailable" };

export type CheckOutcome =
  | "approved"
  | "wrong"
  /** Used, expired, cancelled, or checked too often: neither right nor wrong. */
  | "gone"
  | "unavailable";

/** The truth about calls and rooms, as Twilio's REST API tells it. */
export type PhoneNetwork = {
  /** @throws {AppError} `unavailable` */
  findCall(callSid: string): Promise<"open" | "over">;
  /** Rooms of that name that have not ended. @throws {AppError} `unavailable` */
  listRooms(sessionName: string): Promise<SeenRoom[]>;
};

/** Calls people, and says what became of it. */
export type Dialler = {
  /** Rings a phone. Nothing is thrown. */
  call(call: { to: PhoneNumber; dialOutId: string; attempt: number }): Promise<DialOutcome>;
  /** Calls that we placed to a number since then, the latest first. @throws {AppError} `unavailable` */
  listCallsTo(to: PhoneNumber, since: number): Promise<SeenCall[]>;
  /** @throws {AppError} `unavailable` */
  findProgress(callSid: string): Promise<CallProgress>;
};

export type SeenCall = CallProgress & { callSid: string };

export type DialOutcome =
  | { kind: "placed"; callSid: string }
  /** This number will never be called. */
  | { kind: "refused"; reason: string }
  /** Surely not placed, but it may be later. */
  | { kind: "not-now"; reason: string }
  /** Perhaps placed. */
  | { kind: "unknown"; reason: string };

export type SeenRoom = {
  conferenceSid: string;
  participants: { callSid: string; muted: boolean; onHold: boolean }[];
};
