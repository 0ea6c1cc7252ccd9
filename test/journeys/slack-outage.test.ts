import { describe, expect, it } from "vitest";
import type { Fault } from "../../src/simulator/faults.ts";
import { aWorld, BOARD, type Dialect, DIALECTS, OPS, PEOPLE, variants, type World } from "../support/confline.ts";
import { alertsIn, askedAt, failedCall, POST, readiness } from "../support/slack-stories.ts";

const { isabelle, tommy, mabel, blathers } = PEOPLE;
const SECOND = 1000;
const MINUTE = 60_000;
const EVERYTHING = "*";

/** Puts guests on the roster, each with a number of their own. */
async function addGuests(world: World, count: number): Promise<{ name: string; number: string }[]> {
  const guests = Array.from({ length: count }, (_, index) => ({
    name: `Villager ${String.fromCharCode(65 + index)}`,
    number: `+1202555${String(1000 + index)}`,
  }));
  for (const { name, number } of guests) await world.conf(isabelle.id, `add "${name}" ${number}`);
  return guests;
}

const OUTAGES: [string, Fault, Dialect][] = [
  ["answers 503", { kind: "status", status: 503 }, "sqlite"],
  ["answers 503", { kind: "status", status: 503 }, "postgres"],
  ["drops the connection", { kind: "refused" }, "sqlite"],
  ["does what it is asked and never says so", { kind: "answer-lost" }, "sqlite"],
];

describe("F1: Slack being down for ten minutes", () => {
  it.each(OUTAGES.filter(([, , dialect]) => DIALECTS.includes(dialect)))(
    "tells of every failed call, once and within a minute, when it %s",
    async (_, fault, dialect) => {
      const world = await aWorld(dialect);
      await world.setUp();
      const guests = await addGuests(world, 13);
      const recover = world.sim.slack.faults.add({ route: EVERYTHING, fault });

      for (const [index, { number }] of guests.entries()) {
        await failedCall(world, number);
        await world.pass(index === 0 ? 9 * MINUTE : 5 * SECOND);
      }
      recover();
      await world.pass(MINUTE);

      const alerts = alertsIn(world).map(({ text }) => text);
      for (const { name } of guests) {
        expect(alerts.filter((text) => text.includes(`${name}'s`) || text.includes(`${name} (`))).toHaveLength(1);
      }
      expect(alerts.length).toBeLessThanOrEqual(10);
    },
  );
});

describe.each(DIALECTS)("F1: while Slack is down, on %s", (dialect) => {
  it("the telephone goes on, and the card tells the truth afterwards", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    const recover = world.sim.slack.faults.add({ route: EVERYTHING, fault: { kind: "status", status: 500 } });

    const tommys = await world.join(tommy.number);
    const isabelles = await world.join(isabelle.number);
    expect([tommys.state(), isabelles.state()]).toEqual(["in-conference", "in-conference"]);
    await world.pass(2 * MINUTE);
    await tommys.hangUp();
    recover();
    await world.pass(MINUTE);

    const [card, ...thread] = world.channel();
    expect(card).toMatch(/Live since[\s\S]*On the call \(1\)\n• isabelle/);
    expect(thread.join("\n")).toMatch(/> tommy and isabelle joined\. The call started\.|> isabelle and tommy joined/);
    expect(thread.join("\n")).toMatch(/tommy left/);
    expect(world.channel().filter((line) => /Live since/.test(line))).toHaveLength(1);
  });

  it("the log says so, and not once a second", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    world.sim.slack.faults.add({ route: EVERYTHING, fault: { kind: "status", status: 503 } });

    await world.join(tommy.number);
    await world.pass(2 * MINUTE);

    const warnings = world.logLines.filter((line) => line.includes("not delivered"));
    expect(warnings.length).toBeGreaterThan(0);
    expect(warnings.length).toBeLessThan(30);
  });
});

const REFUSALS = [
  "channel_not_found",
  "is_archived",
  "not_in_channel",
  "restricted_action",
  "invalid_blocks",
  "msg_too_long",
  "missing_scope",
  "some_error_of_tomorrow",
];
const REFUSALS_ON_BOTH = DIALECTS.flatMap((dialect) =>
  variants(dialect, REFUSALS).map((error): [string, Dialect] => [error, dialect]),
);

describe.each(REFUSALS_ON_BOTH)("F34: a post that Slack refuses with %s, on %s", (error, dialect) => {
  it("is set aside and counted, and keeps nobody else waiting", async () => {
    const world = await aWorld(dialect);
    await world.setUp(OPS);
    await world.conf(isabelle.id, `add @tommy ${tommy.number}`, BOARD);
    const body = { ok: false, error };
    world.sim.slack.faults.add({ route: POST, fault: { kind: "status", status: 200, body }, times: 1 });

    await failedCall(world, tommy.number);
    await world.pass(5 * SECOND);
    const refusedIn = world.sim.slack.calls().find(({ method }) => method === "chat.postMessage")?.channel;
    expect(await readiness(world)).toEqual({ status: 200, body: expect.objectContaining({ parkedEffects: 1 }) });
    expect(alertsIn(world, refusedIn === OPS ? BOARD : OPS)).toHaveLength(1);
  });
});

