import { announceEvent } from "./conference-events.ts";
import type { Network } from "./network.ts";
import { playPrompts } from "./playback.ts";
import type { Participant, Room } from "./room.ts";
import { fetchSounds } from "./sounds.ts";
import { createStop } from "./stop.ts";
import type { Target } from "./webhooks.ts";

/** Plays what the URL says to these participants, over whatever they hear; returns before that. */
export function announce(network: Network, room: Room, to: readonly Participant[], target: Target): void {
  void network.clock.track(play(network, room, [...to], target));
}

async function play(network: Network, room: Room, to: Participant[], target: Target): Promise<void> {
  const [first] = to;
  if (first === undefined) return;
  const extra = { ConferenceSid: room.conferenceSid, FriendlyName: room.name };
  const sounds = await fetchSounds(network, first.leg, target, extra);
  if (sounds.kind === "failed") {
    const params = { AnnounceUrl: target.url, ReasonAnnouncementFailed: sounds.message };
    return announceEvent(network, room, "announcement-fail", params);
  }
  const hearers = to.filter((participant) => room.participants.includes(participant));
  void Promise.all(
    hearers.map(({ leg }) => playPrompts(network, leg, createStop(), sounds.prompts, sounds.base, false)),
  ).then(() => announceEvent(network, room, "announcement-end", { AnnounceUrl: target.url }));
}
