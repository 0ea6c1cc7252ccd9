import { beforeEach, describe, expect, it } from "vitest";
import type { Database } from "../../src/db/database.ts";
import { addToRoster } from "../../src/operations/add-to-roster.ts";
import { chooseConference } from "../../src/operations/choose-conference.ts";
import { removeFromRoster } from "../../src/operations/remove-from-roster.ts";
import { resetLockout } from "../../src/operations/reset-lockout.ts";
import {
  aCallSid,
  aConference,
  aNumber,
  aPerson,
  DAY,
  HOUR,
  MABELS_NUMBER,
  MINUTE,
  NOON,
} from "../support/builders.ts";
import { describeOnBoth, onSqlite, sow } from "../support/databases.ts";
import { aRequest, aScene, type Scene } from "./scene.ts";

const ops = aConference();
const board = aConference({ id: "conf-board", channelId: "C0BOARD", title: "board" });
const isabelle = aPerson({
  id: "isabelle",
  name: "Isabelle",
  slackUserId: "U0ISABELLE",
  role: "moderator",
  phoneNumber: aNumber("+12025550110"),
});
const mabelOnBoard = aPerson({ id: "mabel-board" });
const MABEL = { kind: "name", name: "Mabel" } as const;
const mabelAgain = {
  person: { kind: "user", userId: "U0MABEL", name: "Mabel" },
  phoneNumber: MABELS_NUMBER,
  role: null,
} as const;

async function aSceneWith(db: Database, ...conferences: (typeof ops)[]): Promise<Scene> {
  for (const conference of conferences) {
    const isOps = conference.id === ops.id;
    await sow(db, conference, { ...isabelle, id: `isabelle-${conference.id}` }, isOps ? aPerson() : mabelOnBoard);
  }
  return aScene(db);
}

/** Calls and guesses until `failures` more codes were wrong. */
async function failTimes(scene: Scene, failures: number, from = 100): Promise<void> {
  for (let done = 0, n = from; done < failures; n += 1) {
    await scene.dial(n);
    for (let tries = 0; tries < 3 && done < failures; tries += 1, done += 1) await scene.keyWrong(n);
    await scene.hangUp(n);
  }
}

const checksOf = ({ verifier }: Scene) => verifier.asked.filter((asked) => asked.startsWith("check"));

