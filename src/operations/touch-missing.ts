import type { Tx } from "../db/database.ts";
import { listMissingMessages, touchMessage } from "../db/messages.ts";

/** Has what people were told who were missing say what is so now. @param userIds null for all of them */
export async function touchMissing(
  tx: Tx,
  sessionId: string,
  userIds: readonly (string | null)[] | null,
  now: number,
): Promise<void> {
  for (const { id, channelId } of await listMissingMessages(tx, sessionId)) {
    if (userIds === null || userIds.includes(channelId)) await touchMessage(tx, id, now);
  }
}
