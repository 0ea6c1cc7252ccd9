import { isOldNews, type MessageContent } from "../conference/message-content.ts";
import type { Tx } from "../db/database.ts";
import {
  hastenFailed,
  listUncertain,
  noteLetGo,
  noteLookedUp,
  noteNotPosted,
  notePosting,
  noteShown,
} from "../db/message-outcomes.ts";
import { findCard, getMessage, keyOfMessage } from "../db/messages.ts";
import { hasten } from "../db/outbox.ts";
import { findParkedReason } from "../db/parked.ts";
import { describeMessage } from "./describe-message.ts";
import type { Doubt } from "./doubt-watch.ts";
import type { Line } from "./line.ts";
import { retryParked } from "./retry-parked.ts";

/** Slack may do what it was asked so long after it dropped the connection: only then is it looked for. */
export const QUARANTINE_MS = 15_000;
/** Posts in doubt that are this much older than another are not looked for with it. */
const LOOKED_FOR_TOGETHER_MS = 3_600_000;

/** What is to be done so that Slack shows a message as it is now. */
export type MessageToShow = {
  messageId: string;
  channelId: string;
  revision: number;
  content: MessageContent;
} & (
  | { kind: "up-to-date"; ts: string }
  /** The card that this belongs under is not posted yet. */
  | { kind: "waits-for-card" }
  /** That card will never be posted. */
  | { kind: "hopeless"; reason: string }
  /** It was not posted in time to be of use: nobody is told any more. */
  | { kind: "let-go" }
  | { kind: "edit"; ts: string }
  /** It is noted already that it was tried. */
  | { kind: "post"; threadTs: string | null; doubt: Doubt }
  /** It was posted before, and nobody heard with what outcome; so were all these that belong where it does. */
  | { kind: "look"; threadTs: string | null; doubts: readonly Doubt[] }
);

/** Renders a message, and notes that it is about to be posted if it was not. */
export async function prepareMessage(line: Line, messageId: string): Promise<MessageToShow> {
  return line.db.write(async (tx): Promise<MessageToShow> => {
    const now = line.clock.now();
    const message = await getMessage(tx, messageId);
    const { channelId, revision, ts, uncertainSince, sessionId } = message;
    const content = await describeMessage(tx, message, line.phoneNumber, now);
    const rendered = { messageId, channelId, revision, content };
    if (ts !== null) {
      return message.shownRevision === revision
        ? { ...rendered, kind: "up-to-date", ts }
        : { ...rendered, kind: "edit", ts };
    }
    const card = message.kind === "thread" && sessionId !== null ? await findCard(tx, sessionId) : null;
    const threadTs = card?.ts ?? null;
    if (message.kind === "thread" && threadTs === null) {
      const reason = card === null ? null : await findParkedReason(tx, keyOfMessage(card.id));
      return reason === null ? { ...rendered, kind: "waits-for-card" } : { ...rendered, kind: "hopeless", reason };
    }
    // Only if it was posted after all, it is brought up to date.
    if (isOldNews(content) && uncertainSince === null) return { ...rendered, kind: "let-go" };
    if (uncertainSince !== null) {
      const doubts = await listUncertain(tx, message, uncertainSince - LOOKED_FOR_TOGETHER_MS);
      return { ...rendered, kind: "look", threadTs, doubts };
    }
    await notePosting(tx, messageId, now);
    return { ...rendered, kind: "post", threadTs, doubt: { id: messageId, since: now } };
  });
}

/**
 * Settles a message that Slack shows, in the transaction that keeps the promise. A channel that takes one message may
 * take those too that it refused before, or that failed.
 *
 * @returns whether more is to be shown
 */
export function settleShown(
  line: Line,
  { messageId, revision, channelId }: MessageToShow,
  ts: string,
): (tx: Tx) => Promise<boolean> {
  return async (tx) => {
    await retryParked(tx, line, channelId);
    const { teamId } = await getMessage(tx, messageId);
    await hastenFailed(tx, teamId, channelId, line.clock.now());
    return noteShown(tx, messageId, ts, revision);
  };
}

/** What of ours is in a place, and of which posts that tells whether they happened. */
type LookedUp = { tsOfMessages: ReadonlyMap<string, string>; settled: readonly Doubt[] };

/** Settles whether posts happened whose outcome nobody heard: this message's, and all others that were looked for. */
export function settleLooked(line: Line, { tsOfMessages, settled }: LookedUp): (tx: Tx) => Promise<void> {
  return async (tx) => {
    for (const doubt of settled) await noteLookedUp(tx, doubt, tsOfMessages.get(doubt.id) ?? null);
    const keys = settled.map(({ id }) => keyOfMessage(id));
    await hasten(tx, keys, line.clock.now());
  };
}

/**
 * Settles a message of which nothing was to be shown when it was looked at.
 *
 * @returns whether there is by now: what was changed meanwhile found its promise not kept yet, and made no other
 */
export function settleUpToDate({ messageId, revision }: MessageToShow, ts: string): (tx: Tx) => Promise<boolean> {
  return (tx) => noteShown(tx, messageId, ts, revision);
}

/** Settles a message that is not worth posting any more. @returns whether that may have changed since */
export function settleLetGo({ messageId, revision }: MessageToShow): (tx: Tx) => Promise<boolean> {
  return (tx) => noteLetGo(tx, messageId, revision);
}

/** Settles a message that Slack surely did not take: a post of it need not be looked for. */
export function settleNotPosted({ messageId, kind }: MessageToShow): (tx: Tx) => Promise<void> {
  return async (tx) => {
    if (kind === "post") await noteNotPosted(tx, messageId);
  };
}
