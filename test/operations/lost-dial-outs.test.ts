import { beforeEach, expect, it } from "vitest";
import type { Database } from "../../src/db/database.ts";
import { findDialOut, listDialOuts } from "../../src/db/dial-outs.ts";
import { getSession, holdSession } from "../../src/db/sessions.ts";
import { callPeople } from "../../src/operations/call-people.ts";
import { placeCall } from "../../src/operations/place-call.ts";
import { recordDialOut } from "../../src/operations/record-dial-out.ts";
import { endSession } from "../../src/operations/reconsider-session.ts";
import { aConference, aNumber, aPerson, MABELS_NUMBER, NOON } from "../support/builders.ts";
import { describeOnBoth, sow } from "../support/databases.ts";
import { aPlacedCallSid } from "../support/fakes.ts";
import { isabelle } from "./held.ts";
import { aScene, type Scene } from "./scene.ts";

const RINGING = { state: "open", isMachine: false } as const;
const OVER = { state: "no-answer", isMachine: false } as const;
const LOST = { kind: "unknown", reason: "ECONNRESET" } as const;
const TOMMYS_NUMBER = aNumber("+12025550111");

describeOnBoth("a call of which nobody heard whether it was placed", (databases) => {
  let db: Database;
  let scene: Scene;

  beforeEach(async () => {
    db = await databases.open();
    await sow(db, aConference(), isabelle, aPerson({ id: "mabel" }));
    const dev = aConference({ id: "conf-dev", channelId: "C0DEV", title: "dev" });
    const tommy = aPerson({ id: "tommy", name: "Tommy", slackUserId: "U0TOMMY", phoneNumber: TOMMYS_NUMBER });
    await sow(db, dev, tommy, aPerson({ id: "mabel-dev" }));
    scene = aScene(db);
  });

  /** Somebody is on the line, and Mabel is called. */
  async function call(n: number, from: string, participantId: string): Promise<string> {
    await scene.join(n, aNumber(from));
    const sessionId = (await scene.sessions()).at(-1)?.id ?? "";
    const session = await db.read((reader) => getSession(reader, sessionId));
    await db.write((tx) => callPeople(tx, scene.line, session, [participantId], NOON));
    const [dialOut] = await db.read((reader) => listDialOuts(reader, sessionId));
    return dialOut?.id ?? "";
  }
  const place = (dialOutId: string) => placeCall(scene.line, { dialOutId, attempt: 1 }, () => true);
  const find = (dialOutId: string) => db.read((reader) => findDialOut(reader, dialOutId));
  const tell = (dialOutId: string, callSid: string, progress: typeof RINGING | typeof OVER = RINGING) =>
    recordDialOut(scene.line, { dialOutId, attempt: 1, callSid, to: MABELS_NUMBER }, progress);
  async function end(): Promise<void> {
    const [session] = await scene.sessions();
    await db.write(async (tx) => endSession(tx, await holdSession(tx, session?.id ?? ""), "everyone-left", NOON));
  }
  const hungUp = async () =>
    (await scene.effects()).flatMap(({ effect }) => (effect.kind === "end-call" ? [effect.callSid] : []));

  it("is not taken for another call to the same number that nobody heard of either, until its own webhooks tell", async () => {
    const ops = await call(1, "+12025550110", "mabel");
    const dev = await call(2, TOMMYS_NUMBER, "mabel-dev");
    scene.dialler.outcomes.push(LOST, LOST);
    await place(ops);
    await place(dev);
    scene.dialler.calls.push({ ...RINGING, callSid: aPlacedCallSid(7) });
    await scene.clock.advance(10_000);

    expect(await place(ops)).toMatchObject({ kind: "later", holdsLane: false });
    expect(await place(dev)).toMatchObject({ kind: "later", holdsLane: false });
    expect(await find(ops)).toMatchObject({ callSid: null });

    await tell(dev, aPlacedCallSid(7));
    expect(await place(dev)).toEqual({ kind: "not-needed" });
    expect(await place(ops)).toEqual({ kind: "asked" });
    expect(await find(dev)).toMatchObject({ state: "calling", callSid: aPlacedCallSid(7) });
    expect(scene.dialler.asked.filter((asked) => asked.startsWith("call"))).toHaveLength(3);
  });

  it.each([
    ["is set back", [-60_000]],
    ["is set forward", [60_000]],
    ["leaps by a day", [86_400_000]],
    ["is set back and forward", [-240_000, 300_000]],
  ])("F22: is waited for though the clock %s", async (_what, jumps) => {
    const ops = await call(1, "+12025550110", "mabel");
    scene.dialler.outcomes.push(LOST);
    await place(ops);
    for (const ms of jumps) scene.clock.jump(ms);
    await scene.clock.advance(9999);
    expect(await place(ops)).toMatchObject({ kind: "later" });

    scene.dialler.calls.push({ ...RINGING, callSid: aPlacedCallSid(7) });
    await scene.clock.advance(1);

    expect(await place(ops)).toEqual({ kind: "asked" });
    expect(await find(ops)).toMatchObject({ attempts: 1, callSid: aPlacedCallSid(7) });
    expect(scene.dialler.asked).toHaveLength(2);
  });

  it("is waited for once more by a node that was not there when Twilio was asked", async () => {
    const ops = await call(1, "+12025550110", "mabel");
    scene.dialler.outcomes.push(LOST);
    await place(ops);
    const other = aScene(db, scene);
    const placeThere = () => placeCall(other.line, { dialOutId: ops, attempt: 1 }, () => true);
    scene.clock.jump(60_000);
    expect(await placeThere()).toMatchObject({ kind: "later", at: scene.clock.now() + 10_000 });

    scene.dialler.calls.push({ ...RINGING, callSid: aPlacedCallSid(7) });
    await scene.clock.advance(10_000);

    expect(await placeThere()).toEqual({ kind: "asked" });
    expect(await find(ops)).toMatchObject({ callSid: aPlacedCallSid(7) });
  });

  it.each([
    ["ahead", 240_000, 0],
    ["ahead, and then right", 240_000, -240_000],
    ["right, and then ahead", 0, 240_000],
  ])("is looked for among those that Twilio dated while our clock was %s", async (_what, before, after) => {
    const ops = await call(1, "+12025550110", "mabel");
    const datedAt = scene.clock.now();
    scene.clock.jump(before);
    scene.dialler.outcomes.push(LOST);
    await place(ops);
    scene.clock.jump(after);
    await scene.clock.advance(10_000);
    let since = Number.POSITIVE_INFINITY;
    scene.dialler.listCallsTo = async (_to, from) => {
      since = from;
      return [];
    };

    await place(ops);

    expect(since).toBeLessThanOrEqual(datedAt);
  });

  it("is placed again when the one that rang, which may have been another's, is over", async () => {
    const ops = await call(1, "+12025550110", "mabel");
    const dev = await call(2, TOMMYS_NUMBER, "mabel-dev");
    scene.dialler.outcomes.push(LOST, LOST);
    await place(ops);
    await place(dev);
    scene.dialler.calls.push({ ...OVER, callSid: aPlacedCallSid(7) });
    await scene.clock.advance(10_000);

    expect(await place(ops)).toEqual({ kind: "asked" });
    expect(await find(ops)).toMatchObject({ state: "calling", attempts: 1 });
  });

  it("does not go on ringing when it is not needed any more: whoever asked for it died", async () => {
    const ops = await call(1, "+12025550110", "mabel");
    scene.dialler.call = () => Promise.reject(new Error("the process died"));
    await expect(place(ops)).rejects.toThrow("died");
    await end();

    await tell(ops, aPlacedCallSid(7));

    expect(await hungUp()).toEqual([aPlacedCallSid(7)]);
  });

  it("does not go on ringing when it was given up as never placed, either", async () => {
    const ops = await call(1, "+12025550110", "mabel");
    scene.dialler.outcomes.push(LOST);
    await place(ops);
    await end();
    await scene.clock.advance(10_000);
    await place(ops);

    await tell(ops, aPlacedCallSid(7));

    expect(await hungUp()).toEqual([aPlacedCallSid(7)]);
  });

  it("is let be when it is a call that came in, whatever the path says", async () => {
    const ops = await call(1, "+12025550110", "mabel");
    await place(ops);
    const [own] = (await scene.legs()).map(({ callSid }) => callSid);
    await end();
    await tell(ops, own ?? "");

    expect(await hungUp()).toEqual([aPlacedCallSid(1)]);
  });
});
