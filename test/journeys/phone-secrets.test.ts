import { describe, expect, it } from "vitest";
import { aWorld, DIALECTS, PEOPLE, type World } from "../support/confline.ts";
import { failToVerify, notThe, runSql } from "../support/telephone.ts";

const { isabelle, tommy, mabel, blathers } = PEOPLE;
const STRANGERS = ["+12025550177", "+447700900123"];

/** Comings and goings of every kind, failures and faults. Returns all codes that were ever texted. */
async function everything(world: World): Promise<string[]> {
  await world.setUp();
  for (const number of STRANGERS) await world.sim.twilio.phone(number).dial();
  await world.sim.twilio.phone("+12025550178").dial({ from: "sip:+12025550178@example.org" });
  const tommys = await world.join(tommy.number);
  await world.join(isabelle.number);
  await tommys.press("*");
  await tommys.press("1");
  for (let calls = 0; calls < 2; calls += 1) await (await failToVerify(world, mabel.number, 2)).hangUp();
  await world.sim.twilio.phone(mabel.number).dial();
  const { add } = world.sim.twilio.faults;
  const heal = add({ route: "*", fault: { kind: "refused" } });
  await world.sim.twilio.phone(blathers.number).dial();
  await world.pass(20_000);
  heal();
  const call = await world.sim.twilio.phone(blathers.number).dial();
  await call.press(notThe(world.sim.twilio.verify.codeFor(blathers.number)));
  await runSql(world, ["alter table phone_numbers rename to phone_numbers_away"]);
  await call.press("482913");
  await world.sim.twilio.phone(blathers.number).dial();
  await world.pass(10_000);
  await runSql(world, ["alter table phone_numbers_away rename to phone_numbers"]);
  await world.conf(isabelle.id, "remove Blathers");
  await world.restart();
  await world.pass(20_000);
  const texts = Object.values(PEOPLE).flatMap(({ number }) => world.sim.twilio.phone(number).texts());
  return [...texts.map(({ body }) => /\d{6}/.exec(body)?.[0] ?? ""), "482913"];
}

describe.each(DIALECTS)("T21: a full story, on %s", (dialect) => {
  it("leaves no number, code or token in the log, in Slack, in URLs or in the names of rooms", async () => {
    const world = await aWorld(dialect);
    const codes = await everything(world);
    const numbers = [...Object.values(PEOPLE).map(({ number }) => number), ...STRANGERS, "+12025550178"];
    const { TWILIO_AUTH_TOKEN, SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET } = world.config;
    const secrets = [
      ...numbers.flatMap((number) => [number, number.slice(1), number.slice(-10), number.slice(-7)]),
      ...codes,
      TWILIO_AUTH_TOKEN,
      SLACK_BOT_TOKEN,
      SLACK_SIGNING_SECRET,
    ];
    const { sent, conferences } = world.sim.twilio;
    const shown = {
      log: world.logLines.join("\n"),
      slack: JSON.stringify(world.sim.slack.messages("C0OPS")) + world.channel().join("\n"),
      urls: sent()
        .map(({ url }) => url)
        .join("\n"),
      rooms: JSON.stringify(
        conferences().map(({ name, participants }) => [name, participants.map(({ label }) => label)]),
      ),
    };

    expect(codes.length).toBeGreaterThan(4);
    expect(world.logLines.length).toBeGreaterThan(3);
    for (const [where, text] of Object.entries(shown)) {
      const found = secrets.filter((secret) => text.includes(secret));
      expect({ where, found }).toEqual({ where, found: [] });
    }
  });
});