describe.each(DIALECTS)("F5, F34: a channel that is shut to us, on %s", (dialect) => {
  const shut: [string, (world: World) => unknown, (world: World) => unknown, RegExp][] = [
    ["archived", (w) => w.sim.slack.archive(BOARD), (w) => w.sim.slack.unarchive(BOARD), /is archived/],
    ["left", (w) => w.sim.slack.kickApp(BOARD), (w) => w.sim.slack.inviteApp(BOARD), /\/invite @Confline/],
  ];

  async function aBoardThatIs(shutIt: (world: World) => unknown): Promise<World> {
    const world = await aWorld(dialect);
    await world.setUp(OPS);
    await world.conf(isabelle.id, `add @celeste ${PEOPLE.celeste.number}`, BOARD);
    await shutIt(world);
    return world;
  }

  it.each(shut)("%s: the line's own channel is told once, and other channels go on", async (_, shutIt, __, words) => {
    const world = await aBoardThatIs(shutIt);

    for (let call = 0; call < 3; call += 1) await failedCall(world, PEOPLE.celeste.number);
    await failedCall(world, mabel.number);
    await world.pass(30 * SECOND);

    const troubles = world.channel().filter((text) => /could not be posted/.test(text));
    expect(troubles).toHaveLength(1);
    expect(troubles[0]).toMatch(/3 messages could not be posted/);
    expect(troubles[0]).toMatch(words);
    expect(alertsIn(world)).toHaveLength(1);
    expect(await readiness(world)).toEqual({ status: 200, body: expect.objectContaining({ parkedEffects: 3 }) });
  });

  it.each(variants(dialect, shut))(
    "%s: what waited is told once it is open and a command is typed there",
    async (_, shutIt, open) => {
      const world = await aBoardThatIs(shutIt);
      await failedCall(world, PEOPLE.celeste.number);
      await world.pass(5 * SECOND);

      await open(world);
      await world.conf(isabelle.id, "who", BOARD);
      await world.pass(30 * SECOND);

      expect(alertsIn(world, BOARD)).toHaveLength(1);
      expect(world.channel().join("\n")).toMatch(/all settled/);
      expect(await readiness(world)).toMatchObject({ body: { parkedEffects: 0 } });
    },
  );

  it.each(variants(dialect, shut))(
    "%s: what waited is told once anything else gets through",
    async (_, shutIt, open) => {
      const world = await aBoardThatIs(shutIt);
      await failedCall(world, PEOPLE.celeste.number);
      await failedCall(world, PEOPLE.celeste.number);
      await world.pass(5 * SECOND);

      await open(world);
      await failedCall(world, PEOPLE.celeste.number);
      await world.pass(30 * SECOND);

      expect(alertsIn(world, BOARD)).toHaveLength(3);
      expect(await readiness(world)).toMatchObject({ body: { parkedEffects: 0 } });
    },
  );

  it("is not asked for the thread of a card that it refused", async () => {
    const world = await aBoardThatIs((w) => w.sim.slack.kickApp(BOARD));
    await world.conf(isabelle.id, `add Wisp +12025550199`, BOARD);

    const call = await world.join(PEOPLE.celeste.number);
    await world.pass(MINUTE);
    const asked = askedAt(world, "chat.postMessage", BOARD).length;
    await world.pass(2 * MINUTE);
    expect(askedAt(world, "chat.postMessage", BOARD)).toHaveLength(asked);

    await world.sim.slack.inviteApp(BOARD);
    await call.hangUp();
    await world.pass(MINUTE);
    expect(world.channel(BOARD).join("\n")).toMatch(
      /Over[\s\S]*> celeste joined[\s\S]*> celeste left|Over[\s\S]*joined/,
    );
  });

  it("counts each message once, however often it would have been edited", async () => {
    const world = await aBoardThatIs((w) => w.sim.slack.kickApp(BOARD));
    const call = await world.sim.twilio.phone(PEOPLE.celeste.number).dial();
    for (const code of ["000000", "000001", "000002"]) {
      await call.press(code);
      await world.pass(3 * SECOND);
    }

    expect(await readiness(world)).toMatchObject({ body: { parkedEffects: 1 } });
  });
});

describe.each(DIALECTS)("a message that somebody deleted, on %s", (dialect) => {
  it("is left alone", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    const call = await world.sim.twilio.phone(mabel.number).dial();
    await call.press("000000");
    await world.pass(SECOND);
    const body = { ok: false, error: "message_not_found" };
    world.sim.slack.faults.add({ route: "POST /slack/api/chat.update", fault: { kind: "status", status: 200, body } });

    await call.press("000001");
    await world.pass(MINUTE);

    expect(await readiness(world)).toMatchObject({ body: { parkedEffects: 0 } });
    expect(alertsIn(world)).toHaveLength(1);
  });
});

describe.each(DIALECTS)("F5: a token that is revoked, on %s", (dialect) => {
  it("crashes nothing, refuses commands politely, and tells all once there is a good one", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    await world.sim.slack.revokeToken();

    await failedCall(world, blathers.number);
    const call = await world.join(isabelle.number);
    await world.pass(MINUTE);
    expect(await world.conf(isabelle.id, "remove @mabel")).toMatch(/could not tell me who you are/);
    expect(await world.conf(isabelle.id, "list")).toMatch(/mabel/);
    expect(await readiness(world)).toMatchObject({ status: 200 });
    expect(call.state()).not.toBe("ended");

    world.sim.slack.restoreToken();
    await world.restart();
    await world.pass(MINUTE);
    expect(alertsIn(world)).toHaveLength(1);
    expect(world.channel().join("\n")).toMatch(/isabelle joined/);
    expect(await readiness(world)).toMatchObject({ body: { parkedEffects: 0 } });
  });
});
