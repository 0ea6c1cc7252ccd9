import { callParams } from "./call-params.ts";
import { answerLeg, endLeg } from "./call-lifecycle.ts";
import { dialConference } from "./dial.ts";
import { type CallDocument, fetchDocument, resolveUrl } from "./documents.ts";
import { gather } from "./gather.ts";
import { type Leg, type Step, takeInterruption } from "./leg.ts";
import { beginWork, happen, hear, type Network } from "./network.ts";
import { playPrompts } from "./playback.ts";
import { resultOf } from "./stop.ts";
import { readTwiml, type Verb } from "./twiml.ts";
import type { Target } from "./webhooks.ts";

/** A call that gets so many documents while no time passes goes round in circles. */
const MAX_STEPS_AT_ONCE = 300;

const APPLICATION_ERROR = "We are sorry, an application error has occurred. Goodbye.";

/** Obeys instructions, from the first step until the call is over. */
export async function runLeg(network: Network, leg: Leg, first: Step): Promise<void> {
  let step = first;
  let startedAt = network.clock.now();
  for (let steps = 1; ; steps += 1) {
    if (network.clock.now() !== startedAt) [steps, startedAt] = [1, network.clock.now()];
    const next = steps > MAX_STEPS_AT_ONCE ? goingRound(network, leg) : await takeStep(network, leg, step);
    const interruption = takeInterruption(leg);
    if (interruption?.kind === "hang-up" || (interruption === null && next.kind === "end")) return endLeg(network, leg);
    step = interruption?.kind === "go" ? interruption.step : next;
  }
}

function goingRound(network: Network, leg: Leg): Step {
  happen(network, leg, "error", `${MAX_STEPS_AT_ONCE} documents and no time has passed`);
  return { kind: "end" };
}

async function takeStep(network: Network, leg: Leg, step: Step): Promise<Step> {
  switch (step.kind) {
    case "end":
      return step;
    case "verbs":
      return runVerbs(network, leg, step.verbs, step.base);
    case "twiml": {
      const document = readTwiml(step.source);
      if (document.kind === "verbs") return runVerbs(network, leg, document.verbs, null);
      return applicationError(network, leg, document);
    }
    case "fetch": {
      if (leg.answeredAt !== null) beginWork(leg);
      const params = { ...callParams(network, leg), ...step.params };
      const document = await resultOf(leg.stop, fetchDocument(network, leg, step.target, params));
      if (document === null) return { kind: "end" };
      return document.kind === "verbs"
        ? runVerbs(network, leg, document.verbs, document.base)
        : recover(network, leg, document);
    }
  }
}

/** Instructions could not be had: the fallback URL is asked, once. */
async function recover(network: Network, leg: Leg, failure: Extract<CallDocument, { kind: "failed" }>): Promise<Step> {
  const { fallback } = leg;
  if (fallback === null || fallback.url === failure.url) return applicationError(network, leg, failure);
  happen(network, leg, "error", `${failure.errorCode} ${failure.message}`);
  const [errorUrl = ""] = failure.url.split("#");
  const params = { ...callParams(network, leg), ErrorCode: String(failure.errorCode), ErrorUrl: errorUrl };
  const document = await resultOf(leg.stop, fetchDocument(network, leg, fallback, params));
  if (document === null) return { kind: "end" };
  if (document.kind === "failed") return applicationError(network, leg, document);
  return runVerbs(network, leg, document.verbs, document.base);
}

function applicationError(network: Network, leg: Leg, failure: { errorCode: number; message: string }): Step {
  happen(network, leg, "error", `${failure.errorCode} ${failure.message}`);
  answerLeg(network, leg);
  hear(network, leg, APPLICATION_ERROR);
  return { kind: "end" };
}

async function runVerbs(network: Network, leg: Leg, verbs: Verb[], base: string | null): Promise<Step> {
  for (const verb of verbs) {
    if (verb.kind === "reject" && leg.answeredAt === null) {
      endLeg(network, leg, verb.reason === "busy" ? "busy" : "no-answer");
      return { kind: "end" };
    }
    if (verb.kind !== "pause" && verb.kind !== "redirect") answerLeg(network, leg);
    const next = await runVerb(network, leg, verb, base);
    if (leg.stop.stopped) return { kind: "end" };
    if (next !== null) return next;
  }
  answerLeg(network, leg);
  return { kind: "end" };
}

/** Null: on to the next verb. */
async function runVerb(network: Network, leg: Leg, verb: Verb, base: string | null): Promise<Step | null> {
  leg.timeline.push({ at: network.clock.now(), what: `verb: ${verb.kind}` });
  switch (verb.kind) {
    case "say":
    case "play":
    case "pause":
      await playPrompts(network, leg, leg.stop, [verb], base, true);
      return null;
    case "gather":
      return leadTo(network, leg, await gather(network, leg, verb, base), base);
    case "redirect":
      return leadTo(network, leg, { ...verb, params: {} }, base);
    case "dial":
      return leadTo(network, leg, await dialConference(network, leg, verb, base), base);
    case "hangup":
    case "reject":
      return { kind: "end" };
  }
}

type Lead = Target & { params: Readonly<Record<string, string>> };

/** The step to a URL that a document named, which may be relative. */
function leadTo(network: Network, leg: Leg, lead: Lead | null, base: string | null): Step | null {
  if (lead === null || leg.stop.stopped) return null;
  const url = resolveUrl(lead.url, base);
  if (url === null) return applicationError(network, leg, { errorCode: 11100, message: `invalid URL "${lead.url}"` });
  return { kind: "fetch", target: { url, method: lead.method }, params: lead.params };
}
