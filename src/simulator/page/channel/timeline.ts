import { wallClock } from "../zones.ts";
import type { State } from "../store.ts";
import type { Message } from "../wire.ts";

/** A message as it stands in a list: whether it goes on what its author said just before. */
export type Row = { message: Message; isFirst: boolean; day: string | null; replies: number; lastReplyAt: number };

const SAME_BREATH_MS = 5 * 60_000;

/** Who looks at messages, and by which clock. */
type Onlooker = { me: string; tz: string };

/** What a person sees in a channel, oldest first, threads left out. */
export function timeline(messages: readonly Message[], { me, tz }: Onlooker): Row[] {
  const threads = threadsIn(messages);
  const shown = messages.filter((one) => isVisible(one, me) && (one.threadTs === null || one.isBroadcast));
  return shown.map((message, index) => rowOf(message, shown[index - 1], threads, tz));
}

/** A thread: its first message and the answers to it. */
export function threadOf(messages: readonly Message[], threadTs: string, { me, tz }: Onlooker): Row[] {
  const first = messages.filter(({ ts }) => ts === threadTs);
  const replies = messages.filter((one) => one.threadTs === threadTs && isVisible(one, me));
  return [...first, ...replies].map((message, index, all) => ({
    ...rowOf(message, index < 2 ? undefined : all[index - 1], new Map(), tz),
    day: null,
  }));
}

export function isVisible({ visibleTo }: Message, me: string): boolean {
  return visibleTo === null || visibleTo === me;
}

type Threads = ReadonlyMap<string, { count: number; lastAt: number }>;

function threadsIn(messages: readonly Message[]): Threads {
  const threads = new Map<string, { count: number; lastAt: number }>();
  for (const { threadTs, at, visibleTo } of messages) {
    if (threadTs === null || visibleTo !== null) continue;
    threads.set(threadTs, { count: (threads.get(threadTs)?.count ?? 0) + 1, lastAt: at });
  }
  return threads;
}

function rowOf(message: Message, before: Message | undefined, threads: Threads, tz: string): Row {
  const thread = threads.get(message.ts);
  const isNewDay = before === undefined || dayOf(before.at, tz) !== dayOf(message.at, tz);
  const isGoingOn =
    !isNewDay &&
    before.userId === message.userId &&
    before.visibleTo === message.visibleTo &&
    before.threadTs === message.threadTs &&
    message.at - before.at < SAME_BREATH_MS;
  return {
    message,
    isFirst: !isGoingOn,
    day: isNewDay ? dayOf(message.at, tz) : null,
    replies: thread?.count ?? 0,
    lastReplyAt: thread?.lastAt ?? 0,
  };
}

function dayOf(at: number, tz: string): string {
  return wallClock(at, tz).slice(0, 10);
}

/** How many messages of a conversation a person has not seen. */
export function unread(state: State, channelId: string, userId: string): number {
  const messages = state.messages.get(channelId) ?? [];
  const seen = state.seen.get(channelId);
  return seen === undefined
    ? 0
    : messages.slice(seen).filter((one) => one.threadTs === null && isVisible(one, userId)).length;
}
