import { beforeEach, expect, it } from "vitest";
import type { SeenRoom } from "../../src/operations/line.ts";
import { addToRoster } from "../../src/operations/add-to-roster.ts";
import { reconcileSession } from "../../src/operations/reconcile-session.ts";
import { removeFromRoster } from "../../src/operations/remove-from-roster.ts";
import { showAttendance } from "../../src/operations/show-attendance.ts";
import { aCallSid, aConference, aConferenceSid, aNumber, aPerson, MABELS_NUMBER, MINUTE } from "../support/builders.ts";
import { describeOnBoth, sow } from "../support/databases.ts";
import { aRequest, aScene, type Scene } from "./scene.ts";

const [MABEL, ISABELLE, STRANGER] = [1, 2, 9];
const ISABELLES_NUMBER = aNumber("+12025550110");

describeOnBoth("a look at the room of a live session", (databases) => {
  let scene: Scene;
  let sessionId: string;

  beforeEach(async () => {
    const db = await databases.open();
    const isabelle = { name: "Isabelle", slackUserId: "U0ISABELLE", role: "moderator" } as const;
    await sow(db, aConference(), aPerson({ id: "isabelle", ...isabelle, phoneNumber: ISABELLES_NUMBER }), aPerson());
    scene = aScene(db);
    await scene.join(ISABELLE, ISABELLES_NUMBER);
    await scene.dial(MABEL);
    await scene.keyCode(MABEL);
    sessionId = (await scene.sessions())[0]?.id ?? "";
    await scene.clock.advance(15_000);
  });

  const seen = (n: number, flags: Partial<SeenRoom["participants"][0]> = {}) => {
    return { callSid: aCallSid(n), muted: false, onHold: false, ...flags };
  };
  const look = async (...participants: SeenRoom["participants"]) => {
    scene.phoneNetwork.rooms.set(scene.roomOf(MABEL), [{ conferenceSid: aConferenceSid(0), participants }]);
    return reconcileSession(scene.line, sessionId);
  };
  const states = async () => {
    const attendance = await showAttendance(scene.line, "C0OPS");
    return Object.fromEntries((attendance?.session?.onLine ?? []).map(({ name, state }) => [name, state]));
  };
  const putOut = async () =>
    (await scene.effects()).flatMap(({ effect }) => (effect.kind === "end-call" ? [effect.callSid] : []));

  it("adopts a join whose callback was lost, and comes again in fifteen seconds", async () => {
    const againAt = await look(seen(ISABELLE), seen(MABEL));

    expect(await states()).toEqual({ Isabelle: "on-call", Mabel: "on-call" });
    expect(againAt).toBe(scene.clock.now() + 15_000);
    expect(await putOut()).toEqual([]);
  });

  it("adopts mutes and holds, and a leave", async () => {
    await look(seen(ISABELLE, { muted: true }), seen(MABEL, { onHold: true }));
    const before = await states();
    await scene.clock.advance(15_000);
    await look(seen(ISABELLE));

    expect(before).toEqual({ Isabelle: "muted", Mabel: "on-hold" });
    expect(await states()).toEqual({ Isabelle: "on-call", Mabel: "joining" });
  });

  it("adds nothing when it sees what is known", async () => {
    await look(seen(ISABELLE), seen(MABEL));
    const before = [await scene.events(), await states()];
    await scene.clock.advance(15_000);
    await look(seen(ISABELLE), seen(MABEL));

    expect([await scene.events(), await states()]).toEqual(before);
  });

  it("does not hold against somebody what has only just changed", async () => {
    await scene.tell(MABEL, "join");
    await look(seen(ISABELLE));

    expect(await states()).toMatchObject({ Mabel: "on-call" });
  });

  it("puts out whoever was never admitted, with a word in the log", async () => {
    await scene.dial(STRANGER, aNumber("+12025550199"));
    await look(seen(ISABELLE), seen(STRANGER), seen(10));

    expect(await putOut()).toEqual([aCallSid(STRANGER), aCallSid(10)]);
    expect((await scene.events()).filter(({ kind }) => kind === "stranger-removed")).toHaveLength(2);
  });

  it("puts out whoever was taken off the roster, though the first order to end their call got lost", async () => {
    await removeFromRoster(scene.line, { ...aRequest(), person: { kind: "name", name: "Mabel" } });
    await scene.db.write(({ q, t }) => q.delete(t.outbox).then(() => undefined));
    await look(seen(ISABELLE), seen(MABEL));

    expect(await putOut()).toEqual([aCallSid(MABEL)]);
  });

  it("leaves somebody in whose number was locked later: a forger must not end their call", async () => {
    for (const n of [11, 12, 13, 14]) {
      await scene.dial(n);
      for (let tries = 0; tries < 3; tries += 1) await scene.keyWrong(n);
      await scene.hangUp(n);
    }
    await look(seen(ISABELLE), seen(MABEL));

    expect(await scene.lockouts()).toMatchObject([{ phoneNumber: MABELS_NUMBER, failures: 10 }]);
    expect(await putOut()).toEqual([]);
    expect(await states()).toMatchObject({ Mabel: "on-call" });
  });

  it("leaves somebody in whose number a moderator changed", async () => {
    const person = { kind: "user", userId: "U0MABEL", name: "Mabel" } as const;
    const addition = { person, phoneNumber: aNumber("+12025550119"), role: null };
    const { kind } = await addToRoster(scene.line, { ...aRequest(), title: "ops", addition });
    await look(seen(ISABELLE), seen(MABEL));

    expect(kind).toBe("updated");
    expect(await putOut()).toEqual([]);
  });

  it("changes nothing when Twilio cannot be asked", async () => {
    scene.phoneNetwork.isAway = true;
    const before = [await scene.events(), await scene.effects(), await states()];

    await expect(reconcileSession(scene.line, sessionId)).rejects.toMatchObject({ code: "unavailable" });
    expect([await scene.events(), await scene.effects(), await states()]).toEqual(before);
  });

  it("puts out who comes into the room of a session that is over, and stops looking a minute later", async () => {
    await scene.hangUp(ISABELLE, ISABELLES_NUMBER);
    await scene.hangUp(MABEL);
    const againAt = await look(seen(STRANGER));
    await scene.clock.advance(MINUTE + 1);

    expect(againAt).not.toBeNull();
    expect(await putOut()).toEqual([aCallSid(STRANGER)]);
    expect(await look()).toBeNull();
  });
});
