import { describe, expect, it } from "vitest";
import { aWorld, BOARD, DIALECTS, OPS, PEOPLE, type World } from "../support/confline.ts";
import { askedAt, shortestGapMs } from "../support/slack-stories.ts";

const { isabelle, tommy, mabel, blathers } = PEOPLE;
const SECOND = 1000;
const MINUTE = 60_000;

function cards(world: World, channelId = OPS) {
  return world.sim.slack.messages(channelId).filter(({ text }) => /Waiting for|Live since|Over:/.test(text));
}

function thread(world: World, channelId = OPS): string[] {
  return world.sim.slack.thread(channelId, cards(world, channelId)[0]?.ts ?? "").map(world.plain);
}

describe.each(DIALECTS)("the card of a session, on %s", (dialect) => {
  it("is one message from the first caller on, edited in place, and becomes the record", async () => {
    const world = await aWorld(dialect);
    await world.setUp();

    const tommys = await world.join(tommy.number);
    await world.pass(SECOND);
    expect(cards(world).map(world.plain)).toEqual([
      "ops\nWaiting for a moderator since 12:00 PM.\nWaiting (1)\n• tommy · since 12:00 PM\nMissing: Blathers, isabelle, mabel.",
    ]);
    const ts = cards(world)[0]?.ts;

    await world.pass(MINUTE);
    const isabelles = await world.join(isabelle.number);
    await world.pass(5 * SECOND);
    const live = cards(world).map(world.plain).join();
    expect(live).toMatch(/^ops\nLive since 12:01 PM\.\nOn the call \(2\)\n/);
    expect(live).toMatch(/• isabelle · moderator · since 12:01 PM/);
    expect(live).toMatch(/• tommy · since 12:0\d PM\nMissing|• tommy · since 12:0\d PM\n• isabelle/);

    const wrong = await world.sim.twilio.phone(mabel.number).dial();
    await wrong.press("000000");
    await wrong.hangUp();
    await world.pass(MINUTE);
    await tommys.hangUp();
    await world.pass(MINUTE);
    await isabelles.hangUp();
    await world.pass(5 * SECOND);

    expect(cards(world)).toHaveLength(1);
    expect(cards(world)[0]?.ts).toBe(ts);
    const record = cards(world).map(world.plain).join();
    expect(record).toMatch(/^ops\nOver: 2 minutes, 12:01 PM to 12:03 PM\./);
    expect(record).toMatch(/On the call \(2\)\n• isabelle \(moderator, 2 minutes\)\n• tommy \(2 minutes\)/);
    expect(record).toMatch(/Failed to verify \(1\)\n• mabel.* \(1 wrong code, hung up\)/);
    expect(record).toMatch(/Never came: Blathers, mabel\./);
    expect(thread(world)).toEqual([
      "tommy joined.\n[Remove]",
      "isabelle joined. The call started.\n[Remove]",
      "tommy left.",
      expect.stringMatching(/^isabelle left\./),
    ]);
  });

  it("is edited when something has changed, and left alone while nothing does", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    await world.join(isabelle.number);
    const tommys = await world.join(tommy.number);
    await world.pass(10 * SECOND);
    const edits = () => world.sim.slack.calls().filter(({ method }) => method === "chat.update").length;
    const before = edits();
    await world.pass(MINUTE);
    expect(edits()).toBe(before);

    world.sim.twilio.callbacks.set({ loseEvery: 1 });
    await tommys.hangUp();
    await world.pass(MINUTE);
    expect(cards(world).map(world.plain).join()).toMatch(/On the call \(1\)/);
    expect(edits()).toBe(before + 1);
  });

  it("is another message for the next session", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    const first = await world.join(isabelle.number);
    await world.pass(5 * SECOND);
    await first.hangUp();
    await world.pass(5 * SECOND);

    await world.join(isabelle.number);
    await world.pass(5 * SECOND);

    expect(cards(world).map(({ text }) => /Over|Live|Waiting/.exec(text)?.[0])).toEqual(["Over", "Live"]);
  });

  it("outlives a restart at every step, posted once, its thread told once", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    await world.restart();
    const tommys = await world.join(tommy.number);
    await world.restart();
    await world.pass(5 * SECOND);
    const isabelles = await world.join(isabelle.number);
    await world.restart();
    await world.pass(5 * SECOND);
    await tommys.hangUp();
    await world.restart();
    await world.pass(5 * SECOND);
    await isabelles.hangUp();
    await world.restart();
    await world.pass(2 * MINUTE);

    expect(cards(world)).toHaveLength(1);
    expect(cards(world).map(world.plain).join()).toMatch(/Over/);
    expect(
      thread(world)
        .join(" ")
        .match(/tommy joined|isabelle joined|tommy left|isabelle left/g)
        ?.toSorted(),
    ).toEqual(["isabelle joined", "isabelle left", "tommy joined", "tommy left"]);
  });
});

