import { describe, expect, it } from "vitest";
import type { Fault } from "../../src/simulator/faults.ts";
import { aWorld, BOARD, DIALECTS, OPS, PEOPLE, type World } from "../support/confline.ts";
import {
  alertsIn,
  askedAt,
  failedCall,
  HISTORY,
  mostInAMinute,
  POST,
  shortestGapMs,
  UPDATE,
} from "../support/slack-stories.ts";

const { isabelle, tommy, mabel, blathers, celeste } = PEOPLE;
const SECOND = 1000;
const MINUTE = 60_000;

/** Calls until the limit of texts: every further one fails at once. */
async function failedCalls(world: World, count: number): Promise<void> {
  for (let call = 0; call < count; call += 1) await failedCall(world, mabel.number);
}

describe.each(DIALECTS)("F3: the pace of posts, on %s", (dialect) => {
  it("is one a second in a channel, whatever there is to tell", async () => {
    const world = await aWorld(dialect);
    await world.setUp();

    await failedCalls(world, 5);
    await world.join(tommy.number);
    await world.join(isabelle.number);
    await world.pass(30 * SECOND);

    const posts = askedAt(world, "chat.postMessage", OPS);
    expect(posts.length).toBeGreaterThanOrEqual(7);
    expect(shortestGapMs(posts)).toBeGreaterThanOrEqual(SECOND);
    expect(world.sim.slack.calls().filter(({ status }) => status === 429)).toEqual([]);
  });

  it("is one a second in each channel on its own", async () => {
    const world = await aWorld(dialect);
    await world.setUp(OPS);
    await world.setUp(BOARD);

    await failedCalls(world, 3);
    await world.pass(3 * SECOND);

    expect(alertsIn(world, OPS)).toHaveLength(3);
    expect(alertsIn(world, BOARD)).toHaveLength(3);
  });

  it("holds while Slack loses its answers and refuses", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    world.sim.slack.faults.add({ route: POST, fault: { kind: "answer-lost" }, times: 1 });
    world.sim.slack.faults.add({ route: POST, fault: { kind: "status", status: 503 }, times: 1 });
    world.sim.slack.faults.add({
      route: POST,
      fault: { kind: "status", status: 200, body: { ok: false, error: "invalid_blocks" } },
      times: 1,
    });

    await failedCalls(world, 5);
    await world.pass(MINUTE);

    expect(shortestGapMs(askedAt(world, "chat.postMessage", OPS))).toBeGreaterThanOrEqual(SECOND);
  });

  it("is at most forty edits a minute in the workspace", async () => {
    const world = await aWorld(dialect);
    await world.setUp(OPS);
    await world.conf(celeste.id, `add @celeste ${celeste.number}`, BOARD);
    await world.conf(celeste.id, `add @tommy ${tommy.number}`, BOARD);
    await world.join(isabelle.number);
    await world.join(celeste.number);
    await world.pass(10 * SECOND);

    for (let round = 0; round < 28; round += 1) {
      const change = `${round % 2 === 0 ? "moderator" : "participant"} @tommy`;
      await world.conf(isabelle.id, change, OPS);
      await world.conf(celeste.id, change, BOARD);
      await world.pass(2 * SECOND);
    }

    const edits = askedAt(world, "chat.update");
    expect(edits.length).toBeGreaterThan(30);
    expect(mostInAMinute(edits)).toBeLessThanOrEqual(40);
  });

  it("puts alerts before the card, and the card before its thread", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    const removeFault = world.sim.slack.faults.add({
      route: POST,
      fault: { kind: "status", status: 429, retryAfterSeconds: 10 },
      times: 1,
    });

    await failedCall(world, blathers.number);
    await world.join(tommy.number);
    await world.pass(5 * SECOND);
    await failedCall(world, mabel.number);
    removeFault();
    await world.pass(20 * SECOND);

    const [first, second, third] = world.channel();
    expect(first).toMatch(/Blathers.*failed to verify/);
    expect(second).toMatch(/mabel.*failed to verify/);
    expect(third).toMatch(/Waiting for a moderator/);
    expect(world.channel().at(-1)).toMatch(/^> tommy joined/);
  });
});

