import type { SeriesPlan } from "./series.ts";

/** What somebody typed after `/conf schedule`, as far as it can be understood. */
export type ScheduleWords =
  | { kind: "plan"; plan: SeriesPlan; mentions: string[] }
  | { kind: "not-understood"; problem: string; understood: string[] };

/**
 * Reads what follows `/conf schedule`, unescaped but for mentions (`<@U1>` or `<@U1|name>`). Never throws.
 *
 * What it cannot know is checked by `checkPlan`: a past time, a title that is too long.
 *
 * @param zone of the speaker: what they say is meant there, unless they name another
 */
export function readSchedule(_text: string, _now: number, _zone: string): ScheduleWords {
  return {
    kind: "not-understood",
    problem: "I can't tell when the call starts: say a time, like 15:00.",
    understood: [],
  };
}
