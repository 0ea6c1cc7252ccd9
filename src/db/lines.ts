import { and, eq } from "drizzle-orm";
import type { Reader, Tx } from "./database.ts";

/** The line's own channel, which hears of strangers; null before the first conference. */
export async function findAlertsChannel({ q, t }: Reader, teamId: string): Promise<string | null> {
  const [row] = await q.select({ channelId: t.lines.alertsChannelId }).from(t.lines).where(eq(t.lines.teamId, teamId));
  return row?.channelId ?? null;
}

/** Makes a channel the line's own, unless there is one. */
export async function adoptAlertsChannel(tx: Tx, teamId: string, channelId: string): Promise<void> {
  await tx.q.insert(tx.t.lines).values({ teamId, alertsChannelId: channelId }).onConflictDoNothing();
}

export async function moveAlertsChannel(tx: Tx, teamId: string, channelId: string): Promise<void> {
  await tx.q
    .insert(tx.t.lines)
    .values({ teamId, alertsChannelId: channelId })
    .onConflictDoUpdate({ target: tx.t.lines.teamId, set: { alertsChannelId: channelId } });
}

/** Claims a Slack request by its natural key. @returns false when it was acted on before */
export async function claimSlackRequest(tx: Tx, teamId: string, key: string, now: number): Promise<boolean> {
  const inserted = await tx.q
    .insert(tx.t.slackRequests)
    .values({ teamId, key, at: now })
    .onConflictDoNothing()
    .returning({ key: tx.t.slackRequests.key });
  return inserted.length > 0;
}

/** Forgets that a request was acted on: nothing came of it, and it may come again. */
export async function releaseSlackRequest(tx: Tx, teamId: string, key: string): Promise<void> {
  const { slackRequests } = tx.t;
  await tx.q.delete(slackRequests).where(and(eq(slackRequests.teamId, teamId), eq(slackRequests.key, key)));
}

/** The workspace whose line this database keeps; null before its first conference. */
export async function findTeamId({ q, t }: Reader): Promise<string | null> {
  const [row] = await q.select({ teamId: t.lines.teamId }).from(t.lines).limit(1);
  return row?.teamId ?? null;
}
