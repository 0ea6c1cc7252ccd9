import type { Router } from "express";
import type { Clock } from "../clock.ts";
import { createFaults, type Faults } from "../faults.ts";
import type { Random } from "../random.ts";
import { apiRouter } from "./api.ts";
import { TWILIO_COVERAGE } from "./coverage.ts";
import { type Call, callOf, type CallView, callView } from "./call.ts";
import { insertStranger } from "./stranger.ts";
import { forgetOld } from "./forget.ts";
import { type ForgedRequest, sendForged } from "./forged-request.ts";
import { type CallbackMode, createNetwork, type Line, type Network, type Pace } from "./network.ts";
import type { SentRequest, TwilioAccount, TwilioEvent } from "./network.ts";
import { type Phone, phoneOf } from "./phone.ts";
import { callHandlers } from "./rest-calls.ts";
import { conferenceHandlers } from "./rest-conferences.ts";
import { messageHandlers } from "./rest-messages.ts";
import { numberHandlers } from "./rest-numbers.ts";
import { participantHandlers } from "./rest-participants.ts";
import type { Room } from "./room.ts";
import { createVerifyService, findPending, type Verification, type VerifyService } from "./verify.ts";
import { verifyHandlers } from "./verify-api.ts";
import type { Connection } from "./webhooks.ts";

export type TwilioSimulatorOptions = {
  clock: Clock;
  random: Random;
  account: TwilioAccount;
  /** Where the service is now. */
  connection: () => Connection;
  pace?: Pace;
  /** The Verify service's, in the text messages. */
  friendlyName?: string;
};

export type ConferenceView = {
  sid: string;
  name: string;
  status: Room["status"];
  participants: {
    callSid: string;
    label: string | null;
    muted: boolean;
    hold: boolean;
    startConferenceOnEnter: boolean;
    joinedAt: number;
  }[];
};

export type TwilioSimulator = {
  /** REST and Verify, for the root. */
  router: Router;
  /** The number's webhooks; URLs may end in connection overrides (`#rc=2`). */
  configure(line: Partial<Line>): void;
  pace(pace: Pace): void;
  /** Made on first use, and remembered. */
  phone(number: string): Phone;
  /** The network's own truth, ended conferences included. */
  conferences(): ConferenceView[];
  calls(): CallView[];
  call(callSid: string): Call | null;
  verify: {
    codeFor(number: string): string | null;
    /** Every code that a number was ever texted and what became of it, oldest first. */
    verifications(number: string): Verification[];
    /** Texts ever sent to the number. */
    sends(number: string): number;
    /** Makes a number one that texts cannot reach (60205). */
    landline(number: string): void;
  };
  callbacks: { set(mode: CallbackMode): void };
  /** The latest requests to the service, oldest first. */
  sent(): SentRequest[];
  /** Sends the service a correctly signed request of one's own making: a replay, or one that is malformed. */
  forge(request: ForgedRequest): Promise<{ status: number; body: string }>;
  /** A leg in the room that nobody admitted; returns its CallSid. */
  insertStranger(conferenceName: string): string;
  /** Drops calls, rooms, texts and codes that were over before an instant, at least ten minutes ago. */
  forget(before: number): void;
  faults: Faults;
  /** Tells of everything that happens; returns the end of that. */
  on(listener: (event: TwilioEvent) => void): () => void;
};

export function createTwilioSimulator(options: TwilioSimulatorOptions): TwilioSimulator {
  const network = createNetwork(options);
  const service = createVerifyService(options.friendlyName ?? "Confline");
  const faults = createFaults(TWILIO_COVERAGE.map(({ method, path }) => `${method} ${path}`));
  const router = apiRouter(network, faults, {
    ...callHandlers(network),
    ...conferenceHandlers(network),
    ...participantHandlers(network),
    ...messageHandlers(network),
    ...numberHandlers(network),
    ...verifyHandlers(network, service),
  });
  return {
    router,
    faults,
    configure: (line) => void (network.line = { ...network.line, ...line, updatedAt: network.clock.now() }),
    pace: (pace) => void (network.pace = pace),
    phone: (number) => phoneOf(network, number),
    conferences: () => network.rooms.map(conferenceView),
    calls: () => [...network.legs.values()].map(callView),
    call: (callSid) => findCall(network, callSid),
    verify: verifyView(network, service),
    callbacks: {
      set: (mode) => {
        network.callbackMode = mode;
      },
    },
    sent: () => [...network.sent],
    forge: (request) => sendForged(network, request),
    insertStranger: (conferenceName) => insertStranger(network, conferenceName),
    forget: (before) => forgetOld(network, service, before),
    on: (listener) => {
      network.listeners.add(listener);
      return () => void network.listeners.delete(listener);
    },
  };
}

function conferenceView({ conferenceSid, name, status, participants }: Room): ConferenceView {
  return {
    sid: conferenceSid,
    name,
    status,
    participants: participants.map(({ leg, label, muted, hold, startOnEnter, joinedAt }) => ({
      callSid: leg.callSid,
      label,
      muted,
      hold,
      startConferenceOnEnter: startOnEnter,
      joinedAt,
    })),
  };
}

function verifyView(network: Network, service: VerifyService): TwilioSimulator["verify"] {
  return {
    codeFor: (number) => findPending(network, service, number)?.code ?? null,
    verifications: (number) => service.verifications.filter(({ to }) => to === number).map((one) => ({ ...one })),
    sends: (number) => service.verifications.filter(({ to }) => to === number).flatMap(({ sends }) => sends).length,
    landline: (number) => void service.landlines.add(number),
  };
}

function findCall(network: Network, callSid: string): Call | null {
  const leg = network.legs.get(callSid);
  return leg === undefined ? null : callOf(network, leg);
}