describe.each(DIALECTS)("F3: what Slack's Retry-After says, on %s", (dialect) => {
  it("holds one channel for so long, and no other", async () => {
    const world = await aWorld(dialect);
    await world.setUp(OPS);
    await world.conf(isabelle.id, `add @tommy ${tommy.number}`, BOARD);
    world.sim.slack.faults.add({ route: POST, fault: { kind: "status", status: 429, retryAfterSeconds: 7 }, times: 1 });
    const failedAt = world.clock.now();

    await failedCall(world, mabel.number);
    await world.pass();
    await failedCall(world, tommy.number);
    await world.pass(20 * SECOND);

    const [refusedAt, ...later] = askedAt(world, "chat.postMessage", OPS);
    expect(refusedAt).toBe(failedAt);
    expect(later).toHaveLength(2);
    expect(Math.min(...later)).toBeGreaterThanOrEqual(failedAt + 7 * SECOND);
    expect(askedAt(world, "chat.postMessage", BOARD)).toEqual([failedAt]);
  });
});

const MISHAPS: [string, Fault][] = [
  ["the answer is lost", { kind: "answer-lost" }],
  ["Slack says 500", { kind: "status", status: 500 }],
  ["Slack says 503 and does it later all the same", { kind: "late-effect", delayMs: 8000 }],
  ["the connection is reset", { kind: "refused" }],
  ["Slack is slow", { kind: "slow", delayMs: 2000 }],
  ["Slack has too much to do", { kind: "status", status: 429, retryAfterSeconds: 3 }],
];

describe.each(DIALECTS)("F4: an alert, on %s", (dialect) => {
  it("is one message in the end, whatever befalls its post", async () => {
    const world = await aWorld(dialect);
    await world.setUp();

    for (const [index, [what, fault]] of MISHAPS.entries()) {
      const name = `Guest${index}`;
      const number = `+1202555018${index}`;
      await world.conf(PEOPLE.isabelle.id, `add ${name} ${number}`);
      world.sim.slack.faults.add({ route: POST, fault, times: 1 });
      await failedCall(world, number);
      await world.pass(40 * SECOND);
      expect(
        alertsIn(world).filter(({ text }) => text.includes(name)),
        what,
      ).toHaveLength(1);
    }

    expect(alertsIn(world)).toHaveLength(MISHAPS.length);
  });

  it("is one message, with all its news, though the answer to its post was lost and the look-up failed too", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    world.sim.slack.faults.add({ route: POST, fault: { kind: "answer-lost" }, times: 1 });
    world.sim.slack.faults.add({
      route: HISTORY,
      fault: { kind: "refused" },
      times: 2,
    });
    const call = await world.sim.twilio.phone(mabel.number).dial();

    await call.press("000000");
    await world.pass(SECOND);
    await call.press("000001");
    // The caller is still on the line: no further news brings the message up to date.
    await world.pass(50 * SECOND);

    expect(alertsIn(world)).toHaveLength(1);
    expect(alertsIn(world)[0]?.text).toMatch(/2 wrong codes, still trying/);
  });

  it("is looked for once after an outage, however many others are in doubt in its channel", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    const recover = [
      world.sim.slack.faults.add({ route: POST, fault: { kind: "answer-lost" } }),
      world.sim.slack.faults.add({ route: HISTORY, fault: { kind: "status", status: 503 } }),
    ];
    await failedCalls(world, 8);
    await world.pass(45 * SECOND);
    const recoveredAt = world.clock.now();
    for (const end of recover) end();
    await world.pass(MINUTE);

    expect(alertsIn(world)).toHaveLength(8);
    const looks = askedAt(world, "conversations.history");
    expect(looks.length).toBeGreaterThan(5);
    expect(looks.filter((at) => at > recoveredAt)).toHaveLength(1);
  });

  it("is edited to the truth though an edit was lost, or came late", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    const call = await world.sim.twilio.phone(mabel.number).dial();
    await call.press("000000");
    await world.pass(2 * SECOND);
    world.sim.slack.faults.add({ route: UPDATE, fault: { kind: "late-effect", delayMs: 9000 }, times: 1 });

    await call.press("000001");
    await world.pass(SECOND);
    await call.press("000002");
    await world.pass(MINUTE);

    expect(alertsIn(world)).toHaveLength(1);
    expect(alertsIn(world)[0]?.text).toMatch(/3 wrong codes, no tries left/);
  });

  it("outlives restarts between every step", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    await world.restart();
    world.sim.slack.faults.add({ route: POST, fault: { kind: "answer-lost" }, times: 1 });
    const call = await world.sim.twilio.phone(mabel.number).dial();
    await world.restart();
    await call.press("000000");
    await world.restart();
    await world.pass(4 * SECOND);
    await world.restart();
    await call.press("000001");
    await world.restart();
    await world.pass(20 * SECOND);
    await world.restart();
    await call.hangUp();
    await world.restart();
    await world.pass(MINUTE);

    expect(alertsIn(world)).toHaveLength(1);
    expect(alertsIn(world)[0]?.text).toMatch(/2 wrong codes, hung up/);
  });
});
