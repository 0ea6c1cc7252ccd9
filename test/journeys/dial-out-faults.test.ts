import { describe, expect, it } from "vitest";
import { DIALECTS, PEOPLE, variants, type World } from "../support/confline.ts";
import { calling, CREATE_CALL, howCallingStands, LOOK_MS } from "../support/schedule.ts";
import { alertsIn, everyRow, forge, lastSaid, runSql, whoIsIn } from "../support/telephone.ts";

const { isabelle, tommy, mabel } = PEOPLE;

const phoneOf = (world: World, number: string) => world.sim.twilio.phone(number);
const callsTo = (world: World, number: string) => phoneOf(world, number).calls();

describe.each(DIALECTS)("who presses 1, on %s", (dialect) => {
  it.each<[string, (world: World) => Promise<unknown>, RegExp]>(
    variants(dialect, [
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
    ]),
  )("is not let in who %s", async (_what, happen, words) => {
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

describe.each(DIALECTS)("calling somebody goes on, on %s", (dialect) => {
  it.each(
    variants(dialect, [
      ["before anybody is called"],
      ["when Twilio was asked and nobody heard its answer"],
      ["while phones ring"],
      ["when somebody picked up"],
      ["between a busy line and the second try"],
      ["while a phone rings for the second time"],
    ]),
  )("over a restart %s", async (moment) => {
    const { world, isabelles } = await calling(dialect, tommy.number, mabel.number);
    const comeTo = async (here: string) => (here === moment ? world.restart() : undefined);
    const isUnheard = moment.startsWith("when Twilio was asked");
    if (isUnheard) world.sim.twilio.faults.add({ route: CREATE_CALL, fault: { kind: "answer-lost" }, times: 1 });
    world.sim.twilio.callbacks.set({ loseAll: isUnheard });

    await comeTo("before anybody is called");
    await world.pass(LOOK_MS + 2000);
    await comeTo("when Twilio was asked and nobody heard its answer");
    world.sim.twilio.callbacks.set({ loseAll: false });
    await world.pass(10_000);
    await comeTo("while phones ring");
    await phoneOf(world, tommy.number).decline();
    const mabels = await phoneOf(world, mabel.number).answer();
    await comeTo("when somebody picked up");
    await mabels.press("1");
    await comeTo("between a busy line and the second try");
    await world.pass(32_000);
    await comeTo("while a phone rings for the second time");
    const tommys = await phoneOf(world, tommy.number).answer();
    await tommys.press("1");
    await world.pass();

    expect(whoIsIn(world)).toEqual([[isabelles.callSid, mabels.callSid, tommys.callSid]]);
    expect([callsTo(world, tommy.number), callsTo(world, mabel.number)].map(({ length }) => length)).toEqual([2, 1]);
    expect(await howCallingStands(world)).toEqual(["joined", "joined"]);
    expect(alertsIn(world)).toEqual([]);
  });

  it("when Twilio's answer to our asking was lost, with one call all the same", async () => {
    const { world } = await calling(dialect, mabel.number);
    world.sim.twilio.callbacks.set({ loseAll: true });
    world.sim.twilio.faults.add({ route: CREATE_CALL, fault: { kind: "answer-lost" }, times: 1 });

    await world.pass(LOOK_MS + 15_000);
    expect(callsTo(world, mabel.number)).toHaveLength(1);
    await (await phoneOf(world, mabel.number).answer()).press("1");

    expect(await howCallingStands(world)).toEqual(["joined"]);
    expect(callsTo(world, mabel.number)).toHaveLength(1);
  });

  it.each<[string, (world: World) => Promise<unknown>]>(
    variants(dialect, [
      ["set forward", async ({ clock }) => clock.jump(60_000)],
      [
        "set forward while the service was restarted",
        async (world) => {
          world.clock.jump(60_000);
          await world.restart();
        },
      ],
    ]),
  )("when Twilio calls late and the clock is %s, with one call all the same", async (_what, happen) => {
    const { world } = await calling(dialect, mabel.number);
    world.sim.twilio.callbacks.set({ loseAll: true });
    world.sim.twilio.faults.add({ route: CREATE_CALL, fault: { kind: "late-effect", delayMs: 9000 }, times: 1 });
    await world.pass(LOOK_MS);

    await happen(world);
    await world.pass(15_000);

    expect(callsTo(world, mabel.number)).toHaveLength(1);
    expect(await howCallingStands(world)).toEqual(["calling"]);
  });

  it("when Twilio never got our asking, with one call as well", async () => {
    const { world } = await calling(dialect, mabel.number);
    world.sim.twilio.faults.add({ route: CREATE_CALL, fault: { kind: "refused" }, times: 1 });

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
