import { describe, expect, it } from "vitest";
import { aWorld, type Dialect, DIALECTS, PEOPLE, variants, type World } from "../support/confline.ts";
import { alertsIn, codeFor, lastSaid, notThe, textsTo, whoIsIn } from "../support/telephone.ts";

const { isabelle, mabel } = PEOPLE;

const START = "POST /verify/v2/Services/:serviceSid/Verifications";

const CHECK = "POST /verify/v2/Services/:serviceSid/VerificationCheck";

const UNAVAILABLE = "Sorry, we cannot check codes just now. Please call again in a few minutes. Good-bye.";

const LANDLINE = "Sorry, we cannot send a text message to this phone. Please ask a moderator. Good-bye.";

const CANNOT_TEXT = "Sorry, the text message to this phone was refused. Please ask a moderator. Good-bye.";

/** An error as Verify words it. */
function refusal(status: number, code: number) {
  const body = { code, message: "Refused", more_info: `https://www.twilio.com/docs/errors/${code}`, status };
  return { kind: "status", status, body } as const;
}

/** Runs something that a caller waits for, and says how long they really waited. */
async function timed<T>(work: () => Promise<T>): Promise<{ result: T; seconds: number }> {
  const startedAt = performance.now();
  const result = await work();
  return { result, seconds: (performance.now() - startedAt) / 1000 };
}

/** Checks of a number's code that another user of the Verify service makes. */
async function checkElsewhere({ sim, config }: World, number: string, code: string, times: number): Promise<void> {
  const account = `${config.TWILIO_ACCOUNT_SID}:${config.TWILIO_AUTH_TOKEN}`;
  for (let check = 0; check < times; check += 1) {
    await fetch(`${sim.url}/verify/v2/Services/${config.TWILIO_VERIFY_SERVICE_SID}/VerificationCheck`, {
      method: "POST",
      headers: { Authorization: `Basic ${Buffer.from(account).toString("base64")}` },
      body: new URLSearchParams({ To: number, Code: code }),
    });
  }
}

const REFUSALS: [number, number, string][] = [
  [401, 20003, UNAVAILABLE],
  [404, 20404, UNAVAILABLE],
  [429, 20429, UNAVAILABLE],
  [400, 60201, UNAVAILABLE],
  [429, 60202, UNAVAILABLE],
  [429, 60203, UNAVAILABLE],
  [400, 60204, UNAVAILABLE],
  [429, 60207, UNAVAILABLE],
  [400, 60208, UNAVAILABLE],
  [400, 60211, UNAVAILABLE],
  [429, 60212, UNAVAILABLE],
  [400, 60214, UNAVAILABLE],
  [400, 60217, UNAVAILABLE],
  [403, 60223, UNAVAILABLE],
  [500, 20500, UNAVAILABLE],
  [503, 0, UNAVAILABLE],
  [400, 60200, CANNOT_TEXT],
  [400, 60220, CANNOT_TEXT],
  [403, 60238, CANNOT_TEXT],
  [403, 60410, CANNOT_TEXT],
  [403, 60605, CANNOT_TEXT],
  [400, 21211, CANNOT_TEXT],
  [400, 21215, CANNOT_TEXT],
  [400, 21216, CANNOT_TEXT],
  [400, 21408, CANNOT_TEXT],
  [400, 21610, CANNOT_TEXT],
  [400, 21614, LANDLINE],
  [403, 60205, LANDLINE],
];
/** One of each kind is enough to show that PostgreSQL has it too. */
const ONE_OF_EACH_KIND = [20003, 20500, 60200, 60203, 60205];

function refusalsOn(dialect: Dialect): [number, number, string][] {
  return dialect === "sqlite" ? REFUSALS : REFUSALS.filter(([, code]) => ONE_OF_EACH_KIND.includes(code));
}

describe.each(DIALECTS)("a code that Verify refuses to send, on %s", (dialect) => {
  it.each(refusalsOn(dialect))(
    "with HTTP %d and code %d is told to the caller and the channel, and does not count as a text",
    async (...row) => {
      const [status, code, words] = row;
      const world = await aWorld(dialect);
      await world.conf(isabelle.id, `add @mabel ${mabel.number}`);
      const heal = world.sim.twilio.faults.add({ route: START, fault: refusal(status, code) });

      const { result: call, seconds } = await timed(() => world.sim.twilio.phone(mabel.number).dial());
      await world.pass(2000);

      expect(call.heard()).toEqual([words]);
      expect(call.state()).toBe("ended");
      expect(seconds).toBeLessThan(5);
      expect(whoIsIn(world)).toEqual([]);
      expect(alertsIn(world)).toHaveLength(1);
      heal();
      const again = await world.sim.twilio.phone(mabel.number).dial();
      for (const key of ["*", "*", "*"]) await again.press(key);
      expect(textsTo(world, mabel.number)).toBe(3);
    },
  );

  it("because the phone is a landline alerts the channel with what to do", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    world.sim.twilio.verify.landline(mabel.number);

    const call = await world.sim.twilio.phone(mabel.number).dial();
    await world.pass(5000);

    expect(call.heard()).toEqual([LANDLINE]);
    expect(alertsIn(world)).toEqual([expect.stringMatching(/a landline.*\/conf add/is)]);
  });
});

describe.each(DIALECTS)("F7: a check that Verify refuses, on %s", (dialect) => {
  it.each([
    [404, 20404],
    [429, 60202],
  ])("with HTTP %d and code %d is no failure, and brings a new code", async (status, code) => {
    const world = await aWorld(dialect);
    await world.setUp();
    const phone = world.sim.twilio.phone(mabel.number);
    const call = await phone.dial();
    const old = phone.lastCode();
    world.sim.twilio.faults.add({ route: CHECK, fault: refusal(status, code), times: 1 });

    await call.press(notThe(old));

    expect(lastSaid(call)).toBe("That code has run out. We have sent you a new one. Please enter its 6 digits.");
    expect(phone.lastCode()).not.toBe(old);
    await call.press(notThe(phone.lastCode()));
    expect(lastSaid(call)).toMatch(/You have 2 more tries/);
    await call.press(phone.lastCode() ?? "");
    expect(call.state()).toBe("waiting-in-conference");
  });

  it.each(
    variants(dialect, [
      [400, 60200],
      [401, 20003],
      [429, 20429],
      [500, 20500],
    ]),
  )("with HTTP %d and code %d keeps the caller out, and is no failure", async (status, code) => {
    const world = await aWorld(dialect);
    await world.setUp();
    const phone = world.sim.twilio.phone(mabel.number);
    const call = await phone.dial();
    world.sim.twilio.faults.add({ route: CHECK, fault: refusal(status, code), times: 1 });

    await call.press(codeFor(world, mabel.number));

    expect(lastSaid(call)).toBe(UNAVAILABLE);
    expect(whoIsIn(world)).toEqual([]);
    const again = await phone.dial();
    await again.press(notThe(phone.lastCode()));
    expect(lastSaid(again)).toMatch(/You have 2 more tries/);
  });

  it("because somebody used up its checks elsewhere brings a code that is new indeed", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    const phone = world.sim.twilio.phone(mabel.number);
    const call = await phone.dial();
    const old = phone.lastCode() ?? "";
    await checkElsewhere(world, mabel.number, notThe(old), 5);

    await call.press(old);

    expect(lastSaid(call)).toMatch(/We have sent you a new one/);
    await call.press(phone.lastCode() ?? "");
    expect(call.state()).toBe("waiting-in-conference");
  });
});
