import type { State, Store } from "../store.ts";
import { latestCalls, liveCall, openNumber } from "./condition.ts";

/** Reads aloud what the open phone hears, from when that is switched on. */
export function readAloud(store: Store, voice: SpeechSynthesis | undefined = globalThis.speechSynthesis): void {
  if (voice === undefined) return;
  /** How much of a call was there already, or has been read. */
  const heard = new Map<string, number>();
  let listening: string | null = null;

  function follow(state: State): void {
    const { isAloud } = state.phonesUse;
    const open = openNumber(state);
    const call = open === null ? undefined : liveCall(latestCalls(state).get(open));
    const now = isAloud && call !== undefined ? call.callSid : null;
    if (listening !== null && now !== listening) voice?.cancel();
    const isNew = now !== null && now !== listening && !heard.has(now);
    listening = now;
    if (call === undefined || now === null) return;
    const from = heard.get(now) ?? (isNew && call.heard.length > 1 ? call.heard.length - 1 : 0);
    for (const line of call.heard.slice(from)) {
      if (!line.startsWith("♪")) voice?.speak(new SpeechSynthesisUtterance(line));
    }
    heard.set(now, call.heard.length);
  }

  store.subscribe(follow);
}
