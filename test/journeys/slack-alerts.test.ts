import { describe, expect, it } from "vitest";
import { aWorld, BOARD, DIALECTS, OPS, PEOPLE, type World } from "../support/confline.ts";
import { alertsIn, click, failedCall, lockOut, readiness } from "../support/slack-stories.ts";

const { isabelle, tommy, mabel, blathers, celeste } = PEOPLE;
const SECOND = 1000;
const MINUTE = 60_000;

function strangersIn(world: World, channelId = OPS): string[] {
  return world.sim.slack
    .messages(channelId)
    .map(world.plain)
    .filter((text) => /on no roster/.test(text));
}

describe.each(DIALECTS)("the alert of a call, on %s", (dialect) => {
  it("is one message, edited as tries fail", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    const call = await world.sim.twilio.phone(mabel.number).dial({ verstat: "TN-Validation-Failed-A" });
    await world.pass(SECOND);
    expect(alertsIn(world)).toEqual([]);

    const seen: string[] = [];
    for (const code of ["000000", "000001", "000002"]) {
      await call.press(code);
      await world.pass(3 * SECOND);
      seen.push(...alertsIn(world).map(world.plain));
    }

    expect(seen).toEqual([
      expect.stringMatching(
        /A caller from mabel's number \(•••• 12\) is failing to verify\n1 wrong code, still trying/,
      ),
      expect.stringMatching(/is failing to verify\n2 wrong codes, still trying/),
      expect.stringMatching(
        /A call from mabel's number \(•••• 12\) failed to verify\n3 wrong codes, no tries left, at 12:00/,
      ),
    ]);
    expect(seen.at(-1)).toMatch(/The carrier's check of the number failed\./);
    expect(alertsIn(world)).toHaveLength(1);
  });

  it("is told without alarm when the caller got in after all", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    const phone = world.sim.twilio.phone(mabel.number);
    const call = await phone.dial();
    await call.press("000000");
    await world.pass(3 * SECOND);
    await call.press(phone.lastCode() ?? "");
    await world.pass(3 * SECOND);

    expect(alertsIn(world).map(world.plain)).toEqual([
      expect.stringMatching(
        /^✅ mabel \(•••• 12\) proved who they are\n1 wrong code, then the right one, at 12:00 PM\.$/,
      ),
    ]);
  });

  it("names both calls that claim one number", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    const phone = world.sim.twilio.phone(mabel.number);
    const first = await phone.dial();
    const second = await world.sim.twilio.phone("+12025550150").dial({ from: mabel.number });
    await first.press("000000");
    await second.press("000001");
    await world.pass(5 * SECOND);

    expect(alertsIn(world).map(world.plain)).toEqual([
      expect.stringMatching(/2 calls claimed mabel's number \(•••• 12\)/),
    ]);
  });

  it("is exactly one in every channel whose roster holds the number, and in no other", async () => {
    const world = await aWorld(dialect);
    await world.setUp(OPS);
    await world.conf(celeste.id, `add "Miss M" ${mabel.number}`, BOARD);
    await world.conf(celeste.id, `add @tommy ${tommy.number}`, BOARD);

    await failedCall(world, mabel.number);
    await failedCall(world, blathers.number);
    await world.pass(5 * SECOND);

    expect(alertsIn(world, OPS).map(({ text }) => /mabel|Blathers/.exec(text)?.[0])).toEqual(["mabel", "Blathers"]);
    expect(alertsIn(world, BOARD).map(({ text }) => text)).toEqual([expect.stringMatching(/Miss M/)]);
  });

  it("offers Reset when the number is locked, which lets its owner try again, here", async () => {
    const world = await aWorld(dialect);
    await world.setUp(OPS);
    await lockOut(world, mabel.number);
    await world.pass(10 * SECOND);
    const [alert] = alertsIn(world).filter((message) => /\[Reset/.test(world.plain(message)));
    expect(alert && world.plain(alert)).toMatch(/Locked until .* 1:00 PM/);

    expect(await click(world, isabelle.id, alert, "reset_lockout")).toMatch(
      /mabel can try again: 10 wrong codes are forgotten/,
    );
    await world.pass(10 * SECOND);

    expect(alertsIn(world).map(world.plain).join()).not.toMatch(/\[Reset|Locked/);
    expect((await world.join(mabel.number)).state()).toBe("waiting-in-conference");
  });
});

describe.each(DIALECTS)("an outage of the provider of codes, on %s", (dialect) => {
  it("is one alert that names everybody it keeps out", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    world.sim.twilio.faults.add({
      route: "POST /verify/v2/Services/:sid/Verifications",
      fault: { kind: "status", status: 503 },
    });

    for (const { number } of [isabelle, tommy, mabel, blathers]) {
      await failedCall(world, number);
      await world.pass(5 * SECOND);
    }

    const alerts = alertsIn(world).map(world.plain);
    expect(alerts).toHaveLength(1);
    for (const name of ["isabelle", "tommy", "mabel", "Blathers"]) expect(alerts[0]).toContain(name);
  });
});

