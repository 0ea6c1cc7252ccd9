import { whyNoStrace } from "../../proof/kills/strace.ts";

/** CI does not skip: without strace its tests fail. */
export function isStraceSkipped(env: NodeJS.ProcessEnv, whyNot = whyNoStrace): boolean {
  return env["CI"] !== "true" && whyNot() !== null;
}

/** What the end of the run has to say about it. */
export function skippedStraceNotice(env: NodeJS.ProcessEnv, whyNot = whyNoStrace): string[] {
  if (!isStraceSkipped(env, whyNot)) return [];
  return ["", `!!! The tests that kill the service were SKIPPED: ${whyNot() ?? ""}. Install strace. !!!`, ""];
}
