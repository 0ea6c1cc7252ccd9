import { describe, expect, it } from "vitest";
import { aWorld, BOARD, type Dialect, DIALECTS, OPS, PEOPLE, type World } from "../support/confline.ts";
import { letInAroundCallsOnly, schedule } from "../support/schedule.ts";
import { alertsIn, codeFor, failToVerify, lastSaid, later, MINUTE_MS, runSql, whoIsIn } from "../support/telephone.ts";

const { isabelle, tommy, mabel } = PEOPLE;
const GOOD_BYE = "There is no call now. The next one is on Monday at 15:00, Paris time, in 2 hours. Good-bye.";

/** Monday, 13:00 in Paris; the call is at 15:00 there. */
async function twoHoursBefore(dialect: Dialect, minutesBefore = 120): Promise<World> {
  const world = await aWorld(dialect);
  await world.setUp();
  await letInAroundCallsOnly(world);
  await schedule(world);
  await later(world, (120 - minutesBefore) * MINUTE_MS);
  return world;
}

describe.each(DIALECTS)("who calls long before the scheduled call, on %s", (dialect) => {
  it("hears after the code when it is, and is neither let in nor told of", async () => {
    const world = await twoHoursBefore(dialect, 119);

    const call = await world.join(mabel.number);

    expect(call.heard().slice(1)).toEqual([
      "Thank you, mabel.",
      "There is no call now. The next one is on Monday at 15:00, Paris time, in 119 minutes. Good-bye.",
    ]);
    expect(call.state()).toBe("ended");
    expect(whoIsIn(world)).toEqual([]);
    expect(world.channel()).toEqual([]);
    expect(await world.conf(isabelle.id, "log")).toMatch(/mabel.* called when there was no call to enter/);
  });

  it("uses up no try and no text: so often as they like", async () => {
    const world = await twoHoursBefore(dialect);
    for (let calls = 0; calls < 4; calls += 1) expect((await world.join(mabel.number)).state()).toBe("ended");

    await later(world, 105 * MINUTE_MS);

    expect((await world.join(mabel.number)).state()).toBe("waiting-in-conference");
    expect(alertsIn(world)).toEqual([]);
  });

  it("proves it after a wrong code, and the alert says so", async () => {
    const world = await twoHoursBefore(dialect);
    const call = await failToVerify(world, mabel.number, 1);

    await call.press(codeFor(world, mabel.number));
    await world.pass(5000);

    expect(call.state()).toBe("ended");
    expect(alertsIn(world)).toEqual([]);
    expect(world.channel().join()).toMatch(/proved who they are/);
  });

  it("is let in as a moderator, and nobody else after them", async () => {
    const world = await twoHoursBefore(dialect);

    const isabelles = await world.join(isabelle.number);
    const tommys = await world.join(tommy.number);

    expect(whoIsIn(world)).toEqual([[isabelles.callSid]]);
    expect(lastSaid(tommys)).toBe(GOOD_BYE);
  });

  it("and is locked out hears of that, and nothing of the call", async () => {
    const world = await twoHoursBefore(dialect);
    await runSql(world, [
      `insert into lockouts (team_id, conference_id, phone_number, failures, locked_until)
         select team_id, id, '${mabel.number}', 10, ${world.clock.now() + MINUTE_MS} from conferences`,
    ]);

    const call = await world.sim.twilio.phone(mabel.number).dial();

    expect(lastSaid(call)).toMatch(/^Sorry, there were too many wrong codes/);
  });
});

describe.each(DIALECTS)("the window of a scheduled call, on %s", (dialect) => {
  it("opens a quarter of an hour before it, after a restart as well", async () => {
    const world = await twoHoursBefore(dialect, 16);
    expect((await world.join(mabel.number)).state()).toBe("ended");

    await world.restart();
    await later(world, MINUTE_MS);

    expect((await world.join(mabel.number)).state()).toBe("waiting-in-conference");
  });

  it("shuts at its end, but not while it goes on", async () => {
    const world = await twoHoursBefore(dialect, 0);
    const isabelles = await world.join(isabelle.number);
    await runSql(world, ["update sessions set series_id = (select id from series), day = '2026-11-23'"]);

    await later(world, 40 * MINUTE_MS);
    const tommys = await world.join(tommy.number);
    expect(whoIsIn(world)).toEqual([[isabelles.callSid, tommys.callSid]]);
    await isabelles.hangUp();
    await tommys.hangUp();
    await world.pass(5000);

    const mabels = await world.join(mabel.number);
    expect(lastSaid(mabels)).toBe("There is no call now, and none is scheduled. Good-bye.");
  });

  it("stays open for a call that everybody left, and came back to, though it should be over by then", async () => {
    const world = await twoHoursBefore(dialect, 0);
    await (await world.join(tommy.number)).hangUp();
    await world.pass(5000);
    const isabelles = await world.join(isabelle.number);

    await later(world, 40 * MINUTE_MS);
    const tommys = await world.join(tommy.number);

    expect(whoIsIn(world)).toEqual([[isabelles.callSid, tommys.callSid]]);
  });

  it("is looked at when the caller enters, not when they dial", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    await schedule(world);
    const call = await world.sim.twilio.phone(mabel.number).dial();

    await letInAroundCallsOnly(world);
    await call.press(codeFor(world, mabel.number));

    expect(lastSaid(call)).toBe(GOOD_BYE);
  });

  it("does not keep out who comes back from the keypad menu when it is shut", async () => {
    const world = await twoHoursBefore(dialect, 0);
    await world.join(isabelle.number);
    const tommys = await world.join(tommy.number);
    await later(world, 40 * MINUTE_MS);

    await tommys.press("*");
    await tommys.press("1");

    expect(tommys.state()).toBe("in-conference");
  });
});

describe.each(DIALECTS)("a caller on several rosters, on %s", (dialect) => {
  it("is led to the call whose window is open, and where one may call at any time is asked otherwise", async () => {
    const world = await aWorld(dialect);
    await world.setUp(OPS);
    await world.setUp(BOARD);
    await schedule(world, { channelId: BOARD });

    const early = await world.join(mabel.number);
    expect(lastSaid(early)).toMatch(/^You are invited to more than one call/);
    await early.hangUp();
    await later(world, 105 * MINUTE_MS);
    const call = await world.join(tommy.number);

    expect(call.state()).toBe("waiting-in-conference");
    expect(await world.conf(isabelle.id, "who", BOARD)).toMatch(/Waiting \(1\)/);
  });

  it("chooses, and finds the window shut meanwhile", async () => {
    const world = await aWorld(dialect);
    await world.setUp(OPS);
    await world.setUp(BOARD);
    const call = await world.join(mabel.number);
    await letInAroundCallsOnly(world, BOARD);

    await call.press("1");

    expect(lastSaid(call)).toBe("There is no call now, and none is scheduled. Good-bye.");
    expect(alertsIn(world)).toEqual([]);
  });
});
