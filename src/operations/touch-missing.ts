import type { Tx } from "../db/database.ts";
import { listMissingMessages, touchMessages } from "../db/messages.ts";

/** Has what people were told who were missing say what is so now. @param userIds null for all of them */
export async function touchMissing(
  tx: Tx,
  sessionId: string,
  userIds: readonly (string | null)[] | null,
  now: number,
): Promise<void> {
  const told = await listMissingMessages(tx, sessionId);
  const touched = told.filter(({ channelId }) => userIds === null || userIds.includes(channelId));
  await touchMessages(
    tx,
    touched.map(({ id }) => id),
    now,
  );
}
