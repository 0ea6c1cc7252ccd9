import type { WebClient } from "@slack/web-api";
import { z } from "zod";

const Opened = z.object({ channel: z.object({ id: z.string() }) });

/** Whether a message is for one person: its channel is a user's id. */
export function isForOne(channelId: string): boolean {
  return /^[UW]/.test(channelId);
}

/**
 * Finds the channel of direct messages with somebody, which stays the same for good: opening it anew changes nothing.
 *
 * @returns a function that throws as the client does when Slack does not open it
 */
export function makeDirectMessages(client: WebClient): (userId: string) => Promise<string> {
  const known = new Map<string, string>();
  return async (userId) => {
    const id = known.get(userId) ?? Opened.parse(await client.conversations.open({ users: userId })).channel.id;
    known.set(userId, id);
    return id;
  };
}
