import type { WebClient } from "@slack/web-api";
import { z } from "zod";
import type { Doubt, DoubtWatch } from "../operations/doubt-watch.ts";
import { type MessageToShow, QUARANTINE_MS } from "../operations/show-message.ts";
import { isForOne } from "./direct-messages.ts";
import { render } from "./render-message.ts";
import { describeFailure, mayPass } from "./slack-failure.ts";

/** What came of showing a message. */
export type MessageDelivery =
  /** Nothing was to be done. */
  | { kind: "up-to-date"; ts: string }
  /** Slack does not show it, and need not. */
  | { kind: "let-go" }
  | { kind: "shown"; ts: string }
  /** Slack was not asked yet. */
  | { kind: "not-yet"; afterMs: number }
  /** Nothing was posted: what of ours, by its id, is where the message belongs, and whose posts that settles. */
  | { kind: "looked"; tsOfMessages: ReadonlyMap<string, string>; settled: readonly Doubt[] }
  /** Surely not done. `afterMs` null leaves it to the back-off; a limit of Slack's holds the whole channel. */
  | { kind: "not-shown"; reason: string; afterMs: number | null; holdsChannel: boolean }
  /** Perhaps done: a post is to be looked up before it is tried again. */
  | { kind: "uncertain"; reason: string; afterMs: number }
  | { kind: "refused"; reason: string };

export type MessageDeps = {
  client: WebClient;
  /** The channel of direct messages with somebody. */
  openDirect(userId: string): Promise<string>;
  now(): number;
  postsInDoubt: DoubtWatch;
  /** Takes one of the edits that Slack allows a workspace. @returns how long to wait; null when it may go now */
  takeEdit(): Promise<number | null>;
  /** Asked right before Slack is: false when another worker may have shown the message by now. */
  mayAct(): boolean;
};

const EVENT_TYPE = "confline_message";
/** Slack stamps messages by its own clock. Were ours five minutes off, its requests would be refused. */
const LOOK_BACK_MS = 600_000;
const CARD_PENDING_MS = 1000;
const TOO_LATE: MessageDelivery = { kind: "not-shown", reason: "too late", afterMs: null, holdsChannel: false };
/** Somebody deleted it, or it is older than the workspace lets edit: either way it has been seen, and nobody waits. */
const GONE = new Set(["message_not_found", "edit_window_closed"]);

/** Has Slack show a message as it is now: posts it, exactly once whatever happens, or edits it. */
export async function showMessage(deps: MessageDeps, message: MessageToShow): Promise<MessageDelivery> {
  switch (message.kind) {
    case "up-to-date":
      return { kind: "up-to-date", ts: message.ts };
    case "let-go":
      return { kind: "let-go" };
    case "waits-for-card":
      return { kind: "not-yet", afterMs: CARD_PENDING_MS };
    case "hopeless":
      return { kind: "refused", reason: message.reason };
    case "edit":
    case "post":
    case "look":
      return isForOne(message.channelId) ? showToOne(deps, message) : show(deps, message);
  }
}

type ToShow = Extract<MessageToShow, { kind: "edit" | "post" | "look" }>;

/** Posts and edits take the channel's id: a user's own would not do for an edit. */
async function showToOne(deps: MessageDeps, message: ToShow): Promise<MessageDelivery> {
  const opened = await deps.openDirect(message.channelId).then(
    (channelId) => ({ ...message, channelId }),
    (error: unknown) => asDelivery(error),
  );
  if ("messageId" in opened) return show(deps, opened);
  if (opened.kind === "refused" || opened.kind === "not-shown") return beforeAsking(message, opened);
  return beforeAsking(message, { kind: "not-shown", reason: "not opened", afterMs: null, holdsChannel: false });
}

/** Nothing was posted now; of an earlier try that says nothing. */
function beforeAsking(message: ToShow, failed: MessageDelivery & { reason: string }): MessageDelivery {
  const mayBeThere = message.kind === "look" && failed.kind === "not-shown";
  return mayBeThere ? uncertain(failed.reason) : failed;
}

function show(deps: MessageDeps, message: ToShow): Promise<MessageDelivery> {
  switch (message.kind) {
    case "edit":
      return edit(deps, message, message.ts);
    case "post":
      return post(deps, message);
    case "look":
      return lookUp(deps, message);
  }
}

type Post = Extract<MessageToShow, { kind: "post" }>;
type Look = Extract<MessageToShow, { kind: "look" }>;

