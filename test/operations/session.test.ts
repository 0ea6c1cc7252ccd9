import { beforeEach, expect, it } from "vitest";
import type { Database } from "../../src/db/database.ts";
import type { Addition } from "../../src/conference/roster.ts";
import { addToRoster } from "../../src/operations/add-to-roster.ts";
import { changeRole } from "../../src/operations/change-role.ts";
import { lookForSilentLegs } from "../../src/operations/look-for-silent-legs.ts";
import { removeFromRoster } from "../../src/operations/remove-from-roster.ts";
import { aCallSid, aConference, aNumber, aPerson, MABELS_NUMBER, MINUTE, NOON } from "../support/builders.ts";
import { describeOnBoth, sow } from "../support/databases.ts";
import { aRequest, aScene, type Scene } from "./scene.ts";

const ISABELLES_NUMBER = aNumber("+12025550110");
const isabelle = aPerson({
  id: "isabelle",
  name: "Isabelle",
  slackUserId: "U0ISABELLE",
  role: "moderator",
  phoneNumber: ISABELLES_NUMBER,
});
const [MABEL, ISABELLE] = [1, 2];

describeOnBoth("a session", (databases) => {
  let db: Database;
  let scene: Scene;

  beforeEach(async () => {
    db = await databases.open();
    await sow(db, aConference(), isabelle, aPerson());
    scene = aScene(db);
  });

  const session = async () => (await scene.sessions()).at(-1);
  const kinds = async () =>
    (await scene.effects()).map(({ effect }) => effect.kind).filter((kind) => kind !== "show-message");

  it("waits for a moderator, starts with one, and is one for both", async () => {
    const waiting = await scene.join(MABEL);
    const before = await session();
    const starting = await scene.join(ISABELLE, ISABELLES_NUMBER);

    expect(before).toMatchObject({ startedAt: null, endedAt: null });
    expect(await scene.sessions()).toMatchObject([{ startedAt: NOON, endedAt: null }]);
    expect(waiting).toMatchObject({ kind: "join", room: { startsConference: false } });
    expect(starting).toMatchObject({ kind: "join", room: { startsConference: true } });
    expect(scene.roomOf(MABEL)).toBe(scene.roomOf(ISABELLE));
  });

  it("ends when the last one is gone; the next caller opens another, with another name", async () => {
    await scene.join(MABEL);
    const room = scene.roomOf(MABEL);
    await scene.hangUp(MABEL);
    const ended = await session();
    await scene.join(3);

    expect(ended).toMatchObject({ endedAt: NOON, endReason: "everyone-left" });
    expect(await kinds()).toEqual(["end-session"]);
    expect(await scene.sessions()).toHaveLength(2);
    expect(scene.roomOf(3)).not.toBe(room);
  });

  it("starts when somebody who waits is made a moderator, who then comes in again", async () => {
    await scene.join(MABEL);
    await changeRole(scene.line, { ...aRequest(), person: { kind: "name", name: "Mabel" }, role: "moderator" });

    expect(await session()).toMatchObject({ startedAt: NOON });
    expect((await scene.effects()).map(({ effect }) => effect)).toContainEqual({
      kind: "rejoin",
      callSid: aCallSid(MABEL),
    });
  });

  it("starts when somebody who waits is added again as a moderator", async () => {
    await scene.join(MABEL);
    const person = { kind: "user", userId: "U0MABEL", name: "Mabel" } as const;
    const addition = { person, phoneNumber: null, role: "moderator" } as const;
    await addToRoster(scene.line, { ...aRequest(), title: "ops", addition });

    expect(await session()).toMatchObject({ startedAt: NOON });
    expect((await scene.effects()).map(({ effect }) => effect.kind)).toContain("rejoin");
  });

  it("starts when the moderator whom two wait for is taken off, and none other can dial in", async () => {
    const tommy = { person: { kind: "user", userId: "U0TOMMY", name: "Tommy" }, role: null } as const;
    const tommysNumber = aNumber("+12025550111");
    const blathers = { person: { kind: "user", userId: "U0BLATHERS", name: "Blathers" }, role: "moderator" } as const;
    const add = (addition: Addition) => addToRoster(scene.line, { ...aRequest(), title: "ops", addition });
    await add({ ...tommy, phoneNumber: tommysNumber });
    await add({ ...blathers, phoneNumber: null });
    await scene.join(MABEL);
    await scene.join(3, tommysNumber);
    const before = await session();
    await removeFromRoster(scene.line, { ...aRequest(), person: { kind: "name", name: "Isabelle" } });
    const rejoined = (await scene.effects()).flatMap(({ effect }) =>
      effect.kind === "rejoin" ? [effect.callSid] : [],
    );

    expect(before).toMatchObject({ startedAt: null });
    expect(await session()).toMatchObject({ startedAt: NOON });
    expect(rejoined).toEqual([aCallSid(MABEL), aCallSid(3)]);
  });

  it("loses whoever is taken off the roster, and does not let them in again", async () => {
    await scene.join(MABEL);
    const removed = await removeFromRoster(scene.line, { ...aRequest(), person: { kind: "name", name: "Mabel" } });

    expect(removed).toMatchObject({ kind: "removed", wasOnCall: true });
    expect((await scene.effects()).map(({ effect }) => effect)).toContainEqual({
      kind: "end-call",
      callSid: aCallSid(MABEL),
    });
    expect(await scene.dial(3)).toMatchObject({ kind: "turn-away", reason: "not-recognised" });
  });

  it("does not let in who is taken off the roster while their code is being checked", async () => {
    await scene.dial(MABEL);
    const check = scene.verifier.stopNext("check");
    const keying = scene.keyCode(MABEL);
    await check.reached;
    await removeFromRoster(scene.line, { ...aRequest(), person: { kind: "name", name: "Mabel" } });
    check.go();

    expect(await scene.finish(keying)).toMatchObject({ kind: "turn-away", reason: "removed" });
    expect(await scene.sessions()).toEqual([]);
  });

  it("hears of a hang-up that nobody told of, by asking", async () => {
    await scene.join(MABEL);
    await scene.dial(3, ISABELLES_NUMBER);
    scene.phoneNetwork.over.add(aCallSid(MABEL));
    await lookForSilentLegs(scene.line);
    const early = scene.phoneNetwork.asked.length;
    await scene.clock.advance(MINUTE);
    const againAt = await lookForSilentLegs(scene.line);

    expect(early).toBe(0);
    expect(new Set(scene.phoneNetwork.asked)).toEqual(new Set([aCallSid(MABEL), aCallSid(3)]));
    expect(againAt).toBe(NOON + MINUTE + 15_000);
    expect(await scene.legs()).toMatchObject([
      { endedAt: NOON + MINUTE },
      { endedAt: null, lastNewsAt: NOON + MINUTE },
    ]);
    expect(await session()).toMatchObject({ endReason: "everyone-left" });
  });

  it("tells of the same join and leave once, in whatever order and however often the callbacks come", async () => {
    await scene.join(ISABELLE, ISABELLES_NUMBER);
    await scene.dial(MABEL);
    await scene.keyCode(MABEL);
    const leave = { kind: "leave", sequenceNumber: 5 } as const;
    await scene.tell(MABEL, "leave", leave);
    await scene.tell(MABEL, "join", { sequenceNumber: 4 });
    await scene.tell(MABEL, "leave", leave);
    await scene.tell(MABEL, "join", { sequenceNumber: 4 });
    await scene.hangUp(MABEL);
    await scene.hangUp(MABEL);
    const told = (await scene.events()).filter(
      ({ callSid, kind }) => callSid === aCallSid(MABEL) && (kind === "joined" || kind === "left"),
    );

    expect(told.map(({ kind }) => kind)).toEqual(["joined", "left"]);
  });
});

describeOnBoth("a roster without a moderator who can dial in", (databases) => {
  it("starts its session when two are in", async () => {
    const db = await databases.open();
    const tommy = aPerson({ id: "tommy", name: "Tommy", slackUserId: "U0TOMMY", phoneNumber: aNumber("+12025550111") });
    await sow(db, aConference(), { ...isabelle, phoneNumber: null }, aPerson(), tommy);
    const scene = aScene(db);
    const first = await scene.join(MABEL, MABELS_NUMBER);
    const [alone] = await scene.sessions();
    await scene.join(3, aNumber("+12025550111"));

    expect(first).toMatchObject({ room: { startsConference: true } });
    expect(alone).toMatchObject({ startedAt: null });
    expect(await scene.sessions()).toMatchObject([{ startedAt: NOON }]);
  });
});
