import type { Clock } from "../clock.ts";
import type { PhoneSeed, StoryRun } from "../page/wire-world.ts";
import { instantOf, nextChange, wallClock } from "../page/zones.ts";
import type { SlackSimulator } from "../slack/slack.ts";
import { getPhone } from "./phones.ts";
import { placeOf } from "./slack-hands.ts";
import type { Step } from "./story.ts";

type Stage = { slack: SlackSimulator; phones: readonly PhoneSeed[]; clock: Clock };

/** Who to be, and where to look. */
export function watched(options: Stage, { who, where }: Extract<Step, { kind: "watch" }>): StoryRun["watched"] {
  const phone = getPhone(options, who);
  const channelId = placeOf(options, phone, where);
  return phone.userId === undefined || channelId === undefined ? null : { userId: phone.userId, channelId };
}

const DAY_MS = 24 * 3_600_000;

/** Near the next change that is far enough ahead for that. */
export function nearChange({ clock, slack, phones }: Stage, step: Extract<Step, { kind: "go-to-change" }>): number {
  const { userId } = getPhone({ phones }, step.who);
  const tz = slack.users().find(({ id }) => id === userId)?.tz ?? "UTC";
  const change = nextChange(clock.now() + (1 - Math.min(0, step.days)) * DAY_MS, tz);
  if (change === null) throw new Error(`the clocks do not change in ${tz}`);
  const day = new Date(Date.parse(`${wallClock(change, tz).slice(0, 10)}T00:00Z`) + step.days * DAY_MS);
  return instantOf(`${day.toISOString().slice(0, 10)}T${step.time}`, tz);
}
