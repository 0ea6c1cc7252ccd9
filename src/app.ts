import { createHmac, randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import express, { type Express } from "express";
import { deliver, deliverCall } from "./app/deliver.ts";
import { calendarRoutes } from "./calendar/routes.ts";
import { makeCalendarUrls } from "./calendar/urls.ts";
import type { Clock } from "./clock.ts";
import type { Config } from "./config.ts";
import type { Job } from "./db/jobs.ts";
import { openDatabase } from "./db/open.ts";
import { listen, mountHealth } from "./http-server.ts";
import { type Log, makeLog } from "./log.ts";
import { answerCall } from "./operations/answer-call.ts";
import { answerDialed } from "./operations/answer-dialed.ts";
import { answerMenu } from "./operations/answer-menu.ts";
import { readinessCheck } from "./operations/check-readiness.ts";
import { chooseConference } from "./operations/choose-conference.ts";
import { describeWait } from "./operations/describe-wait.ts";
import { watchDoubts } from "./operations/doubt-watch.ts";
import { endGrace } from "./operations/end-grace.ts";
import { findTeam } from "./operations/find-team.ts";
import { forgetOld } from "./operations/forget-old.ts";
import { joinByKey } from "./operations/join-by-key.ts";
import { leaveRoom } from "./operations/leave-room.ts";
import type { Line } from "./operations/line.ts";
import { lookForSilentLegs } from "./operations/look-for-silent-legs.ts";
import { reconcileSession } from "./operations/reconcile-session.ts";
import { LOOK_AFTER_MS } from "./operations/place-call.ts";
import { recordCallEnd } from "./operations/record-call-end.ts";
import { recordDialOut } from "./operations/record-dial-out.ts";
import { recordRoomEvent } from "./operations/record-room-event.ts";
import { recordUnanswered } from "./operations/record-unanswered.ts";
import { replan } from "./operations/replan.ts";
import { reportParked } from "./operations/report-parked.ts";
import { retryRefused } from "./operations/retry-parked.ts";
import { runSeries } from "./operations/run-series.ts";
import { QUARANTINE_MS } from "./operations/show-message.ts";
import { submitDigits } from "./operations/submit-digits.ts";
import { watchLiveCalls } from "./operations/watch-live-calls.ts";
import { startOutbox } from "./outbox/worker.ts";
import { punctualAgents } from "./punctual-agents.ts";
import { startScheduler } from "./scheduler/loop.ts";
import { startReplanner } from "./scheduler/replanner.ts";
import { makeSlackClient } from "./slack/client.ts";
import { makeDirectMessages } from "./slack/direct-messages.ts";
import { receiveSlack } from "./slack/receiver.ts";
import { makeTeam } from "./slack/team.ts";
import { makeTwilioClient } from "./twilio/client.ts";
import { makeDialler } from "./twilio/dialler.ts";
import { makePhoneNetwork } from "./twilio/phone-network.ts";
import { makeUrls, type Urls } from "./twilio/twiml.ts";
import { makeVerifier } from "./twilio/verify.ts";
import { voiceWebhooks } from "./twilio/webhooks.ts";

const TWILIO_TIMEOUT_MS = 5000;
/** The rules of time zones come with Node: `2025c`. */
const TIME_ZONE_DATA = process.versions["tz"] ?? process.versions["icu"] ?? process.version;

export type App = {
  url: string;
  /** Stops; asked again, it is the same stop. */
  close(): Promise<void>;
};

export type AppParts = {
  clock: Clock;
  log?: Log;
  openDatabase?: typeof openDatabase;
  verifyBudgetMs?: number | undefined;
};

/**
 * Starts the service.
 *
 * @param parts `openDatabase` is the benchmark's, which opens it otherwise to learn what durability costs;
 *   `verifyBudgetMs` is the tests', which do not wait three seconds for Verify to be given up
 * @throws {AppError} `database_in_use` when another process has the SQLite file
 */
export async function startApp(config: Config, parts: AppParts): Promise<App> {
  const { clock, log = makeLog(config.LOG_LEVEL), openDatabase: open = openDatabase } = parts;
  const db = await open(config.DATABASE_URL);
  const agents = punctualAgents();
  const slack = makeSlackClient(config.SLACK_BOT_TOKEN, config.SLACK_API_URL, agents);
  const openDirect = makeDirectMessages(slack);
  const twilio = makeTwilioClient(
    {
      accountSid: config.TWILIO_ACCOUNT_SID,
      authToken: config.TWILIO_AUTH_TOKEN,
      apiUrl: config.TWILIO_API_URL,
    },
    TWILIO_TIMEOUT_MS,
    agents,
  );
  const team = makeTeam(slack, await findTeam(db), log);
  void team.ready().catch(() => undefined);
  const urls = makeUrls(config.PUBLIC_URL, config.WAIT_MUSIC_URL);
  const line: Line = {
    db,
    clock,
    get teamId() {
      return team.id();
    },
    phoneNumber: config.TWILIO_PHONE_NUMBER,
    newId: () => randomUUID(),
    pause: (ms) => pause(ms),
    verifier: makeVerifier(twilio, config.TWILIO_VERIFY_SERVICE_SID, parts.verifyBudgetMs),
    phoneNetwork: makePhoneNetwork(twilio),
    dialler: makeDialler(twilio, urls, config.TWILIO_PHONE_NUMBER),
    postsInDoubt: watchDoubts(clock, QUARANTINE_MS),
    callsInDoubt: watchDoubts(clock, LOOK_AFTER_MS),
  };

  const web = express();
  web.disable("x-powered-by");
  // Nobody asks twice for what has not changed, but for calendars, which bring their own.
  web.disable("etag");
  // First, so that a call passes by nothing that is for others.
  mountTelephone(web, config, line, urls, log);
  web.use("/calendar", calendarRoutes(line, config.PUBLIC_URL));
  const slackAnswered = receiveSlack({
    app: web,
    botToken: config.SLACK_BOT_TOKEN,
    signingSecret: config.SLACK_SIGNING_SECRET,
    clock,
    log,
    ready: () => team.ready(),
    listeners: {
      line,
      slack,
      log,
      linePhoneNumber: config.TWILIO_PHONE_NUMBER,
      defaultCountry: config.DEFAULT_COUNTRY,
      calendarUrls: makeCalendarUrls(config.PUBLIC_URL),
      sign: (text) => createHmac("sha256", config.SLACK_SIGNING_SECRET).update(text).digest("base64url"),
    },
  });
  mountHealth(web, readinessCheck(line), log);

  const stopOutbox = startOutbox({
    db,
    clock,
    log,
    random: Math.random,
    deliver: (effect, mayAct) =>
      effect.kind === "place-call"
        ? deliverCall(line, effect, 1000 / config.CALLS_PER_SECOND, mayAct)
        : deliver({ line, slack, openDirect, twilio, urls, mayAct }, effect),
    onParked: async (tx, effect, now) => {
      if (effect.kind === "show-message") await reportParked(tx, line, effect.channelId, now);
    },
  });
  await retryRefused(line, null);
  await watchLiveCalls(line);
  const stopScheduler = startScheduler({ db, clock, log, run: (job) => runJob(line, config, job) });
  const stopReplanner = startReplanner({ clock, log, replan: (isStopped) => replan(line, TIME_ZONE_DATA, isStopped) });
  const server = await listen(web, config.PORT, config.HOST);
  log.info("Confline is up", { url: config.PUBLIC_URL });

  async function stop(): Promise<void> {
    await Promise.all([stopOutbox(), stopScheduler(), stopReplanner(), server.close()]);
    line.postsInDoubt.stop();
    line.callsInDoubt.stop();
    // Slack was told that we have these commands, and will not send them again.
    await slackAnswered();
    await db.close();
  }
  let stopped: Promise<void> | null = null;
  return { url: server.url, close: () => (stopped ??= stop()) };
}

function runJob(line: Line, config: Config, job: Job): Promise<number | null> {
  switch (job.kind) {
    case "end-grace":
      return endGrace(line, job.subjectId);
    case "reconcile":
      return reconcileSession(line, job.subjectId);
    case "look-for-silent-legs":
      return lookForSilentLegs(line);
    case "forget-old":
      return forgetOld(line, config.RETENTION_DAYS);
    case "run-series":
      return runSeries(line, job.subjectId);
  }
}

function mountTelephone(web: Express, config: Config, line: Line, urls: Urls, log: Log): void {
  web.use(
    "/twilio",
    voiceWebhooks({
      accountSid: config.TWILIO_ACCOUNT_SID,
      authToken: config.TWILIO_AUTH_TOKEN,
      publicUrl: config.PUBLIC_URL,
      urls,
      clock: line.clock,
      log,
      answerCall: (call) => answerCall(line, call),
      submitDigits: (step, keys) => submitDigits(line, step, keys),
      chooseConference: (step, digits) => chooseConference(line, step, digits),
      leaveRoom: (step, left) => leaveRoom(line, step, left),
      answerMenu: (step) => answerMenu(line, step),
      describeWait: (callSid) => describeWait(line, callSid),
      recordRoomEvent: (sessionName, event) => recordRoomEvent(line, sessionName, event),
      recordCallEnd: (call) => recordCallEnd(line, call),
      recordUnanswered: (call) => recordUnanswered(line, call),
      answerDialed: (call, isMachine) => answerDialed(line, call, isMachine),
      joinByKey: (step, digits) => joinByKey(line, step, digits),
      recordDialOut: (call, progress) => recordDialOut(line, call, progress),
    }),
  );
  const music = fileURLToPath(new URL("../assets/hold-music.wav", import.meta.url));
  web.get("/assets/hold-music.wav", (_req, res) => res.sendFile(music, { maxAge: "1d" }));
}
