import { callParams } from "./call-params.ts";
import { fetchDocument, resolveUrl } from "./documents.ts";
import type { Leg } from "./leg.ts";
import { happen, hear, type Network } from "./network.ts";
import { letTimePass, playPrompts } from "./playback.ts";
import type { Participant, Room } from "./room.ts";
import type { Params } from "./signature.ts";
import { createStop, type Stop } from "./stop.ts";
import type { Prompt, Verb } from "./twiml.ts";
import type { Target } from "./webhooks.ts";

/** What a URL for waiting, holding or announcing says, and where it goes on. */
export type Sounds =
  | { kind: "sounds"; prompts: Prompt[]; base: string; next: Target }
  | { kind: "failed"; message: string };

/** What a participant hears besides the others; null is the network's own music, an empty URL silence. */
export type Music = Target | null;

/** A round of music that took no time is given so long, or it would go round for ever at once. */
const ROUND_MS = 30_000;

export async function fetchSounds(network: Network, leg: Leg, target: Target, extra: Params = {}): Promise<Sounds> {
  const document = await fetchDocument(network, leg, target, { ...callParams(network, leg), ...extra });
  if (document.kind === "failed") return { kind: "failed", message: `${document.errorCode} ${document.message}` };
  const prompts: Prompt[] = [];
  for (const verb of document.verbs) {
    if (isPrompt(verb)) prompts.push(verb);
    else if (verb.kind === "redirect") {
      const url = resolveUrl(verb.url, document.base);
      if (url === null) return { kind: "failed", message: `11100 invalid URL "${verb.url}"` };
      return { kind: "sounds", prompts, base: document.base, next: { url, method: verb.method } };
    } else return { kind: "failed", message: `12200 <${verb.kind}> is not supported here` };
  }
  return { kind: "sounds", prompts, base: document.base, next: target };
}

function isPrompt(verb: Verb): verb is Prompt {
  return verb.kind === "say" || verb.kind === "play" || verb.kind === "pause";
}

/** Plays music to one participant, round after round, until it is stopped or replaced. */
export function startMusic(
  network: Network,
  participant: Participant,
  music: Music,
  first: Sounds | null = null,
): void {
  participant.music?.stop();
  const stop = createStop();
  participant.music = stop;
  const { leg } = participant;
  if (music === null) hear(network, leg, "♪ hold music");
  else if (music.url !== "") void playRounds(network, leg, music, first, stop);
}

async function playRounds(network: Network, leg: Leg, music: Target, first: Sounds | null, stop: Stop): Promise<void> {
  let sounds = first ?? (await fetchSounds(network, leg, music));
  while (!stop.stopped) {
    if (sounds.kind === "failed") return happen(network, leg, "error", sounds.message);
    const startedAt = network.clock.now();
    await playPrompts(network, leg, stop, sounds.prompts, sounds.base, false);
    if (network.clock.now() === startedAt) await letTimePass(network, stop, ROUND_MS);
    if (!stop.stopped) sounds = await fetchSounds(network, leg, sounds.next);
  }
}

/** Whoever waits for the conference to start hears the wait music; whoever is on hold keeps theirs. */
export function resumeAfterHold(network: Network, room: Room, participant: Participant): void {
  participant.music?.stop();
  if (room.status === "init") startMusic(network, participant, participant.wait);
}
