import { describe, expect, it } from "vitest";
import type { Fault } from "../../src/simulator/faults.ts";
import { aWorld, DIALECTS, PEOPLE, variants } from "../support/confline.ts";
import { alertsIn, ASKED, codeFor, lastSaid, notThe, whoIsIn } from "../support/telephone.ts";

const { isabelle, tommy, mabel, blathers } = PEOPLE;

const START = "POST /verify/v2/Services/:serviceSid/Verifications";

const CHECK = "POST /verify/v2/Services/:serviceSid/VerificationCheck";

const UNAVAILABLE = "Sorry, we cannot check codes just now. Please call again in a few minutes. Good-bye.";

describe.each(DIALECTS)("F7: Verify out of reach, on %s", (dialect) => {
  it("lets nobody in, and one alert names all whom it kept out", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    world.sim.twilio.faults.add({ route: START, fault: { kind: "refused" } });

    for (const { number } of [tommy, mabel, blathers]) {
      const call = await world.sim.twilio.phone(number).dial();
      expect(call.heard()).toEqual([UNAVAILABLE]);
      await world.pass(5000);
    }

    expect(whoIsIn(world)).toEqual([]);
    expect(alertsIn(world)).toHaveLength(1);
    expect(alertsIn(world)[0]).toMatch(/tommy/);
    expect(alertsIn(world)[0]).toMatch(/mabel/);
    expect(alertsIn(world)[0]).toMatch(/Blathers/);
  });

  it("at the check lets nobody in, counts no failure, and the code is still good", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    const phone = world.sim.twilio.phone(mabel.number);
    const call = await phone.dial();
    world.sim.twilio.faults.add({ route: CHECK, fault: { kind: "refused" }, times: 1 });

    await call.press(codeFor(world, mabel.number));
    expect(lastSaid(call)).toBe(UNAVAILABLE);
    expect(whoIsIn(world)).toEqual([]);

    const again = await phone.dial();
    await again.press(phone.lastCode() ?? "");
    expect(again.state()).toBe("waiting-in-conference");
    expect(phone.texts()).toHaveLength(1);
  });

  it("after the text was sent is looked up before another is sent", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    const phone = world.sim.twilio.phone(mabel.number);
    world.sim.twilio.faults.add({ route: START, fault: { kind: "answer-lost" }, times: 1 });

    const call = await phone.dial();
    expect(call.heard()).toEqual([UNAVAILABLE]);
    const again = await phone.dial();
    expect(again.heard()).toEqual([ASKED]);
    await again.press(phone.lastCode() ?? "");

    expect(again.state()).toBe("waiting-in-conference");
    expect(phone.texts()).toHaveLength(1);
  });

  it("F8: after it approved the code offers a new code: nobody is let in on an answer that we never heard", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    const phone = world.sim.twilio.phone(mabel.number);
    const call = await phone.dial();
    const code = codeFor(world, mabel.number);
    world.sim.twilio.faults.add({ route: CHECK, fault: { kind: "answer-lost" }, times: 1 });

    await call.press(code);
    expect(lastSaid(call)).toBe(UNAVAILABLE);
    const again = await phone.dial();
    await again.press(code);

    expect(lastSaid(again)).toMatch(/We have sent you a new one/);
    expect(whoIsIn(world)).toEqual([]);
    await again.press(phone.lastCode() ?? "");
    expect(again.state()).toBe("waiting-in-conference");
  });
});

