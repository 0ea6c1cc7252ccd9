import { describe, expect, it } from "vitest";
import { aWorld, type Dialect, DIALECTS, PEOPLE, type World } from "../support/confline.ts";
import { clickOn, edit, lastShown, openForm, picked, scheduled, submitted } from "../support/schedule-stories.ts";
import { click, lastRequest, stateOf } from "../support/slack-stories.ts";
import { HOUR_MS, later } from "../support/telephone.ts";

const { isabelle, mabel } = PEOPLE;
const DAY_MS = 24 * HOUR_MS;

async function aWorldWithStandup(dialect: Dialect): Promise<World> {
  const world = await aWorld(dialect);
  await world.setUp();
  await world.sim.slack.updateUser(isabelle.id, { tz: "Europe/Paris" });
  await scheduled(world, isabelle.id, "every Tuesday 9:30 Standup");
  return world;
}

/** Types /conf cancel 1 and clicks one of its buttons. */
async function cancel(world: World, actionId: string): Promise<string> {
  await world.conf(isabelle.id, "cancel 1");
  return click(world, isabelle.id, lastShown(world, isabelle.id), actionId);
}

describe.each(DIALECTS)("/conf cancel, on %s", (dialect) => {
  it("asks first: of a series, how much of it", async () => {
    const world = await aWorldWithStandup(dialect);
    const before = await stateOf(world);

    const asked = await world.conf(isabelle.id, "cancel 1");

    expect(asked).toMatch(/Cancel call 1, Standup\?\nTuesday 24 November 2026 at 9:30/);
    expect(asked).toContain(
      "[Just the one on Tuesday 24 November 2026 at 9:30] [This and all that follow] [The whole series] [Keep it]",
    );
    expect(await click(world, isabelle.id, lastShown(world, isabelle.id), "keep_call")).toBe("It stays as it is.");
    expect(await stateOf(world)).toBe(before);
  });

  it("cancels one call of a series: the next one comes a week later", async () => {
    const world = await aWorldWithStandup(dialect);

    expect(await cancel(world, "cancel_one")).toMatch(/Cancelled that one of Standup/);

    expect(await world.conf(isabelle.id, "upcoming")).toMatch(/1 · Standup\nnext Dec 1, 2026 at 8:30 AM/);
    expect(await cancel(world, "cancel_one")).toMatch(/Cancelled that one/);
    expect(await world.conf(isabelle.id, "cancel 1")).toMatch(/Tuesday 8 December 2026/);
  });

  it("cancels a call and all that follow: what was before stays", async () => {
    const world = await aWorldWithStandup(dialect);
    await later(world, 2 * DAY_MS);

    expect(await cancel(world, "cancel_following")).toMatch(/Cancelled that one and all that follow of Standup/);

    expect(await world.conf(isabelle.id, "upcoming")).toMatch(/No call is scheduled here/);
    expect(await world.conf(isabelle.id, "cancel 1")).toMatch(/There is no call 1 here/);
    expect(await world.conf(isabelle.id, "log 50")).toMatch(
      /isabelle cancelled all from 1 December 2026 of call 1, “Standup”/,
    );
  });

  it("cancels another than the next one, or from another one on", async () => {
    const world = await aWorldWithStandup(dialect);
    const cancelFrom = async (day: string, actionId: string) => {
      await world.conf(isabelle.id, "cancel 1");
      const question = lastShown(world, isabelle.id);
      const carried = JSON.stringify(question.blocks);
      const value = new RegExp(`"(${day}/[^"]+)"`).exec(carried)?.[1] ?? "";
      const asked = await clickOn(world, isabelle.id, question, "choose_call", { value });
      return [asked, await click(world, isabelle.id, lastShown(world, isabelle.id), actionId)];
    };

    const [asked, answer] = await cancelFrom("2026-12-01", "cancel_one");
    expect(asked).toMatch(/Cancel call 1, Standup\?\nTuesday 1 December 2026 at 9:30/);
    expect(answer).toMatch(/Cancelled that one of Standup/);
    await cancelFrom("2026-12-15", "cancel_following");

    expect(await world.conf(isabelle.id, "upcoming")).toMatch(/until 14 December 2026/);
    await world.conf(isabelle.id, "cancel 1");
    const left = JSON.stringify(lastShown(world, isabelle.id).blocks).matchAll(/"([\d-]{10})\//g);
    expect([...new Set([...left].map(([, day]) => day))]).toEqual(["2026-11-24", "2026-12-08"]);
  });

  it("cancels from one that was moved ahead of others on: those others too, and people hear when it was to be", async () => {
    const world = await aWorldWithStandup(dialect);
    await later(world, 2 * DAY_MS);
    await edit(world, 1);
    const choose = { userId: isabelle.id, viewId: openForm(world, isabelle.id).id, actionId: "choose_one" };
    await world.sim.slack.click({ ...choose, value: "2026-12-22" });
    await world.clock.idle();
    await submitted(world, isabelle.id, { "start_2026-12-22": picked("2026-11-26T08:30:00Z") });
    await world.pass(10_000);

    expect(await cancel(world, "cancel_following")).toMatch(/Cancelled that one and all that follow of Standup/);

    await world.pass(10_000);
    expect(await world.conf(isabelle.id, "upcoming")).toMatch(/No call is scheduled here/);
    expect(await world.conf(isabelle.id, "log 50")).toMatch(/cancelled all from 26 November 2026 of call 1, “Standup”/);
    expect(world.channel().join("\n")).toMatch(/Standup \(tomorrow at 8:30 AM\) is cancelled, and all that follow/);
  });

  it("cancels a whole series, and its number is free", async () => {
    const world = await aWorldWithStandup(dialect);

    expect(await cancel(world, "cancel_all")).toMatch(/Cancelled all of Standup/);

    expect(await world.conf(isabelle.id, "upcoming")).toMatch(/No call is scheduled here/);
    expect(await scheduled(world, isabelle.id, "tomorrow 15:00 Review")).toMatch(/as call 1/);
  });

  it("asks of a single call only whether", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    await scheduled(world, isabelle.id, "tomorrow 15:00 Review");

    expect(await world.conf(isabelle.id, "cancel #1")).toMatch(/\[Cancel the call\] \[Keep it\]$/);
    expect(await cancel(world, "cancel_all")).toMatch(/Cancelled Review/);
  });

  it("acts once on a click that comes twice, and says so to a click that comes too late", async () => {
    const world = await aWorldWithStandup(dialect);
    await world.conf(isabelle.id, "cancel 1");
    const question = lastShown(world, isabelle.id);
    await world.conf(isabelle.id, "cancel 1");
    const again = lastShown(world, isabelle.id);
    await click(world, isabelle.id, question, "cancel_one");
    const request = lastRequest(world);
    await Promise.all([world.sim.slack.replay(request), world.sim.slack.replay(request)]);
    await world.clock.idle();

    expect(await click(world, isabelle.id, again, "cancel_one")).toMatch(/has begun, or it is cancelled already/);

    expect((await world.conf(isabelle.id, "log 50")).match(/isabelle cancelled/g)).toHaveLength(1);
    expect(await world.conf(isabelle.id, "upcoming")).toMatch(/1 · Standup/);
  });

  it("knows no call of another number", async () => {
    const world = await aWorldWithStandup(dialect);

    expect(await world.conf(isabelle.id, "cancel 7")).toMatch(/There is no call 7 here.*\/conf upcoming/);
  });
});

