import { enterState, type Leg } from "./leg.ts";
import type { Network } from "./network.ts";
import { playPrompts } from "./playback.ts";
import type { Params } from "./signature.ts";
import { createStop, type Stop, until } from "./stop.ts";
import type { Gather } from "./twiml.ts";
import type { Target } from "./webhooks.ts";

type Gathered = { digits: string; finishedOnKey: string };

/** Plays the nested prompts and collects keys. Null: no result, on to the next verb. */
export async function gather(
  network: Network,
  leg: Leg,
  verb: Gather,
  base: string | null,
): Promise<(Target & { params: Params }) | null> {
  const gathered = await collect(network, leg, verb, base);
  if (gathered === null) return null;
  if (gathered.digits === "" && !verb.actionOnEmptyResult) return null;
  const params = { Digits: gathered.digits, FinishedOnKey: gathered.finishedOnKey, msg: "Gather End" };
  return { url: verb.action ?? base ?? "", method: verb.method, params };
}

function collect(network: Network, leg: Leg, verb: Gather, base: string | null): Promise<Gathered | null> {
  return until<Gathered>(leg.stop, (done) => {
    const prompts = createStop();
    let digits = "";
    let cancelTimeout = (): void => undefined;

    function finish(finishedOnKey: string): void {
      enterState(leg, "working", false);
      done({ digits, finishedOnKey });
    }
    function restartTimeout(): void {
      cancelTimeout();
      cancelTimeout = network.clock.after(verb.timeoutSeconds * 1000, () => finish(""));
    }

    leg.onKey = (key) => {
      prompts.stop();
      if (key === verb.finishOnKey) return finish(key);
      digits += key;
      if (digits.length >= verb.numDigits) return finish("");
      enterState(leg, "gathering", true);
      restartTimeout();
    };
    enterState(leg, "gathering", false);
    void playNested(network, leg, verb, base, prompts).then(() => {
      if (!prompts.stopped) restartTimeout();
    });

    return () => {
      leg.onKey = null;
      cancelTimeout();
      prompts.stop();
    };
  });
}

/** The leg counts as at rest once all is said, though a last pause may still run. */
async function playNested(
  network: Network,
  leg: Leg,
  { prompts }: Gather,
  base: string | null,
  stop: Stop,
): Promise<void> {
  const spoken = prompts.findLastIndex(({ kind }) => kind !== "pause") + 1;
  await playPrompts(network, leg, stop, prompts.slice(0, spoken), base, false);
  if (stop.stopped) return;
  enterState(leg, "gathering", true);
  await playPrompts(network, leg, stop, prompts.slice(spoken), base, false);
}
