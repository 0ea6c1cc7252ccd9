import { App, ExpressReceiver, type Logger, LogLevel } from "@slack/bolt";
import express, { type Express, type RequestHandler } from "express";
import { z } from "zod";
import { atMostEvery, type Log } from "../log.ts";
import { actionIds } from "./action-ids.ts";
import { clickAddOffered, clickCancelOffer, clickReset } from "./listeners/actions.ts";
import { answerCommand } from "./listeners/commands.ts";
import type { Asked, ListenerDeps } from "./listeners/context.ts";
import { complain, sendReply } from "./reply.ts";
import { isFromSlack } from "./signature.ts";
import type { SlackMessage } from "./views/blocks.ts";

/** What time it is, and who waits for what we are doing. */
type EdgeClock = { now(): number; track<T>(work: Promise<T>): Promise<T> };

export type ReceiverDeps = {
  /** The shared app; Slack's requests must reach it before anything else reads their bodies. */
  app: Express;
  botToken: string;
  signingSecret: string;
  clock: EdgeClock;
  log: Log;
  /** Learns which workspace this is, if that is not known yet. */
  ready(): Promise<void>;
  listeners: ListenerDeps;
};

const PATH = "/slack/events";
const REFUSAL_LOGGED_EVERY_MS = 60_000;
const BODY_LIMIT = "1mb";
const BROKEN = complain(
  "Something went wrong on my side, and I can't say what came of it. Please look with `/conf list`, then try again.",
);

/**
 * Serves Slack's requests: verified with our clock, acknowledged at once, answered by their response URL.
 *
 * @returns waits until everything that was acknowledged is answered
 */
export function receiveSlack(deps: ReceiverDeps): () => Promise<void> {
  const { app, botToken, signingSecret, clock, log, ready, listeners } = deps;
  const underWay = new Set<Promise<void>>();
  app.post(
    PATH,
    express.raw({ type: () => true, limit: BODY_LIMIT }),
    requireSlackSignature(signingSecret, clock, log),
  );
  // Bolt checks against the wall clock and accepts the future; ours above does neither, so Bolt's is off.
  const receiver = new ExpressReceiver({
    app,
    signingSecret,
    signatureVerification: false,
    endpoints: PATH,
    logger: quiet(log),
  });
  app.use(receiver.router);
  const bolt = new App({
    receiver,
    authorize: async () => ({ botToken }),
    logger: quiet(log),
    // Slack is called by our own client only, with its time-outs; Bolt's own is never used.
    tokenVerificationEnabled: false,
  });
  bolt.error(async (error) => log.error("a Slack listener failed", error));

  const answer: Answer = (responseUrl, asked, act, replaces = false) => {
    const work = reply({ log, ready }, responseUrl, asked, act, replaces).finally(() => underWay.delete(work));
    underWay.add(work);
    return clock.track(work);
  };

  bolt.command("/conf", async ({ ack, command }) => {
    await ack();
    const { user_id: userId, channel_id: channelId, trigger_id: key, text, response_url: url } = command;
    const asked = { key: `command/${key}`, userId, channelId };
    await answer(url, asked, () => answerCommand(listeners, asked, text));
  });
  onClick(bolt, actionIds.resetLockout, answer, (asked, value) => clickReset(listeners, asked, value));
  onClick(bolt, actionIds.addOfferedNumber, answer, (asked, value) => clickAddOffered(listeners, asked, value), true);
  onClick(bolt, actionIds.cancelOffer, answer, async () => clickCancelOffer(), true);
  return async () => void (await Promise.all(underWay));
}

type Answer = (url: string, asked: Asked, act: () => Promise<SlackMessage | null>, replaces?: boolean) => Promise<void>;

function onClick(
  bolt: App,
  actionId: string,
  answer: Answer,
  act: (asked: Asked, value: string) => Promise<SlackMessage | null>,
  replaces = false,
): void {
  bolt.action({ type: "block_actions", action_id: actionId }, async ({ ack, body, action }) => {
    await ack();
    const containerId: unknown = body.container["channel_id"];
    const channelId = body.channel?.id ?? containerId;
    if (action.type !== "button" || typeof channelId !== "string" || body.response_url === undefined) return;
    const messageTs: unknown = body.container["message_ts"];
    const key = `click/${channelId}/${String(messageTs)}/${actionId}/${body.user.id}/${action.action_ts}`;
    const asked = { key, userId: body.user.id, channelId };
    await answer(body.response_url, asked, () => act(asked, action.value ?? ""), replaces);
  });
}

async function reply(
  { log, ready }: Pick<ReceiverDeps, "log" | "ready">,
  responseUrl: string,
  { userId, channelId }: Asked,
  act: () => Promise<SlackMessage | null>,
  replaces: boolean,
): Promise<void> {
  const message = await ready()
    .then(act)
    .catch((error: unknown) => {
      log.error("a Slack request failed", error, { userId, channelId });
      return BROKEN;
    });
  if (message === null) return;
  const replacing = replaces ? { replace_original: true } : {};
  await sendReply(responseUrl, { ...message, ...replacing }).catch((error: unknown) =>
    log.error("a reply did not reach Slack", error, { userId, channelId }),
  );
}

/** 401 unless Slack signed the raw body, now. */
function requireSlackSignature(signingSecret: string, clock: EdgeClock, log: Log): RequestHandler {
  const maySay = atMostEvery(REFUSAL_LOGGED_EVERY_MS, clock.now);
  return (req, res, next) => {
    const body: unknown = req.body;
    const rawBody = Buffer.isBuffer(body) ? body.toString("utf8") : "";
    if (!isFromSlack(signingSecret, { headers: req.headers, rawBody }, clock.now())) {
      if (maySay()) log.warn("refused a request that SLACK_SIGNING_SECRET did not sign, or whose time is off");
      return void res.status(401).end();
    }
    if (!isReadable(req.headers["content-type"], rawBody)) return void res.status(400).end();
    // Bolt reads this instead of the stream.
    Object.assign(req, { rawBody });
    next();
  };
}

/** Whether the JSON that Bolt will read is an object: over anything else it breaks. */
function isReadable(contentType: string | undefined, rawBody: string): boolean {
  const json =
    contentType === "application/x-www-form-urlencoded" ? new URLSearchParams(rawBody).get("payload") : rawBody;
  if (json === null) return true;
  try {
    return z.record(z.string(), z.unknown()).safeParse(JSON.parse(json)).success;
  } catch {
    return false;
  }
}

/** Bolt's log lines can carry bodies and tokens: of its errors we keep what is harmless, of the rest nothing. */
function quiet(log: Log): Logger {
  return {
    debug: () => undefined,
    info: () => undefined,
    warn: () => undefined,
    error: (...messages: unknown[]) =>
      log.error(
        "Bolt reports an error",
        messages.find((each) => each instanceof Error),
      ),
    setLevel: () => undefined,
    getLevel: () => LogLevel.ERROR,
    setName: () => undefined,
  };
}
