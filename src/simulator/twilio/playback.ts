import { resolveUrl } from "./documents.ts";
import { enterState, type Leg } from "./leg.ts";
import { happen, hear, type Network } from "./network.ts";
import { resultOf, type Stop, until } from "./stop.ts";
import type { Prompt } from "./twiml.ts";
import { sendWebhook } from "./webhooks.ts";

/** Lets a leg hear prompts, one after the other, until the stop. With `showState`, the leg's state says so. */
export async function playPrompts(
  network: Network,
  leg: Leg,
  stop: Stop,
  prompts: readonly Prompt[],
  base: string | null,
  showState: boolean,
): Promise<void> {
  for (const prompt of prompts) {
    if (stop.stopped) return;
    if (showState) enterState(leg, prompt.kind === "pause" ? "pausing" : "saying", false);
    await letTimePass(network, stop, await playPrompt(network, leg, stop, prompt, base));
  }
}

export async function letTimePass(network: Network, stop: Stop, ms: number): Promise<void> {
  if (ms <= 0) return;
  await until<object>(stop, (done) => network.clock.after(ms, () => done({})));
}

/** Answers how long it takes. */
async function playPrompt(
  network: Network,
  leg: Leg,
  stop: Stop,
  prompt: Prompt,
  base: string | null,
): Promise<number> {
  switch (prompt.kind) {
    case "pause":
      return prompt.seconds * 1000;
    case "say":
      hear(network, leg, prompt.text);
      return (network.pace.speechMs?.(prompt.text) ?? 0) * prompt.loop;
    case "play": {
      if (prompt.digits !== "") return prompt.digits.length * 500;
      const url = resolveUrl(prompt.url, base);
      const sound = url === null ? null : await resultOf(stop, fetchSound(network, url));
      if (stop.stopped) return 0;
      if (sound?.kind !== "sound")
        happen(network, leg, "error", `${prompt.url} is no sound: ${sound?.message ?? "no URL"}`);
      hear(network, leg, `♪ ${url ?? prompt.url}`);
      return (network.pace.playMs ?? 0) * prompt.loop;
    }
  }
}

type Sound = { kind: "sound" } | { kind: "none"; message: string };

/** Fetched for every playing; the network's cache is not simulated. */
async function fetchSound(network: Network, url: string): Promise<Sound> {
  const result = await network.clock.track(sendWebhook(network.webhooks, { url, method: "GET", params: {} }));
  if (result.kind === "failed") return { kind: "none", message: result.message };
  const isSound = result.contentType.startsWith("audio/");
  return isSound ? { kind: "sound" } : { kind: "none", message: `content type ${result.contentType}` };
}