describe.each(DIALECTS)("callers on no roster, on %s", (dialect) => {
  it("are told of one by one, and more than five in a minute in one message with a count", async () => {
    const world = await aWorld(dialect);
    await world.setUp(OPS);
    await world.setUp(BOARD);
    await world.sim.twilio.phone("+12025559901").dial();
    await world.sim.twilio.phone("+12025559902").dial({ from: "anonymous" });
    await world.pass(10 * SECOND);
    expect(strangersIn(world)).toEqual([
      expect.stringMatching(/^❔ A call from a number on no roster\n•••• 01, 12:00 PM/),
      expect.stringMatching(/Number withheld or malformed, 12:00 PM/),
    ]);

    for (let caller = 0; caller < 20; caller += 1) await world.sim.twilio.phone(`+120255598${10 + caller}`).dial();
    await world.pass(20 * SECOND);

    expect(strangersIn(world)).toHaveLength(5);
    const gathered = strangersIn(world).filter((text) => /18 calls from numbers on no roster/.test(text));
    expect(gathered).toEqual([expect.stringMatching(/The latest 10:\n(• •••• \d\d, 12:00 PM.*\n){10}/)]);
    expect(strangersIn(world, BOARD)).toEqual([]);
  });

  it("are told of where a workspace admin wants it, and nobody else can move that", async () => {
    const world = await aWorld(dialect);
    await world.setUp(OPS);
    await world.setUp(BOARD);
    expect(await world.conf(isabelle.id, "set alerts here", BOARD)).toMatch(/Only workspace admins/);
    await world.sim.twilio.phone("+12025559901").dial();
    expect(await world.conf("U0ADMIN", "set alerts here", BOARD)).toMatch(/now hears of callers/);
    await world.sim.twilio.phone("+12025559902").dial();
    await world.pass(5 * SECOND);

    expect(strangersIn(world, OPS)).toEqual([expect.stringMatching(/•••• 01/)]);
    expect(strangersIn(world, BOARD)).toEqual([expect.stringMatching(/•••• 02/)]);
  });
});

describe.each(DIALECTS)("more alerts than anybody reads, on %s", (dialect) => {
  it("become a handful of messages that name each call", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    const guests = Array.from({ length: 25 }, (_, index) => ({
      name: `V${100 + index}`,
      number: `+1202555${3000 + index}`,
    }));
    for (const { name, number } of guests) await world.conf(isabelle.id, `add ${name} ${number}`);

    for (const { number } of guests) await failedCall(world, number);
    await world.pass(MINUTE);

    const alerts = alertsIn(world).map(world.plain);
    expect(alerts.length).toBeLessThanOrEqual(12);
    for (const { name } of guests) expect(alerts.filter((text) => text.includes(name))).toHaveLength(1);
    expect(await readiness(world)).toMatchObject({ body: { parkedEffects: 0 } });
  });
});
