import { afterEach, beforeEach, expect, it } from "vitest";
import { account, ISABELLE, PUBLIC_URL, sdkFor, startWorld, TOMMY, twiml, type World } from "./scripted-service.ts";

const DAY_MS = 24 * 3_600_000;

let world: World;

beforeEach(async () => {
  world = await startWorld();
  world.say("/dialed", twiml("<Say>Press 1.</Say>"));
});
afterEach(() => world.close());

const place = (to: string, machineDetection?: "Enable") =>
  sdkFor(world.url).calls.create({
    to,
    from: account.phoneNumber,
    url: `${PUBLIC_URL}/dialed`,
    statusCallback: `${PUBLIC_URL}/progress`,
    ...(machineDetection === undefined ? {} : { machineDetection }),
  });

it("tells a voicemail from a person, to whoever asked for it", async () => {
  world.twilio.phone(TOMMY).when("voicemail");
  world.twilio.phone(ISABELLE).when("answer");

  const toTommy = await place(TOMMY, "Enable");
  await place(ISABELLE, "Enable");
  await world.clock.idle();

  expect(world.receivedAt("/dialed").map(({ To, AnsweredBy }) => [To, AnsweredBy])).toEqual([
    [TOMMY, "machine_start"],
    [ISABELLE, "human"],
  ]);
  expect(await sdkFor(world.url).calls(toTommy.sid).fetch()).toMatchObject({ answeredBy: "machine_start" });
});

it("says nothing of who answered when it was not asked to", async () => {
  world.twilio.phone(TOMMY).when("voicemail");

  await place(TOMMY);
  await world.clock.idle();

  expect(world.receivedAt("/dialed").map(({ AnsweredBy }) => AnsweredBy)).toEqual([undefined]);
});

it("lists the calls to a number since a day, in UTC", async () => {
  const { sid } = await place(TOMMY);
  await place(ISABELLE);
  await world.clock.idle();
  const list = (at: number) => sdkFor(world.url).calls.list({ to: TOMMY, startTimeAfter: new Date(at) });

  expect((await list(world.clock.now() + 60_000)).map((call) => call.sid)).toEqual([sid]);
  expect(await list(world.clock.now() + DAY_MS)).toEqual([]);
});