describe.each(DIALECTS)("Verify that hangs, on %s", (dialect) => {
  const aHastyWorld = async () => {
    const world = await aWorld(dialect, {}, { verifyBudgetMs: 1000 });
    await world.setUp();
    return { world, phone: world.sim.twilio.phone(mabel.number) };
  };

  it("at the text is given up: the caller hears why, and one alert tells of it", async () => {
    const { world, phone } = await aHastyWorld();
    const letGo = world.sim.twilio.faults.add({ route: START, fault: { kind: "hang" } });

    const call = await phone.dial();
    expect(call.heard()).toEqual([UNAVAILABLE]);
    await world.pass(5000);
    expect(alertsIn(world)).toEqual([expect.stringMatching(/codes cannot be sent or checked right now/i)]);
    letGo();

    expect(whoIsIn(world)).toEqual([]);
  });

  it("at the check is given up: nobody is let in, and it counts as no failure", async () => {
    const { world, phone } = await aHastyWorld();
    const call = await phone.dial();
    const letGo = world.sim.twilio.faults.add({ route: CHECK, fault: { kind: "hang" }, times: 1 });

    await call.press(codeFor(world, mabel.number));
    expect(lastSaid(call)).toBe(UNAVAILABLE);
    letGo();

    expect(whoIsIn(world)).toEqual([]);
    const again = await phone.dial();
    await again.press(notThe(codeFor(world, mabel.number)));
    expect(lastSaid(again)).toMatch(/You have 2 more tries/);
  });

  it("and sends the text after all has it used by the next call, not sent again", async () => {
    const { world, phone } = await aHastyWorld();
    world.sim.twilio.faults.add({ route: START, fault: { kind: "slow", delayMs: 4000 }, times: 1 });

    const call = await phone.dial();
    expect(call.heard()).toEqual([UNAVAILABLE]);
    await world.pass(4000);
    const again = await phone.dial();

    expect(again.heard()).toEqual([ASKED]);
    expect(phone.texts()).toHaveLength(1);
    await again.press(phone.lastCode() ?? "");
    expect(again.state()).toBe("waiting-in-conference");
  });
});

describe.each(DIALECTS)("F7: an outage of Verify, on %s", (dialect) => {
  it.each<Fault>(variants(dialect, [{ kind: "status", status: 503 }, { kind: "refused" }]))(
    "does not use up the texts of somebody who keeps calling meanwhile (%j)",
    async (fault) => {
      const world = await aWorld(dialect);
      await world.setUp();
      const phone = world.sim.twilio.phone(mabel.number);
      const heal = world.sim.twilio.faults.add({ route: "*", fault });
      for (let calls = 0; calls < 8; calls += 1) expect((await phone.dial()).heard()).toEqual([UNAVAILABLE]);
      heal();

      const call = await phone.dial();
      await call.press("*");
      await call.press("*");
      expect(phone.texts()).toHaveLength(3);
      await call.press("*");
      expect(phone.texts()).toHaveLength(3);
    },
  );

  it("of sends alone uses up none either", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    const phone = world.sim.twilio.phone(mabel.number);
    world.sim.twilio.faults.add({ route: START, fault: { kind: "status", status: 503 }, times: 8 });

    for (let calls = 0; calls < 8; calls += 1) expect((await phone.dial()).heard()).toEqual([UNAVAILABLE]);

    expect((await phone.dial()).heard()).toEqual([ASKED]);
  });

  it("in which every text is sent and every answer lost sends no more than may be sent", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    const phone = world.sim.twilio.phone(mabel.number);
    world.sim.twilio.faults.add({ route: START, fault: { kind: "answer-lost" } });

    for (let calls = 0; calls < 8; calls += 1) {
      const call = await phone.dial();
      await call.press("*");
      await call.hangUp();
    }

    expect(phone.texts()).toHaveLength(3);
  });
});

describe.each(DIALECTS)("F6: Twilio's REST interface down, on %s", (dialect) => {
  it("keeps nobody out: admission needs none of it", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    for (const route of [
      "GET /2010-04-01/Accounts/:accountSid/Calls/:callSid.json",
      "GET /2010-04-01/Accounts/:accountSid/Conferences.json",
    ]) {
      world.sim.twilio.faults.add({ route, fault: { kind: "status", status: 503 } });
    }

    const [tommys, isabelles] = [await world.join(tommy.number), await world.join(isabelle.number)];
    await world.pass(60_000);

    expect([tommys, isabelles].map((call) => call.state())).toEqual(["in-conference", "in-conference"]);
  });
});
