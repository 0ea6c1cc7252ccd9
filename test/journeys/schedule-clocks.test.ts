import { describe, expect, it } from "vitest";
import { aWorld, type Dialect, DIALECTS, OPS, PEOPLE, type World } from "../support/confline.ts";
import { scheduled } from "../support/schedule-stories.ts";
import { HOUR_MS, later, MINUTE_MS } from "../support/telephone.ts";

const { isabelle } = PEOPLE;
const SECOND = 1000;
/** After a leap of the clock what is due is noticed at the latest after 5 s, and told a second later. */
const LOOK_MS = 7 * SECOND;

/** Calls at 9:30 in the speaker's town: the Sunday before its clocks change, and the Sunday on which they do. */
const CHANGES = [
  { tz: "America/New_York", before: "2027-03-07T14:30:00Z", after: "2027-03-14T13:30:00Z" },
  { tz: "Europe/Paris", before: "2027-03-21T08:30:00Z", after: "2027-03-28T07:30:00Z" },
  { tz: "America/New_York", before: "2027-10-31T13:30:00Z", after: "2027-11-07T14:30:00Z" },
] as const;

/** "Sunday 9:30" is said from there, three days before the first call. */
async function aWeeklyCall(dialect: Dialect, tz: string, firstAt: number): Promise<World> {
  const world = await aWorld(dialect);
  await world.setUp();
  await world.sim.slack.updateUser(isabelle.id, { tz });
  await later(world, firstAt - 72 * HOUR_MS - world.clock.now());
  await scheduled(world, isabelle.id, "every Sunday 9:30 for 30m Look ahead");
  await world.pass(LOOK_MS);
  return world;
}

/** How many messages there are a second before an instant and six after it, restarted before each, and the last one. */
async function toldAround(world: World, instant: number): Promise<{ before: number; after: number; last: string }> {
  await world.restart();
  await later(world, instant - SECOND - LOOK_MS - world.clock.now());
  await world.pass(LOOK_MS);
  const before = world.sim.slack.messages(OPS).length;
  await world.restart();
  await world.pass(LOOK_MS);
  const messages = world.channel();
  return { before, after: messages.length, last: messages.at(-1) ?? "" };
}

describe.each(DIALECTS)("a weekly call, on %s", (dialect) => {
  it.each(CHANGES)(
    "stays at 9:30 in $tz when the clocks change before that of $after: reminder and start",
    async ({ tz, before, after }) => {
      const world = await aWeeklyCall(dialect, tz, Date.parse(before));

      let messages = 1;
      for (const start of [before, after]) {
        const reminder = await toldAround(world, Date.parse(start) - 10 * MINUTE_MS);
        expect(reminder).toMatchObject({ before: messages, after: messages + 1 });
        expect(reminder.last).toMatch(/^⏰ Look ahead starts in 10 minutes/);

        const card = await toldAround(world, Date.parse(start));
        expect(card).toMatchObject({ before: messages + 1, after: messages + 2 });
        expect(card.last).toMatch(/^Look ahead\nStarts now:/);

        const invitation = world.channel()[0] ?? "";
        expect(invitation).toContain(`Every week on Sunday at 9:30 in ${tz}`);
        await later(world, 31 * MINUTE_MS);
        await world.pass(LOOK_MS);
        messages += 2;
      }
      expect(world.channel().at(-1)).toMatch(/^Look ahead\nOver: nobody came\./);
    },
  );
});
