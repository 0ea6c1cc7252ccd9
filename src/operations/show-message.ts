import { isOldNews, type MessageContent } from "../conference/message-content.ts";
import type { Tx } from "../db/database.ts";
import {
  hastenFailed,
  listUncertain,
  noteLetGo,
  noteNotPosted,
  notePosting,
  noteShown,
} from "../db/message-outcomes.ts";
import { findCard, getMessage, keyOfMessage, type Message } from "../db/messages.ts";
import { hasten } from "../db/outbox.ts";
import { findParkedReason } from "../db/parked.ts";
import { describeMessage } from "./describe-message.ts";
import type { Line } from "./line.ts";
import { retryParked } from "./retry-parked.ts";

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
  | {
      kind: "post";
      threadTs: string | null;
      /** When a post was first tried whose outcome nobody heard; null when none was. */
      uncertainSince: number | null;
      /** When the first of all such posts was tried that belong where this one does. */
      lookFrom: number;
    }
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
    await notePosting(tx, messageId, now);
    const lookFrom = uncertainSince === null ? now : await findFirstDoubt(tx, message, uncertainSince);
    return { ...rendered, kind: "post", threadTs, uncertainSince, lookFrom };
  });
}

async function findFirstDoubt(tx: Tx, message: Message, uncertainSince: number): Promise<number> {
  const doubts = { from: uncertainSince - LOOKED_FOR_TOGETHER_MS, until: uncertainSince };
  const [first] = await listUncertain(tx, message, doubts);
  return first?.uncertainSince ?? uncertainSince;
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

/** What of ours is in a place, and of which posts that tells whether they happened: those tried from and until then. */
type LookedUp = { tsOfMessages: ReadonlyMap<string, string>; tells: { from: number; until: number } };

/** Settles whether posts happened whose outcome nobody heard: this message's, and all others that were looked for. */
export function settleLooked(
  line: Line,
  { messageId }: MessageToShow,
  { tsOfMessages, tells }: LookedUp,
): (tx: Tx) => Promise<void> {
  return async (tx) => {
    const message = await getMessage(tx, messageId);
    const others = await listUncertain(tx, message, tells);
    const ids = [...new Set([messageId, ...others.map(({ id }) => id)])];
    for (const id of ids) {
      const ts = tsOfMessages.get(id);
      // As it was once posted: what has changed since is still to be shown.
      if (ts === undefined) await noteNotPosted(tx, id);
      else await noteShown(tx, id, ts, 0);
    }
    await hasten(tx, ids.map(keyOfMessage), line.clock.now());
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