describeOnBoth("wrong codes", (databases) => {
  let db: Database;

  beforeEach(async () => {
    db = await databases.open();
  });

  it("count in every conference that holds the number, and are told to each channel", async () => {
    const scene = await aSceneWith(db, ops, board);
    await failTimes(scene, 1);

    expect(await scene.lockouts()).toMatchObject([
      { conferenceId: "conf-board", failures: 1 },
      { conferenceId: "conf-ops", failures: 1 },
    ]);
    expect((await scene.alerts()).map(({ channelId }) => channelId)).toEqual(["C0BOARD", "C0OPS"]);
  });

  it("are told though the process dies as soon as one is counted", async () => {
    let isDead = false;
    const dying: Database = {
      ...db,
      async write(work) {
        if (isDead) throw new Error("the process is dead");
        const result = await db.write(work);
        isDead = (await scene.lockouts()).length > 0;
        return result;
      },
    };
    await aSceneWith(db, ops);
    const scene = aScene(dying);
    await scene.dial(1);
    await scene.keyWrong(1);

    expect(isDead).toBe(true);
    expect(await scene.alerts()).toMatchObject([{ callSid: aCallSid(1), channelId: "C0OPS" }]);
    expect((await scene.effects()).map(({ effect }) => effect.kind)).toEqual(["show-message"]);
  });

  it("reach the provider no more often than is allowed, though ten calls key at once", async () => {
    const scene = await aSceneWith(db, ops);
    await failTimes(scene, 9);
    const before = checksOf(scene).length;
    const calls = Array.from({ length: 10 }, (_, n) => n + 1);
    for (const n of calls) await scene.dial(n);
    const answers = await scene.finish(Promise.all(calls.map((n) => scene.keyWrong(n))));

    expect(checksOf(scene)).toHaveLength(before + 1);
    expect(answers.map((answer) => answer.kind)).toEqual(calls.map(() => "turn-away"));
    expect(await scene.lockouts()).toMatchObject([{ failures: 10, lockedUntil: NOON + HOUR }]);
  });

  it("are forgotten when a code is right, with the texts that it took", async () => {
    const scene = await aSceneWith(db, ops, board);
    await failTimes(scene, 2);
    await scene.dial(1);
    await scene.keyCode(1);

    expect(await scene.lockouts()).toEqual([]);
    expect(await scene.numbers()).toMatchObject([{ textsSentAt: [] }]);
  });

  it("are forgotten by the conference that resets them, and by no other", async () => {
    const scene = await aSceneWith(db, ops, board);
    await failTimes(scene, 10);
    const reset = await resetLockout(scene.line, { ...aRequest("C0OPS"), person: MABEL });
    await scene.dial(1);

    expect(reset).toMatchObject({ kind: "reset", failures: 10 });
    expect(await scene.lockouts()).toMatchObject([{ conferenceId: "conf-board", failures: 10 }]);
    // Live or not: a conference where the number is locked is not offered.
    expect(await scene.keyCode(1)).toMatchObject({ kind: "join" });
    expect(await scene.sessions()).toMatchObject([{ conferenceId: "conf-ops" }]);
    // Its own moderators, or time, lift that lock: not a success elsewhere.
    expect(await scene.lockouts()).toMatchObject([{ conferenceId: "conf-board", failures: 10 }]);
  });

  it("turn a locked number away before anything is texted or checked", async () => {
    const scene = await aSceneWith(db, ops);
    await failTimes(scene, 10);
    const asked = scene.verifier.asked.length;

    expect(await scene.dial(1)).toMatchObject({ kind: "turn-away", reason: "locked-out" });
    expect(scene.verifier.asked).toHaveLength(asked);
    expect(await scene.alerts()).toHaveLength(5);
  });

  it("lock a call out that was asked for its code before the lock", async () => {
    const scene = await aSceneWith(db, ops);
    await scene.dial(1);
    const code = scene.verifier.codeOf(MABELS_NUMBER);
    await failTimes(scene, 10);
    const asked = checksOf(scene).length;

    expect(await scene.key(1, code)).toMatchObject({ kind: "turn-away", reason: "locked-out" });
    expect(checksOf(scene)).toHaveLength(asked);
  });

  it("go along when the number is put on another roster, or on the same again", async () => {
    const scene = await aSceneWith(db, ops);
    await sow(db, board, { ...isabelle, id: "isabelle-board" });
    await failTimes(scene, 10);
    const lockedUntil = scene.clock.now() + HOUR;
    await removeFromRoster(scene.line, { ...aRequest("C0OPS"), person: MABEL });
    const added = await addToRoster(scene.line, { ...aRequest("C0BOARD"), title: "board", addition: mabelAgain });
    const again = await addToRoster(scene.line, { ...aRequest("C0OPS"), title: "ops", addition: mabelAgain });

    expect([added.kind, again.kind]).toEqual(["added", "added"]);
    expect(await scene.lockouts()).toMatchObject([
      { conferenceId: "conf-board", failures: 10, lockedUntil },
      { conferenceId: "conf-ops", failures: 10, lockedUntil },
    ]);
    expect(await scene.dial(1)).toMatchObject({ kind: "turn-away", reason: "locked-out" });
  });

  it("go along when somebody's number is changed to it", async () => {
    const scene = await aSceneWith(db, ops);
    await sow(db, board, { ...isabelle, id: "isabelle-board" });
    await failTimes(scene, 10);
    const addition = { ...mabelAgain, person: { kind: "user", userId: "U0ISABELLE", name: "Isabelle" } as const };
    await addToRoster(scene.line, { ...aRequest("C0BOARD"), title: "board", addition });

    expect(await scene.lockouts()).toMatchObject([{ conferenceId: "conf-board", failures: 10 }, { failures: 10 }]);
  });

  it("are not what incomplete, silent, expired and unanswered rounds are", async () => {
    const scene = await aSceneWith(db, ops);
    await scene.dial(1);
    await scene.key(1, "4711");
    await scene.key(1, "");
    await scene.clock.advance(10 * MINUTE);
    expect(await scene.keyWrong(1)).toMatchObject({ kind: "ask-code", reason: "expired" });
    scene.verifier.breakNext("check", "answer-lost");
    expect(await scene.keyWrong(1)).toMatchObject({ kind: "turn-away", reason: "verify-unavailable" });

    expect(await scene.lockouts()).toEqual([]);
  });

  it("take a conference away from a caller who is choosing, when it is locked meanwhile", async () => {
    const scene = await aSceneWith(db, ops, board);
    await scene.dial(1);
    expect(await scene.keyCode(1)).toMatchObject({ kind: "choose", choices: [{ title: "board" }, { title: "ops" }] });
    await failTimes(scene, 10);
    const chosen = await chooseConference(scene.line, scene.stepOf(1), "1");

    expect(chosen).toMatchObject({ kind: "turn-away", reason: "locked-out" });
    expect(await scene.sessions()).toEqual([]);
  });
});

describe("T10: weeks of guessing", () => {
  const databases = onSqlite();

  it("get ten guesses and one a lock, from several calls at once and over several rosters", async () => {
    const scene = await aSceneWith(await databases.open(), ops, board);
    let calls = 0;
    while (scene.clock.now() < NOON + 14 * DAY) {
      const pair = [(calls += 1), (calls += 1)];
      for (const n of pair) await scene.finish(scene.dial(n));
      for (let tries = 0; tries < 3; tries += 1) {
        await scene.finish(Promise.all(pair.map((n) => scene.keyWrong(n))));
      }
      for (const n of pair) await scene.hangUp(n);
      await scene.clock.advance(3 * HOUR);
    }
    const guesses = checksOf(scene).length;

    // Locks of 1, 2, 4, 8 and 16 hours, then one of a day after each guess.
    expect(guesses).toBeGreaterThanOrEqual(15);
    expect(guesses).toBeLessThanOrEqual(10 + 5 + 14);
    expect(await scene.lockouts()).toMatchObject([{ failures: guesses }, { failures: guesses }]);
  });
});
