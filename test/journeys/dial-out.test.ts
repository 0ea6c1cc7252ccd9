import { describe, expect, it } from "vitest";
import { aWorld, type Dialect, PEOPLE, type World } from "../support/confline.ts";
import { callThem, howCallingStands } from "../support/schedule.ts";
import { alertsIn, everyRow, forge, lastSaid, runSql, textsTo, whoIsIn } from "../support/telephone.ts";

const { isabelle, tommy, mabel, blathers } = PEOPLE;
const ASKED = "This is a call from Confline. You are asked to join a conference call. Press 1 to join.";
const CREATE = "POST /2010-04-01/Accounts/:accountSid/Calls.json";
/** The outbox looks again at the latest after this. */
const LOOK_MS = 5000;

/** Isabelle is on the line, and these people are called. */
async function calling(dialect: Dialect, ...numbers: string[]) {
  const world = await aWorld(dialect);
  await world.setUp();
  const isabelles = await world.join(isabelle.number);
  await callThem(world, numbers);
  return { world, isabelles };
}

const phoneOf = (world: World, number: string) => world.sim.twilio.phone(number);
const callsTo = (world: World, number: string) => phoneOf(world, number).calls();

describe.each<Dialect>(["sqlite", "postgres"])("somebody who is called, on %s", (dialect) => {
  it("is asked in neutral words, presses 1, and is in without a code", async () => {
    const { world, isabelles } = await calling(dialect, mabel.number);
    await world.pass(LOOK_MS);
    expect(phoneOf(world, mabel.number).isRinging()).toBe(true);

    const call = await phoneOf(world, mabel.number).answer();
    expect(call.heard()).toEqual([ASKED]);
    await call.press("1");
    await world.pass();

    expect(whoIsIn(world)).toEqual([[isabelles.callSid, call.callSid]]);
    expect(textsTo(world, mabel.number)).toBe(0);
    expect(await howCallingStands(world)).toEqual(["joined"]);
    await call.press("*");
    await call.press("1");
    expect(call.state()).toBe("in-conference");
    expect(alertsIn(world)).toEqual([]);
    expect(await world.conf(isabelle.id, "log")).toMatch(/We called mabel/);
  });

  it("declines by hanging up, by silence, or by another key: no failure, no alert", async () => {
    const { world, isabelles } = await calling(dialect, tommy.number, mabel.number, blathers.number);
    await world.pass(LOOK_MS + 2000);

    await (await phoneOf(world, tommy.number).answer()).hangUp();
    const mabels = await phoneOf(world, mabel.number).answer();
    const blatherss = await phoneOf(world, blathers.number).answer();
    await blatherss.press("2");
    await blatherss.press("3");
    await world.pass(25_000);

    expect(mabels.heard().slice(1)).toEqual([expect.stringMatching(/Press 1 to join, or hang up\.$/), "Good-bye."]);
    expect(await howCallingStands(world)).toEqual(["declined", "declined", "declined"]);
    expect(whoIsIn(world)).toEqual([[isabelles.callSid]]);
    expect(alertsIn(world)).toEqual([]);
  });

  it("is not let in when their voicemail answers, and it is not spoken to", async () => {
    const { world, isabelles } = await calling(dialect, mabel.number);
    phoneOf(world, mabel.number).when("voicemail");
    await world.pass(LOOK_MS + 60_000);

    const calls = callsTo(world, mabel.number);
    expect(calls.map((call) => call.heard())).toEqual([[expect.stringMatching(/^\(voicemail\)/)]]);
    expect(whoIsIn(world)).toEqual([[isabelles.callSid]]);
    expect(await howCallingStands(world)).toEqual(["voicemail"]);
  });

  it("is tried once more half a minute after a busy line, and let in then", async () => {
    const { world } = await calling(dialect, mabel.number);
    phoneOf(world, mabel.number).when("decline");
    await world.pass(LOOK_MS);
    expect(await howCallingStands(world)).toEqual(["waiting"]);

    phoneOf(world, mabel.number).when("ring");
    await world.pass(32_000);
    await (await phoneOf(world, mabel.number).answer()).press("1");

    const [first = 0, second = 0] = callsTo(world, mabel.number).map((call) => call.timeline()[0]?.at ?? 0);
    expect(second - first).toBeGreaterThanOrEqual(30_000);
    expect(await howCallingStands(world)).toEqual(["joined"]);
  });

  it("is tried twice in all when nobody answers, though every callback is lost", async () => {
    const { world } = await calling(dialect, mabel.number);
    world.sim.twilio.callbacks.set({ loseAll: true });

    await world.pass(5 * 60_000);

    expect(callsTo(world, mabel.number)).toHaveLength(2);
    expect(await howCallingStands(world)).toEqual(["no-answer"]);
  });

  it("is not tried again when their number cannot be reached", async () => {
    const { world } = await calling(dialect, mabel.number);
    world.sim.twilio.faults.add({ route: CREATE, fault: { kind: "status", status: 400, body: { code: 21_211 } } });

    await world.pass(60_000);

    expect(await howCallingStands(world)).toEqual(["failed"]);
  });
});

