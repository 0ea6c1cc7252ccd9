import { App, type BlockAction, ExpressReceiver, type Logger, LogLevel } from "@slack/bolt";
import express, { type Express } from "express";
import type { Log } from "../log.ts";
import { type Answer, answering, type EdgeClock } from "./answering.ts";
import { receiveForms } from "./forms.ts";
import { type Click, clicks, isBeside } from "./listeners/clicks.ts";
import { answerCommand } from "./listeners/commands.ts";
import type { ListenerDeps } from "./listeners/context.ts";
import { sendReply } from "./reply.ts";
import { requireSlackSignature } from "./require-signature.ts";

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
const BODY_LIMIT = "1mb";

/**
 * Serves Slack's requests: verified with our clock, acknowledged at once, answered by their response URL.
 *
 * @returns waits until everything that was acknowledged is answered
 */
export function receiveSlack(deps: ReceiverDeps): () => Promise<void> {
  const { clock, log, ready, listeners } = deps;
  const bolt = makeBolt(deps);
  const { answer, settled } = answering(clock, log, ready);

  bolt.command("/conf", async ({ ack, command }) => {
    await ack();
    const { user_id: userId, channel_id: channelId, trigger_id: triggerId, text, response_url: url } = command;
    const asked = { key: `command/${triggerId}`, userId, channelId, triggerId };
    await answer(
      asked,
      () => answerCommand(listeners, asked, text),
      (message) => sendReply(url, message),
    );
  });
  for (const [actionId, click] of Object.entries(clicks)) onClick(bolt, listeners, actionId, answer, click);
  receiveForms(bolt, listeners, answer);
  return settled;
}

function makeBolt({ app, signingSecret, botToken, clock, log }: ReceiverDeps): App {
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
    // What fails before it is acknowledged is a request that Bolt makes nothing of: ours are acknowledged first of all.
    processEventErrorHandler: async ({ response }) => {
      if (!response.headersSent) response.writeHead(400).end();
      return true;
    },
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
  return bolt;
}

function onClick(bolt: App, listeners: ListenerDeps, actionId: string, answer: Answer, { act, replaces }: Click): void {
  bolt.action({ type: "block_actions", action_id: actionId }, async ({ ack, body, action }) => {
    await ack();
    const containerId: unknown = body.container["channel_id"];
    const channelId = body.channel?.id ?? containerId;
    const { response_url: url, trigger_id: triggerId } = body;
    const value = valueOf(action);
    if (value === null || typeof channelId !== "string" || url === undefined) return;
    const messageTs: unknown = body.container["message_ts"];
    const key = `click/${channelId}/${String(messageTs)}/${actionId}/${body.user.id}/${action.action_ts}`;
    const asked = { key, userId: body.user.id, channelId, triggerId };
    let replacing = {};
    const actIt = async () => {
      const said = await act(listeners, asked, value);
      if (said === null) return null;
      if (isBeside(said)) return said.beside;
      if (replaces) replacing = { replace_original: true };
      return said;
    };
    await answer(asked, actIt, (message) => sendReply(url, { ...message, ...replacing }));
  });
}

/** What a button carries, or what was chosen; null for what is neither. */
function valueOf(action: BlockAction["actions"][number]): string | null {
  if (action.type === "button") return action.value ?? "";
  return action.type === "static_select" ? action.selected_option.value : null;
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
