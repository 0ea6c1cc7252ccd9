import type { CallbackMode } from "../../src/simulator/twilio/network.ts";
import type { Action } from "./actions.ts";
import { tellOf } from "./alerts.ts";
import { showOf } from "./attendance.ts";
import { castFor } from "./cast.ts";
import { endHistory, newPlay, settle } from "./history.ts";
import type { House } from "./house.ts";
import { perform, type Play } from "./play.ts";
import { violated } from "./violation.ts";

/** Less than what lies between two actions, so that what belongs before an action is told before the next but one. */
const STEP_MS = 4000;

const DISTURBED: readonly CallbackMode[] = [
  { repeat: 3, repeatVoice: 2 },
  { shuffle: true, repeat: 2 },
  { delayMs: 2000 },
];

/** The actions that come to the same whenever Twilio's callbacks arrive: one at a time, none about the outside. */
function quiet(actions: readonly Action[]): Action[] {
  return actions.filter((one) => ["dial", "join", "key", "hang up", "command", "later"].includes(one.do));
}

/**
 * Plays a history twice, by two casts: with callbacks as they should be, and repeated, reordered or late. Both must end
 * the same.
 *
 * @throws {Error} I8, with both ends
 */
export async function playTwins(house: House, place: number, actions: readonly Action[]): Promise<void> {
  const once = await endOf(house, place, quiet(actions), {});
  const mode = DISTURBED[place % DISTURBED.length] ?? {};
  const again = await endOf(house, place + 1, quiet(actions), mode);
  if (once !== again) throw violated("I8", `callbacks ${JSON.stringify(mode)} end in ${again}, not in ${once}`);
}

async function endOf(house: House, place: number, actions: readonly Action[], mode: CallbackMode): Promise<string> {
  const play = newPlay(house, await castFor(house, place));
  house.sim.twilio.callbacks.set(mode);
  try {
    for (const action of actions) {
      await perform(play, action);
      await house.clock.advance(STEP_MS);
    }
    await settle(play);
    return await describe(play);
  } finally {
    await endHistory(play);
  }
}

/** Everything that is told of the end, in words that are the same for every cast. */
async function describe(play: Play): Promise<string> {
  const { house, cast, calls } = play;
  const [a, b] = cast.channels;
  const counted = await house.lockouts([a.conferenceId, b.conferenceId]);
  const end = {
    calls: calls.map(({ call }) => call.state()),
    shown: [await showOf(play, a), await showOf(play, b)],
    told: [a, b].map((channel) => [...tellOf(play, channel)]),
    failures: counted
      .map(({ number, failures, conferenceId }) => `${conferenceId === a.conferenceId} ${number} ${failures}`)
      .toSorted(),
  };
  return Object.values(cast.people).reduce(
    (text, { who, name, number }) => text.replaceAll(name, who).replaceAll(number, who),
    JSON.stringify(end),
  );
}