describe.each<Dialect>(["sqlite", "postgres"])("people who are called, on %s", (dialect) => {
  it("are called one a second, in order", async () => {
    const { world } = await calling(dialect, blathers.number, tommy.number, mabel.number);

    await world.pass(10_000);

    const calls = world.sim.twilio.calls().filter(({ direction }) => direction === "outbound-api");
    expect(calls.map(({ number }) => number)).toEqual([blathers.number, tommy.number, mabel.number]);
    const at = calls.map(({ timeline }) => timeline[0]?.at ?? 0);
    expect([(at[1] ?? 0) - (at[0] ?? 0), (at[2] ?? 0) - (at[1] ?? 0)]).toEqual([1000, 1000]);
  });

  it("are not called who dialled in meanwhile, or were taken off the roster; a changed number is the one that rings", async () => {
    const { world } = await calling(dialect);
    await callThem(world, [tommy.number, mabel.number, blathers.number], 10_000);
    await world.join(tommy.number);
    await world.conf(isabelle.id, "remove @mabel");
    await world.conf(isabelle.id, "add Blathers +12025550177");

    await world.pass(LOOK_MS + 10_000);

    expect(await howCallingStands(world)).toEqual(["not-needed", "not-needed", "calling"]);
    expect(callsTo(world, mabel.number)).toEqual([]);
    expect(phoneOf(world, blathers.number).isRinging()).toBe(false);
    expect(phoneOf(world, "+12025550177").isRinging()).toBe(true);
  });

  it("are left alone when the call is over: phones stop ringing, and the rest do not begin", async () => {
    const { world, isabelles } = await calling(dialect, tommy.number);
    await callThem(world, [mabel.number], 70_000);
    await world.pass(LOOK_MS);
    await world.conf(isabelle.id, "set grace 0");
    const wasRinging = phoneOf(world, tommy.number).isRinging();

    await isabelles.hangUp();
    await world.pass(1000);

    expect(wasRinging).toBe(true);
    expect(phoneOf(world, tommy.number).isRinging()).toBe(false);
    expect(await howCallingStands(world)).toEqual(["not-needed", "not-needed"]);
    await world.pass(80_000);
    expect(callsTo(world, mabel.number)).toEqual([]);
  });
});

