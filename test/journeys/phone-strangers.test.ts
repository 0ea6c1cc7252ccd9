import { describe, expect, it } from "vitest";
import { aWorld, BOARD, DIALECTS, OPS, PEOPLE } from "../support/confline.ts";
import { alertsIn, ASKED, textsTo, whoIsIn } from "../support/telephone.ts";

const { isabelle, tommy, mabel } = PEOPLE;
const STRANGER = "+12025550177";
const NOT_RECOGNISED = "Sorry, I don't recognise the number you're calling from. Good-bye.";

describe.each(DIALECTS)("a caller whom nobody knows, on %s", (dialect) => {
  it("hears so and good-bye, and the line's own channel is alerted once", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    await world.setUp(BOARD);

    const call = await world.sim.twilio.phone(STRANGER).dial();
    await world.pass(10_000);

    expect(call.heard()).toEqual([NOT_RECOGNISED]);
    expect(call.state()).toBe("ended");
    expect(textsTo(world, STRANGER)).toBe(0);
    expect(alertsIn(world, OPS)).toEqual([expect.stringMatching(/on no roster/)]);
    expect(alertsIn(world, OPS)[0]).toContain("•••• 77");
    expect(alertsIn(world, BOARD)).toEqual([]);
  });

  it("is counted with the others when more than five come in a minute", async () => {
    const world = await aWorld(dialect);
    await world.setUp();

    for (let caller = 0; caller < 12; caller += 1) await world.sim.twilio.phone(`+120255502${caller + 10}`).dial();
    await world.pass(30_000);

    const alerts = alertsIn(world);
    expect(alerts).toHaveLength(5);
    expect(alerts.filter((alert) => /\d+ calls from numbers on no roster/.test(alert))).toHaveLength(1);
  });
});

const NOBODY = [
  "",
  "anonymous",
  "Anonymous",
  "RESTRICTED",
  "unknown",
  "+266696687",
  "+1266696687",
  "+7378742833",
  "+86282452253",
  "client:mabel",
  "sip:+12025550112@example.org",
  "sip:12025550112@example.org",
  "2025550112",
  "12025550112",
  "0012025550112",
  "+99912025550112",
  "+120255501121",
  "+1202555011",
  "+1 202 555 0112",
  "＋12025550112",
  "+１２０２５５５０１１２",
  "\u202E+12025550112",
  "\u200F+12025550112",
  "+12025550112 ",
  "+12025550112;ext=1",
  "+12025550112\n",
];

describe.each(DIALECTS)("T7: a caller ID, on %s", (dialect) => {
  it("that is not exactly the number is nobody, though Mabel is on the roster", async () => {
    const world = await aWorld(dialect);
    await world.conf(isabelle.id, `add @mabel ${mabel.number}`);

    for (const from of NOBODY) {
      const call = await world.sim.twilio.phone("+12025550176").dial({ from });
      expect(call.heard(), JSON.stringify(from)).toEqual([NOT_RECOGNISED]);
      expect(call.state()).toBe("ended");
    }

    expect(textsTo(world, mabel.number)).toBe(0);
    expect(whoIsIn(world)).toEqual([]);
  });

  it.each(["anonymous", "sip:mabel@example.org"])("%j is told to the channel as no number", async (from) => {
    const world = await aWorld(dialect);
    await world.setUp();

    await world.sim.twilio.phone("+12025550176").dial({ from });
    await world.pass(5000);

    expect(alertsIn(world)).toEqual([expect.stringMatching(/number withheld or malformed/i)]);
  });

  it("too long to be one, or given twice, is refused without a word of who is known", async () => {
    const world = await aWorld(dialect);
    await world.setUp();

    const call = await world.sim.twilio.phone("+12025550176").dial({ from: "9".repeat(300) });

    expect(call.state()).toBe("ended");
    expect(call.heard().join(" ")).toMatch(/^Sorry,/);
  });
});

describe.each(DIALECTS)("T6, T20: what is said before the code, on %s", (dialect) => {
  it("names nobody, and is the same for everybody on a roster, for one roster or several", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    await world.conf(isabelle.id, `add @tommy ${tommy.number}`, BOARD);
    const numbers = [isabelle, tommy, mabel, PEOPLE.blathers].map(({ number }) => number);

    const heard = [];
    for (const number of numbers) heard.push((await world.sim.twilio.phone(number).dial()).heard());

    expect(heard).toEqual(numbers.map(() => [ASKED]));
    expect(heard.join(" ")).not.toMatch(/isabelle|tommy|mabel|blathers|ops|board/i);
  });

  it("is the same words when tries fail, whoever is claimed", async () => {
    const world = await aWorld(dialect);
    await world.setUp();

    const heard = [];
    for (const { number } of [tommy, mabel]) {
      const phone = world.sim.twilio.phone(number);
      const call = await phone.dial();
      for (const keys of ["000000", "12*", "*"]) await call.press(keys);
      heard.push(call.heard());
    }

    expect(heard[0]).toEqual(heard[1]);
    expect(heard.join(" ")).not.toMatch(/isabelle|tommy|mabel|blathers|ops/i);
  });
});
