import type { SlackMessage } from "../../src/simulator/slack/workspace.ts";
import type { World } from "../../test/support/world.ts";
import { type Failed, type FailingCall, wasTaken } from "./failing-calls.ts";

const NAME = /Villager \d{4}/g;

/** When each call was told of in each of its channels, as far as it had failed: by name and channel. */
export type Told = ReadonlyMap<string, number>;

/** Notes when Slack's channels come to tell of failed calls. */
export function watchAlerts({ clock, sim }: World, calls: readonly FailingCall[]): Told {
  const told = new Map<string, number>();
  const wrongCodes = new Map(calls.map(({ member, wrongCodes: count }) => [member.name, count]));
  sim.slack.on((event) => {
    if (event.kind !== "posted" && event.kind !== "updated") return;
    for (const [name, count] of countsIn(event.message)) {
      const key = keyOf(name, event.message.channelId);
      if (!told.has(key) && count >= (wrongCodes.get(name) ?? 0)) told.set(key, clock.now());
    }
  });
  return told;
}

/** Whom a message names, and how many wrong codes it says they keyed. */
function countsIn(message: SlackMessage): Map<string, number> {
  const text = JSON.stringify(message.blocks);
  const names = [...text.matchAll(NAME)];
  return new Map(
    names.map((match, index) => {
      const said = text.slice(match.index, names[index + 1]?.index);
      return [match[0], Number(/(\d+) wrong code/.exec(said)?.[1] ?? "0")] as const;
    }),
  );
}

export function keyOf(name: string, channelId: string): string {
  return `${name} in ${channelId}`;
}

/** How long Slack took to be told of a call in all of its channels; null when it does not count, or was not told. */
export function toldAfterMs(told: Told, { member, channels }: FailingCall, { failedAt }: Failed): number | null {
  if (failedAt === null) return null;
  const instants = channels.map((channelId) => told.get(keyOf(member.name, channelId)) ?? Number.POSITIVE_INFINITY);
  return Math.max(...instants) - failedAt;
}

/**
 * What Slack itself shows: each failed call is named in exactly one message of each channel whose roster holds its
 * number, and in no other.
 *
 * @returns what is wrong, in words; empty when nothing is
 */
export function wrongsOf({ sim }: World, known: ReadonlyMap<FailingCall, Failed>): string[] {
  const messagesNaming = new Map<string, number>();
  for (const message of sim.slack.everything().filter(({ visibleTo }) => visibleTo === null)) {
    for (const name of countsIn(message).keys()) {
      const key = keyOf(name, message.channelId);
      messagesNaming.set(key, (messagesNaming.get(key) ?? 0) + 1);
    }
  }
  const wrongs: string[] = [];
  for (const [{ member, channels }, failed] of known) {
    for (const key of channels.map((channelId) => keyOf(member.name, channelId))) {
      const count = messagesNaming.get(key) ?? 0;
      messagesNaming.delete(key);
      if (count > 1) wrongs.push(`doubled: ${key} is named in ${count} messages`);
      if (count === 0 && wasTaken(failed)) wrongs.push(`lost: ${key} is named nowhere`);
    }
  }
  return [...wrongs, ...[...messagesNaming.keys()].map((key) => `misplaced: ${key}`)];
}