async function edit(
  { client, takeEdit, mayAct }: MessageDeps,
  message: MessageToShow,
  ts: string,
): Promise<MessageDelivery> {
  const waitMs = await takeEdit();
  if (waitMs !== null) return { kind: "not-yet", afterMs: waitMs };
  if (!mayAct()) return TOO_LATE;
  try {
    await client.chat.update({ channel: message.channelId, ts, ...render(message.content) });
    return { kind: "shown", ts };
  } catch (error) {
    const failed = asDelivery(error);
    return failed.kind === "refused" && GONE.has(failed.reason) ? { kind: "up-to-date", ts } : failed;
  }
}

async function post(deps: MessageDeps, message: Post): Promise<MessageDelivery> {
  if (!deps.mayAct()) return TOO_LATE;
  const posted = await askToPost(deps, message);
  if (posted.kind === "uncertain") deps.postsInDoubt.begin(message.doubt);
  return posted;
}

async function askToPost({ client }: MessageDeps, message: Post): Promise<MessageDelivery> {
  try {
    const posted = await client.chat.postMessage({
      channel: message.channelId,
      ...render(message.content),
      ...(message.threadTs === null ? {} : { thread_ts: message.threadTs }),
      unfurl_links: false,
      unfurl_media: false,
      metadata: { event_type: EVENT_TYPE, event_payload: { id: message.messageId } },
    });
    return posted.ts === undefined ? uncertain("no ts") : { kind: "shown", ts: posted.ts };
  } catch (error) {
    return asDelivery(error);
  }
}

/** One look serves all that was tried there: after an outage, Slack would not take one for each. */
async function lookUp(deps: MessageDeps, message: Look): Promise<MessageDelivery> {
  // All are asked for, so that all begin to wait.
  const waits = message.doubts.map((doubt) => ({ doubt, leftMs: deps.postsInDoubt.leftMs(doubt) }));
  const own = waits.find(({ doubt }) => doubt.id === message.messageId);
  if (own !== undefined && own.leftMs > 0) return { kind: "not-yet", afterMs: own.leftMs };
  // Of the others, one look settles those that cannot happen any more.
  const settled = waits.filter(({ leftMs }) => leftMs === 0).map(({ doubt }) => doubt);
  // The clock may have been set back since.
  const since = Math.min(deps.now(), ...settled.map((doubt) => doubt.since));
  try {
    return { kind: "looked", tsOfMessages: await listOurs(deps, message, since - LOOK_BACK_MS), settled };
  } catch (error) {
    const failed = asDelivery(error);
    // The look-up failing says nothing about the post.
    return failed.kind === "not-shown" ? uncertain(failed.reason, failed.afterMs ?? 0) : failed;
  }
}

const History = z.object({
  messages: z
    .array(
      z.object({
        ts: z.string(),
        metadata: z
          .object({ event_type: z.string(), event_payload: z.object({ id: z.unknown() }).partial() })
          .optional(),
      }),
    )
    .default([]),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});

async function listOurs({ client }: MessageDeps, message: Look, since: number): Promise<Map<string, string>> {
  const { channelId: channel, threadTs } = message;
  const oldest = (since / 1000).toFixed(6);
  const tsOfMessages = new Map<string, string>();
  let cursor: string | undefined;
  do {
    const page = { channel, oldest, limit: 200, include_all_metadata: true, ...(cursor ? { cursor } : {}) };
    const answer = History.parse(
      threadTs === null
        ? await client.conversations.history(page)
        : await client.conversations.replies({ ...page, ts: threadTs }),
    );
    for (const { ts, metadata } of answer.messages) {
      const id = metadata?.event_type === EVENT_TYPE ? metadata.event_payload.id : null;
      if (typeof id === "string") tsOfMessages.set(id, ts);
    }
    cursor = answer.response_metadata?.next_cursor;
  } while (cursor !== undefined && cursor !== "");
  return tsOfMessages;
}

function asDelivery(error: unknown): MessageDelivery {
  const failure = describeFailure(error);
  switch (failure.kind) {
    case "rate-limited":
      return { kind: "not-shown", reason: "ratelimited", afterMs: failure.retryAfterMs, holdsChannel: true };
    case "not-sent":
      return { kind: "not-shown", reason: "not sent", afterMs: null, holdsChannel: false };
    case "unknown":
      return uncertain(failure.reason);
    case "refused":
      return mayPass(failure.error)
        ? { kind: "not-shown", reason: failure.error, afterMs: null, holdsChannel: false }
        : { kind: "refused", reason: failure.error };
  }
}

function uncertain(reason: string, afterMs = 0): MessageDelivery {
  return { kind: "uncertain", reason, afterMs: Math.max(QUARANTINE_MS, afterMs) };
}