describe.each<Dialect>(["sqlite", "postgres"])("who presses 1, on %s", (dialect) => {
  it.each<[string, (world: World) => Promise<unknown>, RegExp]>([
    ["was taken off the roster meanwhile", (world) => world.conf(isabelle.id, "remove @mabel"), /You were taken off/],
    [
      "has another number now",
      (world) => world.conf(isabelle.id, "add @mabel +12025550177"),
      /You were taken off this call/,
    ],
    [
      "is locked out now",
      (world) =>
        runSql(world, [
          `insert into lockouts (team_id, conference_id, phone_number, failures, locked_until)
           select team_id, id, '${mabel.number}', 10, ${world.clock.now() + 60_000} from conferences`,
        ]),
      /too many wrong codes/,
    ],
  ])("is not let in who %s", async (_what, happen, words) => {
    const { world, isabelles } = await calling(dialect, mabel.number);
    await world.pass(LOOK_MS);
    const call = await phoneOf(world, mabel.number).answer();
    // Twilio is slow to hang up.
    world.sim.twilio.faults.add({
      route: "POST /2010-04-01/Accounts/:accountSid/Calls/:callSid.json",
      fault: { kind: "status", status: 503 },
    });

    await happen(world);
    await call.press("1");

    expect(lastSaid(call)).toMatch(words);
    expect(whoIsIn(world)).toEqual([[isabelles.callSid]]);
    expect(alertsIn(world)).toEqual([]);
  });

  it("is not let in on a call that somebody else made, whatever the path says", async () => {
    const { world, isabelles } = await calling(dialect, mabel.number);
    await world.pass(LOOK_MS);
    const stranger = await phoneOf(world, "+12025550188").dial();
    const tommys = await phoneOf(world, tommy.number).dial();
    const id = await idOfTheCall(world);

    for (const { callSid } of [stranger, tommys, { callSid: `CA${"0".repeat(32)}` }]) {
      for (const path of [`dialed/${id}/1`, "press/1", "press/2", `dialed/${id}/2`]) {
        const { status, body } = await forge(world, path, { CallSid: callSid, To: mabel.number, Digits: "1" });
        expect([status, body.includes("<Dial") || body.includes("Confline")]).toEqual([200, false]);
      }
    }

    expect(whoIsIn(world)).toEqual([[isabelles.callSid]]);
    expect(await howCallingStands(world)).toEqual(["calling"]);
  });
});

describe.each<Dialect>(["sqlite", "postgres"])("calling somebody goes on, on %s", (dialect) => {
  it("over a restart between placing the call and the answer", async () => {
    const { world, isabelles } = await calling(dialect, mabel.number);
    await world.pass(LOOK_MS);

    await world.restart();
    const call = await phoneOf(world, mabel.number).answer();
    await world.restart();
    await call.press("1");
    await world.pass();

    expect(whoIsIn(world)).toEqual([[isabelles.callSid, call.callSid]]);
  });

  it("when Twilio's answer to our asking was lost, with one call all the same", async () => {
    const { world } = await calling(dialect, mabel.number);
    world.sim.twilio.callbacks.set({ loseAll: true });
    world.sim.twilio.faults.add({ route: CREATE, fault: { kind: "answer-lost" }, times: 1 });

    await world.pass(LOOK_MS + 15_000);
    expect(callsTo(world, mabel.number)).toHaveLength(1);
    await (await phoneOf(world, mabel.number).answer()).press("1");

    expect(await howCallingStands(world)).toEqual(["joined"]);
    expect(callsTo(world, mabel.number)).toHaveLength(1);
  });

  it("when Twilio never got our asking, with one call as well", async () => {
    const { world } = await calling(dialect, mabel.number);
    world.sim.twilio.faults.add({ route: CREATE, fault: { kind: "refused" }, times: 1 });

    await world.pass(LOOK_MS + 15_000);

    expect(callsTo(world, mabel.number)).toHaveLength(1);
    expect(await howCallingStands(world)).toEqual(["calling"]);
  });

  it("when everything is told three times, late and out of order", async () => {
    const { world, isabelles } = await calling(dialect, tommy.number, mabel.number);
    world.sim.twilio.callbacks.set({ repeat: 3, shuffle: true, repeatVoice: 2 });
    phoneOf(world, tommy.number).when("decline");
    await world.pass(LOOK_MS + 5000);

    const call = await phoneOf(world, mabel.number).answer();
    await call.press("1");
    await world.pass(60_000);

    expect(await howCallingStands(world)).toEqual(["busy", "joined"]);
    expect(callsTo(world, tommy.number)).toHaveLength(2);
    expect(whoIsIn(world)).toEqual([[isabelles.callSid, call.callSid]]);
  });
});

async function idOfTheCall(world: World): Promise<string> {
  const [row] = (await everyRow(world))["dial_outs"] ?? [];
  return typeof row === "object" && row !== null && "id" in row ? String(row.id) : "";
}