describe.each(DIALECTS)("the thread of a card, on %s", (dialect) => {
  it("gathers who comes and goes within a few seconds into one line", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    const guests = Array.from({ length: 20 }, (_, index) => ({
      name: `Villager ${index}`,
      number: `+1202555${2000 + index}`,
    }));
    for (const { name, number } of guests) await world.conf(isabelle.id, `add "${name}" ${number}`);
    await world.join(isabelle.number);
    await world.pass(10 * SECOND);
    const before = world.sim.slack.calls().length;

    for (const { number } of guests) await world.join(number);
    await world.pass(10 * SECOND);

    expect(thread(world)).toHaveLength(2);
    for (const { name } of guests) expect(thread(world)[1]).toContain(name);
    expect(cards(world).map(world.plain).join()).toMatch(/On the call \(21\)/);
    const told = world.sim.slack.calls().slice(before);
    expect(told.filter(({ method }) => method.startsWith("chat.")).length).toBeLessThan(15);
  });

  it("is gathered longer while a crowd comes, and its card edited every two seconds or so", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    const numbers = Array.from({ length: 30 }, (_, index) => `+1202555${2000 + index}`);
    for (const [index, number] of numbers.entries()) await world.conf(isabelle.id, `add "Villager ${index}" ${number}`);
    await world.join(isabelle.number);
    await world.pass(20 * SECOND);

    for (const number of numbers) {
      await world.join(number);
      await world.pass(800);
    }
    const edits = askedAt(world, "chat.update").slice(1);
    expect(edits.length).toBeGreaterThan(8);
    expect(shortestGapMs(edits)).toBeGreaterThanOrEqual(2200);
    await world.pass(20 * SECOND);

    // Whoever came first, after four seconds; then, with so many more coming, every fifteen.
    expect(thread(world)).toHaveLength(4);
    for (const index of numbers.keys()) expect(thread(world).join("\n")).toMatch(new RegExp(`Villager ${index}\\b`));
    expect(cards(world).map(world.plain).join()).toMatch(/On the call \(31\)/);
  });

  it("tells of the grace time, and of what came of it", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    await world.join(tommy.number);
    const isabelles = await world.join(isabelle.number);
    await world.pass(10 * SECOND);

    await isabelles.hangUp();
    await world.pass(6 * SECOND);
    expect(thread(world).at(-1)).toBe(
      "isabelle left. No moderator is on any more: the call ends in 1 minute unless one is back.",
    );
    expect(cards(world).map(world.plain).join()).toMatch(/No moderator is on: the call ends at 12:01 PM unless/);
    await world.pass(MINUTE);

    expect(cards(world).map(world.plain).join()).toMatch(/Over.*It ended because no moderator was on/);
  });
});

describe.each(DIALECTS)("what is posted, on %s", (dialect) => {
  it("says the same in its text as in its blocks, and unfurls nothing", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    await world.setUp(BOARD);
    const wrong = await world.sim.twilio.phone(mabel.number).dial({ verstat: "TN-Validation-Passed-A" });
    await wrong.press("000000");
    await world.join(tommy.number).catch(() => undefined);
    await world.sim.twilio.phone("+12025559999").dial();
    await world.join(isabelle.number).catch(() => undefined);
    await world.pass(20 * SECOND);

    const posted = world.sim.slack.everything().filter(({ visibleTo }) => visibleTo === null);
    expect(posted.length).toBeGreaterThan(2);
    for (const message of posted) {
      expect(message.unfurls).toBe(false);
      const names = /isabelle|tommy|mabel|Blathers|•••• \d\d|\d wrong codes?|vouches/g;
      const inBlocks = new Set(world.plain(message).match(names));
      expect(new Set(message.text.match(names))).toEqual(inBlocks);
    }
  });

  it("names in the card who joined a channel's roster, and no longer who was taken off it", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    await world.join(isabelle.number);
    await world.conf(isabelle.id, "remove Blathers");
    await world.conf(isabelle.id, `add Redd ${blathers.number}`);
    await world.pass(10 * SECOND);

    expect(cards(world).map(world.plain).join()).toMatch(/Missing: .*Redd/);
    expect(cards(world).map(world.plain).join()).not.toMatch(/Blathers/);
  });
});
