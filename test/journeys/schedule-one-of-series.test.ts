import { describe, expect, it } from "vitest";
import { actionIds } from "../../src/slack/action-ids.ts";
import { DIALECTS, PEOPLE, type World } from "../support/confline.ts";
import { answered, at, restarted, toldSince } from "../support/restarts.ts";
import { edit, lastShown, picked, submitted } from "../support/schedule-stories.ts";
import { click } from "../support/slack-stories.ts";

const { isabelle } = PEOPLE;
/** It is Monday noon in UTC: the first of these calls is tomorrow, at 14:00 in UTC. */
const SERIES = "every Tuesday 15:00 for 45m Standup";
const MOVED =
  "📆 Standup (Nov 24, 2026 at 2:00 PM) is now called Long standup and has been moved to Nov 24, 2026 at 3:30 PM";

/** Types `/conf cancel 1` and clicks one of its buttons, with a restart between and behind. */
async function cancel(world: World, actionId: string): Promise<void> {
  await world.conf(isabelle.id, "cancel 1");
  await restarted(world);
  await click(world, isabelle.id, lastShown(world, isabelle.id), actionId);
  await restarted(world);
  await restarted(world);
}

describe.each(DIALECTS)("one call of a series, with a restart at every step, on %s", (dialect) => {
  it("is told of once when it is called otherwise and moved, begins then, and the next is as ever", async () => {
    const world = await answered(dialect, SERIES);
    await edit(world, 1);
    await restarted(world);
    const changed = { "title_2026-11-24": "Long standup", "start_2026-11-24": picked("2026-11-24T15:30:00Z") };
    await submitted(world, isabelle.id, changed);
    await restarted(world);

    await at(world, "2026-11-24T14:00:00Z");
    await at(world, "2026-11-24T15:20:00Z");
    await at(world, "2026-11-24T15:30:00Z");
    await at(world, "2026-11-24T16:16:00Z");
    await at(world, "2026-12-01T13:50:00Z");
    await at(world, "2026-12-01T14:00:00Z");
    const { channel, tommys } = toldSince(world);
    expect(channel).toEqual([
      expect.stringContaining(MOVED),
      "Long standup is over.",
      "Long standup / Over: nobody came.",
      expect.stringMatching(/^⏰ Standup starts in 10 minutes, at 2:00 PM\./),
      "Standup / Starts now: 2:00 PM to 2:45 PM.",
    ]);
    expect(tommys).toEqual([
      expect.stringContaining(MOVED),
      expect.stringMatching(/^⏰ Long standup .* starts now, at 3:30 PM\./),
      expect.stringMatching(/^⏰ Standup .* starts now, at 2:00 PM\./),
    ]);
  });

  it("is told of once when it is cancelled, does not begin, and the next is as ever", async () => {
    const world = await answered(dialect, SERIES);
    await cancel(world, actionIds.cancelOne);

    await at(world, "2026-11-24T14:00:00Z");
    await at(world, "2026-12-01T13:50:00Z");
    await at(world, "2026-12-01T14:00:00Z");
    const { channel, tommys } = toldSince(world);
    expect(channel).toEqual([
      "📆 Standup (Nov 24, 2026 at 2:00 PM) is cancelled.",
      expect.stringMatching(/^⏰ Standup starts in 10 minutes, at 2:00 PM\./),
      "Standup / Starts now: 2:00 PM to 2:45 PM.",
    ]);
    expect(tommys).toEqual([
      expect.stringMatching(/^📆 Standup \(Nov 24, 2026 at 2:00 PM\) is cancelled\./),
      expect.stringMatching(/^⏰ Standup .* starts now, at 2:00 PM\./),
    ]);
  });

  it("is told of once when it is cancelled with all that follow, and none of them begins", async () => {
    const world = await answered(dialect, SERIES);
    await at(world, "2026-11-24T14:46:00Z");
    await cancel(world, actionIds.cancelFollowing);

    await at(world, "2026-12-01T14:00:00Z");
    await at(world, "2026-12-08T14:00:00Z");
    const cancelled = "📆 Standup (Dec 1, 2026 at 2:00 PM) is cancelled, and all that follow.";
    const { channel, tommys } = toldSince(world);
    expect(channel).toEqual([cancelled]);
    expect(tommys).toEqual([expect.stringContaining(cancelled)]);
    expect(world.channel()[0]).toMatch(/^❌ Standup .* is cancelled\./);
  });
});
