import { describe, expect, it } from "vitest";
import { actionIds } from "../../src/slack/action-ids.ts";
import { DIALECTS, PEOPLE, type World } from "../support/confline.ts";
import { answered, restarted } from "../support/restarts.ts";
import { directMessages, edit, lastShown, picked, submitted } from "../support/schedule-stories.ts";
import { click } from "../support/slack-stories.ts";
import { later } from "../support/telephone.ts";

const { isabelle, tommy } = PEOPLE;

/** All that there is to read: in the channel, and for Tommy alone. */
function told(world: World): { channel: string[]; tommys: string[] } {
  return { channel: world.channel(), tommys: directMessages(world, tommy.id).map(world.plain) };
}

/** It is noon in UTC; the call is at 15:00 in Paris, and Tommy has said yes to it. */
const CALL = "today 15:00 for 45m Sprint review";

/** The call is moved by its form to 16:30 in Paris. */
async function move(world: World): Promise<void> {
  await edit(world, 1);
  await world.restart();
  await submitted(world, isabelle.id, { start: picked("2026-11-23T15:30:00Z") });
  await restarted(world);
}

const MOVED = expect.stringMatching(
  /^📆 Sprint review \(today at 2:00 PM\) has been moved to today at 3:30 PM \(16:30 in /,
);

describe.each(DIALECTS)("a call that was answered, with a restart at every step, on %s", (dialect) => {
  it("is invited to once, and keeps the answer", async () => {
    const world = await answered(dialect, CALL);

    const { channel, tommys } = told(world);
    expect(channel).toEqual([
      expect.stringMatching(/^Sprint review\nA call is scheduled:\n• .*2:00 PM[\s\S]*\nYes \(1\): tommy\n/),
    ]);
    expect(tommys).toEqual([expect.stringMatching(/\n• .*2:00 PM[\s\S]*\nYou said yes\./)]);
  });

  it("is edited where it was announced when it is moved, keeps the answer, and is told of once", async () => {
    const world = await answered(dialect, CALL);

    await move(world);
    await restarted(world);

    const { channel, tommys } = told(world);
    expect(channel).toEqual([
      expect.stringMatching(/^Sprint review\nA call is scheduled:\n• today at 3:30 PM[\s\S]*\nYes \(1\): tommy\n/),
      MOVED,
    ]);
    expect(tommys).toEqual([expect.stringMatching(/\n• today at 3:30 PM[\s\S]*\nYou said yes\./), MOVED]);
  });

  it("is edited again when it is then cancelled, told of once more, and begins at neither time", async () => {
    const world = await answered(dialect, CALL);
    await move(world);

    await world.conf(isabelle.id, "cancel 1");
    await restarted(world);
    await click(world, isabelle.id, lastShown(world, isabelle.id), actionIds.cancelAll);
    await restarted(world);
    const after = told(world);

    const cancelled = expect.stringMatching(/^📆 Sprint review \(today at 3:30 PM\) is cancelled\./);
    expect(after.channel).toEqual(["❌ Sprint review is cancelled.", MOVED, cancelled]);
    expect(after.tommys).toEqual(["❌ Sprint review is cancelled.", MOVED, cancelled]);
    for (const start of ["2026-11-23T14:00:00Z", "2026-11-23T15:30:00Z"]) {
      await later(world, Date.parse(start) - world.clock.now());
      await restarted(world);
    }
    expect(told(world)).toEqual(after);
  });
});
