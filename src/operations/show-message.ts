import { isOldNews, type MessageContent } from "../conference/message-content.ts";
import type { Tx } from "../db/database.ts";
import {
  findCard,
  getMessage,
  keyOfMessage,
  noteLetGo,
  noteNotPosted,
  notePosting,
  noteShown,
} from "../db/messages.ts";
import { findParkedReason } from "../db/parked.ts";
import { describeMessage } from "./describe-message.ts";
import type { Line } from "./line.ts";
import { retryParked } from "./retry-parked.ts";

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
      /** It is of no use any more: only if it was posted after all, it is brought up to date. */
      isOldNews: boolean;
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
    const isLate = isOldNews(content);
    if (isLate && uncertainSince === null) return { ...rendered, kind: "let-go" };
    await notePosting(tx, messageId, now);
    return { ...rendered, kind: "post", threadTs, uncertainSince, isOldNews: isLate };
  });
}

/**
 * Settles a message that Slack shows, in the transaction that keeps the promise. A channel that takes one message may
 * take those too that it refused before.
 *
 * @param isCurrent false when Slack shows it as it was at some earlier time
 * @returns whether more is to be shown
 */
export function settleShown(
  line: Line,
  { messageId, revision, channelId }: MessageToShow,
  ts: string,
  isCurrent: boolean,
): (tx: Tx) => Promise<boolean> {
  return async (tx) => {
    await retryParked(tx, line, channelId);
    return noteShown(tx, messageId, ts, isCurrent ? revision : 0);
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
