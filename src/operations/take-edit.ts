import { findShareFreeAt, takeShare } from "../db/lanes.ts";
import type { Line } from "./line.ts";
import type { MessageToShow } from "./show-message.ts";

/** Slack allows a workspace some 50 edits a minute; we stay below, on all nodes together. */
const EDITS_A_MINUTE = 40;
const EDITS_AT_ONCE = 10;
/** What may go at once after a pause must not make the minute after it too full. */
const INTERVAL_MS = 60_000 / (EDITS_A_MINUTE - EDITS_AT_ONCE);
/** While hundreds join, a card that takes turns with its thread leaves edits for alerts, and is 3.5 s behind at most. */
const CARD_EVERY_MS = 2200;

/** Takes one of the edits that Slack allows a workspace. @returns how long to wait; null when it may go now */
export async function takeEdit(
  { db, clock, teamId }: Line,
  { channelId, content }: Pick<MessageToShow, "channelId" | "content">,
): Promise<number | null> {
  const ofAll = { key: `slack-edits/${teamId}`, teamId, intervalMs: INTERVAL_MS, burst: EDITS_AT_ONCE };
  const ofCard = { key: `slack-cards/${teamId}/${channelId}`, teamId, intervalMs: CARD_EVERY_MS, burst: 1 };
  const isCard = content.kind === "card";
  const freeAt = await db.write(async (tx) => {
    const now = clock.now();
    const cardFreeAt = isCard ? await findShareFreeAt(tx, ofCard) : null;
    // A clock that was set back must not hold the card.
    if (cardFreeAt !== null && cardFreeAt > now && cardFreeAt <= now + CARD_EVERY_MS) return cardFreeAt;
    const allFreeAt = await takeShare(tx, ofAll, now);
    if (allFreeAt === null && isCard) await takeShare(tx, ofCard, now);
    return allFreeAt;
  });
  return freeAt === null ? null : Math.max(1, freeAt - clock.now());
}
