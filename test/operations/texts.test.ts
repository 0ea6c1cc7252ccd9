import { beforeEach, expect, it } from "vitest";
import type { Database } from "../../src/db/database.ts";
import { saveNumberState } from "../../src/db/phone-numbers.ts";
import { resetLockout } from "../../src/operations/reset-lockout.ts";
import { aConference, anActor, aNumber, aPerson, DAY, HOUR, MABELS_NUMBER, MINUTE, TEAM } from "../support/builders.ts";
import { describeOnBoth, sow } from "../support/databases.ts";
import { aRequest, aScene, type Scene } from "./scene.ts";

describeOnBoth("the text with a code", (databases) => {
  let db: Database;
  let scene: Scene;

  beforeEach(async () => {
    db = await databases.open();
    await sow(db, aConference(), aPerson());
    scene = aScene(db);
  });

  const askedFor = (kind: string) => scene.verifier.asked.filter((asked) => asked.startsWith(kind));
  const textsCounted = async () => (await scene.numbers())[0]?.textsSentAt.length ?? 0;

  it("is looked for before it is sent again, when its answer was lost", async () => {
    scene.verifier.breakNext("start", "answer-lost");
    const first = await scene.dial(1);
    const second = await scene.dial(2);

    expect(first).toMatchObject({ kind: "turn-away", reason: "verify-unavailable" });
    expect(second).toMatchObject({ kind: "ask-code", reason: "sent" });
    expect(scene.verifier.asked).toEqual([`start ${MABELS_NUMBER}`, `find ${MABELS_NUMBER}`]);
    expect(await textsCounted()).toBe(1);
    expect(await scene.keyCode(2)).toMatchObject({ kind: "join" });
  });

  it("is sent when the look finds that it was not", async () => {
    scene.verifier.breakNext("start", "refused");
    await scene.dial(1);
    await scene.dial(2);

    expect(scene.verifier.asked).toEqual([`start ${MABELS_NUMBER}`, `find ${MABELS_NUMBER}`, `start ${MABELS_NUMBER}`]);
    expect(await scene.keyCode(2)).toMatchObject({ kind: "join" });
  });

  it("is not counted for callers whom an outage turns away before anything could be sent", async () => {
    scene.verifier.breakNext("start", "refused");
    await scene.dial(1);
    for (let n = 2; n < 30; n += 1) {
      scene.verifier.breakNext("find", "refused");
      await scene.dial(n);
    }

    expect(askedFor("start")).toHaveLength(1);
    expect(await textsCounted()).toBe(1);
    expect(await scene.dial(30)).toMatchObject({ kind: "ask-code", reason: "sent" });
  });

  it("is sent by another call when the one that was sending it died", async () => {
    const start = scene.verifier.stopNext("start");
    const frozen = scene.dial(1);
    await start.reached;
    await scene.clock.advance(5001);
    const second = await scene.dial(2);
    start.go();

    expect(second).toMatchObject({ kind: "ask-code", reason: "sent" });
    expect(askedFor("start")).toHaveLength(1);
    expect(askedFor("find")).toHaveLength(1);
    expect(await scene.finish(frozen)).toMatchObject({ kind: "turn-away", reason: "verify-unavailable" });
    expect(await scene.keyCode(2)).toMatchObject({ kind: "join" });
  });

  it("goes three times an hour and six a day, though they never stop calling", async () => {
    const sentAt: number[] = [];
    for (let n = 1; scene.clock.now() < Date.parse("2026-11-24T12:00:00Z"); n += 1) {
      const before = askedFor("start").length;
      await scene.dial(n);
      // Each caller asks for the code once more before hanging up.
      await scene.key(n, "", "*");
      for (let texts = before; texts < askedFor("start").length; texts += 1) sentAt.push(scene.clock.now());
      await scene.hangUp(n);
      await scene.clock.advance(40 * MINUTE);
    }

    expect(sentAt).toHaveLength(6);
    for (const at of sentAt) expect(sentAt.filter((other) => other > at - HOUR && other <= at).length).toBeLessThan(4);
    await scene.clock.advance(DAY);
    expect(await scene.dial(999)).toMatchObject({ kind: "ask-code", reason: "sent" });
  });

  it("turns away with the time at which another may go, and keeps the old code good meanwhile", async () => {
    await scene.dial(1);
    await scene.key(1, "", "*");
    await scene.key(1, "", "*");
    const star = await scene.key(1, "", "*");
    await scene.clock.advance(9 * MINUTE);
    const tooSoon = await scene.dial(2);

    expect(star).toMatchObject({ kind: "ask-code", reason: "no-more-texts" });
    expect(tooSoon).toMatchObject({ kind: "turn-away", reason: "too-many-texts", minutes: 51 });
    expect(askedFor("start")).toHaveLength(3);
  });

  it("is not sent for the sixth time in ten minutes, though a reset gives the texts back", async () => {
    await scene.dial(1);
    await scene.key(1, "", "*");
    await scene.key(1, "", "*");
    const person = { kind: "user", userId: "U0MABEL" } as const;
    await resetLockout(scene.line, { ...aRequest(), actor: anActor({ isAdmin: true }), person });
    const reasons = [];
    for (let stars = 0; stars < 3; stars += 1) reasons.push(await scene.key(1, "", "*"));

    expect(reasons).toMatchObject([{ reason: "resent" }, { reason: "resent" }, { reason: "no-more-texts" }]);
    expect(askedFor("start")).toHaveLength(5);
    expect(await scene.keyCode(1)).toMatchObject({ kind: "join" });
    expect(await scene.numbers()).toMatchObject([{ textsSentAt: [], forgivenTextsAt: [] }]);
  });

  it("is not said to be sent again when the provider refuses to, or when it is another one", async () => {
    await scene.dial(1);
    await db.write((tx) => saveNumberState(tx, TEAM, MABELS_NUMBER, { pending: null }));
    for (let sends = 0; sends < 4; sends += 1) await scene.verifier.withBudget().start(MABELS_NUMBER);
    const refused = await scene.key(1, "", "*");
    await scene.clock.advance(9 * MINUTE);
    const another = await scene.key(1, "", "*");

    expect(refused).toMatchObject({ kind: "ask-code", reason: "no-more-texts" });
    expect(another).toMatchObject({ kind: "ask-code", reason: "expired" });
  });

  it("cannot go to a landline: said, told, and not counted", async () => {
    scene.verifier.landlines.add(MABELS_NUMBER);

    expect(await scene.dial(1)).toMatchObject({ kind: "turn-away", reason: "landline" });
    expect(await scene.alerts()).toHaveLength(1);
    expect(await textsCounted()).toBe(0);
  });

  it("goes to nobody who is on no roster", async () => {
    expect(await scene.dial(1, aNumber("+12025550199"))).toMatchObject({ kind: "turn-away", reason: "not-recognised" });
    expect(scene.verifier.asked).toEqual([]);
  });

  it("carries a new code when the fifth guess at the old one was wrong, or too little of its time is left", async () => {
    await scene.dial(1);
    await scene.dial(2);
    for (const n of [1, 1, 2, 2]) await scene.keyWrong(n);
    const fifth = await scene.keyWrong(1);
    const afterFifth = scene.verifier.asked.slice();
    await scene.clock.advance(9 * MINUTE);
    await scene.dial(3);

    expect(fifth).toMatchObject({ kind: "turn-away", reason: "too-many-tries" });
    expect(afterFifth).toHaveLength(6);
    expect(scene.verifier.asked.slice(6)).toEqual(["cancel VE1", `start ${MABELS_NUMBER}`]);
  });
});
