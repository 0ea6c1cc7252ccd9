import express, { type ErrorRequestHandler, Router } from "express";
import { z } from "zod";
import type { Answer } from "../conference/admission.ts";
import { atMostEvery, type Log } from "../log.ts";
import type { IncomingCall } from "../operations/new-leg.ts";
import type { Step } from "../operations/answer-step.ts";
import type { Wait } from "../operations/describe-wait.ts";
import type { LeftRoom } from "../operations/leave-room.ts";
import type { Keys } from "../operations/submit-digits.ts";
import type { RoomEvent } from "../conference/attendance.ts";
import * as prompts from "./prompts.ts";
import { requireTwilioSignature } from "./signature.ts";
import { addDialedRoutes, type DialedDeps } from "./dialed-webhooks.ts";
import { Call, callSid, inTime, sendTwiml, speak, stepOf, text } from "./speak.ts";
import { readRoomEvent } from "./status-callbacks.ts";
import { announcementTwiml, apologyTwiml, type Urls, waitTwiml } from "./twiml.ts";

/** What the telephone edge asks of the operations. */
export type VoiceWebhookDeps = DialedDeps & {
  accountSid: string;
  authToken: string;
  publicUrl: string;
  urls: Urls;
  /** What time it is, and who waits for what we are doing. */
  clock: { now(): number; track<T>(work: Promise<T>): Promise<T> };
  log: Log;
  answerCall(call: IncomingCall): Promise<Answer>;
  submitDigits(step: Step, keys: Keys): Promise<Answer>;
  chooseConference(step: Step, digits: string): Promise<Answer>;
  leaveRoom(step: Step, left: LeftRoom): Promise<Answer>;
  answerMenu(step: Step): Promise<Answer>;
  describeWait(callSid: string): Promise<Wait>;
  recordRoomEvent(sessionName: string, event: RoomEvent): Promise<void>;
  recordCallEnd(call: IncomingCall): Promise<void>;
  recordUnanswered(call: IncomingCall): Promise<void>;
};

const REFUSAL_LOGGED_EVERY_MS = 60_000;
const OVER = new Set(["completed", "busy", "failed", "no-answer", "canceled"]);

const Caller = z.object({ CallSid: callSid, From: text(256).default(""), StirVerstat: text(64).optional() });
const Digits = z.object({ CallSid: callSid, Digits: text(64).default(""), FinishedOnKey: text(8).default("") });
const LeaveForm = z.object({
  CallSid: callSid,
  CallStatus: text(32).default(""),
  DialCallStatus: text(32).default(""),
});
const StatusForm = Caller.extend({ CallStatus: text(32) });
/** One that we placed is told of elsewhere, and comes from our own number. */
const UnansweredForm = Caller.extend({ Direction: z.literal("inbound") });
const AnnouncementName = z.enum(["moderator-left", "moderator-back"]);

/** Every route that Twilio calls: signature first, then the form, then one operation, then TwiML. */
export function voiceWebhooks(deps: VoiceWebhookDeps): Router {
  const router = Router();
  router.use(express.urlencoded({ extended: false, limit: "64kb" }));
  const maySay = atMostEvery(REFUSAL_LOGGED_EVERY_MS, deps.clock.now);
  const onRefused = () => {
    if (maySay()) deps.log.warn("refused a request that TWILIO_AUTH_TOKEN did not sign for PUBLIC_URL");
  };
  router.use(requireTwilioSignature(deps.authToken, deps.publicUrl, onRefused));
  const OurAccount = z.object({ AccountSid: z.literal(deps.accountSid) });
  router.use((req, res, next) => {
    if (OurAccount.safeParse(req.body).success) next();
    else res.status(403).end();
  });

  router.post(
    "/voice",
    speak(deps, ({ body }) => {
      const { CallSid, From, StirVerstat } = Caller.parse(body);
      return deps.answerCall({ callSid: CallSid, from: From, verdict: StirVerstat ?? null });
    }),
  );
  router.post(
    "/code/:step",
    speak(deps, (req) => {
      const { Digits: digits, FinishedOnKey: finishedOnKey } = Digits.parse(req.body);
      return deps.submitDigits(stepOf(req), { digits, finishedOnKey });
    }),
  );
  router.post(
    "/choice/:step",
    speak(deps, (req) => deps.chooseConference(stepOf(req), Digits.parse(req.body).Digits)),
  );
  router.post(
    "/room/:step",
    speak(deps, (req) => {
      const { CallStatus, DialCallStatus } = LeaveForm.parse(req.body);
      return deps.leaveRoom(stepOf(req), { isCallOver: OVER.has(CallStatus), dialStatus: DialCallStatus });
    }),
  );
  router.post(
    "/menu/:step",
    speak(deps, (req) => deps.answerMenu(stepOf(req))),
  );

  router.post("/wait", async (req, res) => {
    const { CallSid } = Call.parse(req.body);
    sendTwiml(res, waitTwiml(await wordsWhileWaiting(deps, CallSid), deps.urls));
  });
  router.post("/announcement/:name", (req, res) => {
    const name = AnnouncementName.parse(req.params.name);
    sendTwiml(res, announcementTwiml(prompts.announcementWords(name)));
  });
  router.post("/fallback", async (req, res) => {
    const { data } = UnansweredForm.safeParse(req.body);
    if (data !== undefined) {
      const call = { callSid: data.CallSid, from: data.From, verdict: data.StirVerstat ?? null };
      await inTime(deps.clock.track(deps.recordUnanswered(call)));
    }
    sendTwiml(res, apologyTwiml());
  });

  router.post("/conference", async (req, res) => {
    const { sessionName, event } = readRoomEvent(req.body, deps.clock.now());
    await deps.clock.track(deps.recordRoomEvent(sessionName, event));
    res.status(204).end();
  });
  router.post("/status", async (req, res) => {
    const { CallSid, CallStatus, From, StirVerstat } = StatusForm.parse(req.body);
    const call = { callSid: CallSid, from: From, verdict: StirVerstat ?? null };
    if (OVER.has(CallStatus)) await deps.clock.track(deps.recordCallEnd(call));
    res.status(204).end();
  });

  addDialedRoutes(router, deps);

  router.use((_req, res) => void res.status(404).end());
  router.use(apologise(deps.log));
  return router;
}

/** Null when why somebody waits cannot be told: an apology ends in a hang-up, which would throw out who is let in. */
async function wordsWhileWaiting({ describeWait, log }: VoiceWebhookDeps, sid: string): Promise<string | null> {
  try {
    return prompts.waitWords(await inTime(describeWait(sid)));
  } catch (error) {
    log.error("could not tell a caller why they wait", error);
    return null;
  }
}

/** A caller who waits for TwiML hears an apology; a callback that failed gets a 500, so that Twilio sends it again. */
function apologise(log: Log): ErrorRequestHandler {
  return (error: unknown, req, res, _next) => {
    const status = typeof error === "object" && error !== null && "status" in error ? error.status : null;
    if (typeof status === "number" && status < 500) return void res.status(status).end();
    if (error instanceof z.ZodError) return void res.status(400).end();
    log.error("a webhook failed", error, { path: req.path });
    if (/^\/(conference$|status$|dial-status\/)/.test(req.path)) return void res.status(500).end();
    sendTwiml(res, apologyTwiml());
  };
}
