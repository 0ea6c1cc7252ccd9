import { describe, expect, it } from "vitest";
import { aWorld, type Dialect, DIALECTS, PEOPLE, type World } from "../support/confline.ts";
import { alertsIn, codeFor, lastSaid, notThe, whoIsIn } from "../support/telephone.ts";

const { isabelle, tommy, mabel, blathers } = PEOPLE;

type Mode = Parameters<World["sim"]["twilio"]["callbacks"]["set"]>[0];

/** Comings, goings, a visit to the menu, somebody muted, somebody who dials in again; ends with three on the call. */
async function story(world: World): Promise<void> {
  const tommys = await world.join(tommy.number);
  await world.join(isabelle.number);
  const mabels = await world.join(mabel.number);
  await world.pass(7000);
  await tommys.press("*");
  await world.pass(3000);
  await tommys.press("1");
  await mabels.hangUp();
  await world.pass(4000);
  const blatherss = await world.join(blathers.number);
  await world.pass(4000);
  await mute(world, tommys.callSid);
  await blatherss.hangUp();
  await world.pass(1000);
  await world.join(blathers.number);
}

/** Mutes somebody as a person at Twilio's console would. */
async function mute({ sim, config }: World, callSid: string): Promise<void> {
  const room = sim.twilio.conferences().find(({ status }) => status === "in-progress");
  const account = `${config.TWILIO_ACCOUNT_SID}:${config.TWILIO_AUTH_TOKEN}`;
  const path = `2010-04-01/Accounts/${config.TWILIO_ACCOUNT_SID}/Conferences/${room?.sid}/Participants/${callSid}.json`;
  const response = await fetch(`${sim.url}/${path}`, {
    method: "POST",
    headers: { Authorization: `Basic ${Buffer.from(account).toString("base64")}` },
    body: new URLSearchParams({ Muted: "true" }),
  });
  if (!response.ok) throw new Error(`Twilio said ${response.status}`);
}

/** Who is on and how, without the minute since when. */
async function who(world: World): Promise<string[]> {
  const shown = await world.conf(isabelle.id, "who");
  return shown
    .replaceAll(/ · since \d+:\d+ [AP]M/g, "")
    .split("\n")
    .slice(2)
    .sort();
}

const EXPECTED = [
  "Missing: mabel.",
  "On the call (3)",
  "• Blathers · the carrier says nothing about the number",
  "• isabelle · moderator · the carrier says nothing about the number",
  "• tommy · muted · the carrier says nothing about the number",
].sort();

const MODES: [string, Mode, Dialect][] = [
  ["as they should", {}, "sqlite"],
  ["as they should", {}, "postgres"],
  ["three times over", { repeat: 3 }, "sqlite"],
  ["three times over", { repeat: 3 }, "postgres"],
  ["in any order", { shuffle: true, delayMs: 8000 }, "sqlite"],
  ["in any order and three times over", { shuffle: true, delayMs: 8000, repeat: 3 }, "postgres"],
  ["twenty seconds late", { delayMs: 20_000 }, "sqlite"],
  ["twenty seconds late", { delayMs: 20_000 }, "postgres"],
  ["only every other one", { loseEvery: 2 }, "sqlite"],
  ["only two of three, in any order", { loseEvery: 3, shuffle: true }, "postgres"],
  ["never", { loseAll: true }, "sqlite"],
  ["never", { loseAll: true }, "postgres"],
];

describe.each(MODES.filter(([, , dialect]) => DIALECTS.includes(dialect)))(
  "callbacks that arrive %s (%j, on %s)",
  (_, mode, dialect) => {
    it("end in the same live roster as the room has, within a minute", async () => {
      const world = await aWorld(dialect);
      await world.setUp();
      world.sim.twilio.callbacks.set(mode);

      await story(world);
      await world.pass(60_000);

      expect(whoIsIn(world)[0]).toHaveLength(3);
      expect(await who(world)).toEqual(EXPECTED);
    });
  },
);

describe.each(DIALECTS)("F9–F11: callbacks lost, on %s", (dialect) => {
  it("do not hide who waits in a room that has not started", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    world.sim.twilio.callbacks.set({ loseAll: true });

    await world.join(tommy.number);
    await world.pass(20_000);

    expect(await world.conf(isabelle.id, "who")).toMatch(/Waiting \(1\)/);
  });

  it("still start a grace time when the last moderator hangs up, and end the session", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    world.sim.twilio.callbacks.set({ loseAll: true });
    const tommys = await world.join(tommy.number);
    const isabelles = await world.join(isabelle.number);
    await world.pass(20_000);

    await isabelles.hangUp();
    await world.pass(25_000);
    expect(lastSaid(tommys)).toMatch(/^The last moderator has left/);
    await world.pass(65_000);

    expect(tommys.state()).toBe("ended");
  });
});

describe.each(DIALECTS)("voice webhooks that Twilio sends three times at once, on %s", (dialect) => {
  it("have one effect: one text, one failure, one session, one alert", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    world.sim.twilio.callbacks.set({ repeatVoice: 3 });
    const phone = world.sim.twilio.phone(mabel.number);

    const call = await phone.dial();
    expect(phone.texts()).toHaveLength(1);
    await call.press("*");
    expect(phone.texts()).toHaveLength(2);
    await call.press(notThe(codeFor(world, mabel.number)));
    expect(lastSaid(call)).toMatch(/You have 2 more tries/);
    await world.pass(3000);
    expect(alertsIn(world)).toEqual([expect.stringMatching(/1 wrong code,/)]);
    await call.press(codeFor(world, mabel.number));
    await call.press("*");
    await call.press("1");
    await world.pass(20_000);

    expect(whoIsIn(world)).toEqual([[call.callSid]]);
    expect(call.timeline().filter(({ what }) => what.startsWith("error"))).toEqual([]);
    expect(new Set(world.sim.twilio.conferences().map(({ name }) => name)).size).toBe(1);
  });
});