describe.each(DIALECTS)("/conf upcoming, on %s", (dialect) => {
  it("shows ten at most, soonest first, and moderators what they can do about them", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    for (let number = 1; number <= 12; number += 1) {
      await scheduled(world, isabelle.id, `tomorrow ${23 - number}:00 Call`);
    }

    const listed = await world.conf(isabelle.id, "upcoming");

    expect([...listed.matchAll(/^(\d+) · Call/gm)].map(([, number]) => number)).toEqual([
      "12",
      "11",
      "10",
      "9",
      "8",
      "7",
      "6",
      "5",
      "4",
      "3",
    ]);
    expect(listed).toMatch(/^and 2 more: 2, 1\. \/conf upcoming 2 shows that one$/m);
    expect(listed.match(/\[Edit…\] \[Cancel…\]/g)).toHaveLength(10);
    expect(await world.conf(mabel.id, "upcoming")).not.toMatch(/Edit|Cancel/);

    expect(await world.conf(isabelle.id, "upcoming 2")).toMatch(/2 · Call\nNov 25[^·]+\[Edit…\][^·]+$/);
    expect(await world.conf(isabelle.id, "upcoming 13")).toMatch(/There is no call 13 here/);
  });
});

describe.each(DIALECTS)("/conf set entry and early, on %s", (dialect) => {
  it("are shown by the settings and told by the log", async () => {
    const world = await aWorld(dialect);
    await world.setUp();

    expect(await world.conf(isabelle.id, "set early 10m")).toMatch(/from 10 minutes before it.*set entry scheduled/);
    expect(await world.conf(isabelle.id, "set entry scheduled")).toMatch(
      /around scheduled calls only, from 10 minutes/,
    );

    expect(await world.conf(mabel.id, "settings")).toMatch(/from 10 minutes before a scheduled call until its end/);
    const log = await world.conf(isabelle.id, "log 5");
    expect(log).toMatch(/changed entry from anytime to scheduled/);
    expect(log).toMatch(/changed early from 15 minutes to 10 minutes/);
  });
});
