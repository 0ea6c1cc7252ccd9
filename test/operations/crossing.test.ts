import { beforeEach, expect, it } from "vitest";
import { removeFromRoster } from "../../src/operations/remove-from-roster.ts";
import { resetLockout } from "../../src/operations/reset-lockout.ts";
import { addToRoster } from "../../src/operations/add-to-roster.ts";
import { reconcileSession } from "../../src/operations/reconcile-session.ts";
import { aConference, aConferenceSid, aNumber, aPerson } from "../support/builders.ts";
import { describeOnBoth, sow } from "../support/databases.ts";
import { aRequest, aScene, type Scene } from "./scene.ts";

const MABEL = { kind: "name", name: "Mabel" } as const;
const ROUNDS = 4;
const isabelle = aPerson({
  id: "isabelle",
  name: "Isabelle",
  slackUserId: "U0ISABELLE",
  role: "moderator",
  phoneNumber: aNumber("+12025550110"),
});

describeOnBoth("what crosses on two nodes", (databases) => {
  let here: Scene;
  let there: Scene;

  beforeEach(async () => {
    const db = await databases.open();
    await sow(db, aConference(), isabelle, aPerson());
    here = aScene(db);
    there = databases.dialect === "postgres" ? aScene(await databases.open(), here) : here;
  });

  it("lets nobody stay who is taken off the roster while they are let in", async () => {
    for (let round = 1; round <= ROUNDS; round += 1) {
      await here.finish(here.dial(round));
      const [answer] = await here.finish(
        Promise.all([here.keyCode(round), removeFromRoster(there.line, { ...aRequest(), person: MABEL })]),
      );
      const promised = (await here.effects()).map(({ effect }) => effect);
      const { callSid } = here.stepOf(round);
      const isPutOut = promised.some((effect) => effect.kind === "end-call" && effect.callSid === callSid);

      expect(answer.kind === "join" ? isPutOut : answer.kind !== "choose").toBe(true);
      await here.finish(here.hangUp(round));
      await addToRoster(here.line, {
        ...aRequest(),
        title: "ops",
        addition: { person: { kind: "guest", name: "Mabel" }, phoneNumber: aNumber("+12025550112"), role: null },
      });
    }
  });

  it("counts a wrong code though a moderator resets the number meanwhile", async () => {
    for (let round = 1; round <= ROUNDS; round += 1) {
      await here.finish(here.dial(round));
      const [answer, reset] = await here.finish(
        Promise.all([here.keyWrong(round), resetLockout(there.line, { ...aRequest(), person: MABEL })]),
      );

      expect(answer.kind).toBe("ask-code");
      expect(reset.kind).toBe("reset");
      await here.finish(here.hangUp(round));
    }
    expect((await here.events()).filter(({ kind }) => kind === "code-wrong")).toHaveLength(ROUNDS);
  });

  it("alerts once of a call that ends while it is let in, or not at all", async () => {
    for (let round = 1; round <= ROUNDS; round += 1) {
      await here.finish(here.dial(round));
      const [answer] = await here.finish(Promise.all([here.keyCode(round), there.hangUp(round), there.hangUp(round)]));
      const log = (await here.events()).filter(({ callSid }) => callSid === here.stepOf(round).callSid);
      const hungUp = log.filter(({ kind }) => kind === "caller-hung-up");
      const admitted = log.filter(({ kind }) => kind === "caller-admitted");

      expect(hungUp.length + admitted.length).toBe(1);
      expect(answer.kind).toBe(admitted.length === 1 ? "join" : "hang-up");
    }
    expect((await here.sessions()).filter(({ endedAt }) => endedAt === null)).toEqual([]);
  });

  it("keeps somebody on the call whose number a moderator changes meanwhile", async () => {
    await here.finish(here.join(1));
    await addToRoster(here.line, {
      ...aRequest(),
      title: "ops",
      addition: { person: { kind: "guest", name: "Mabel" }, phoneNumber: aNumber("+12025550119"), role: null },
    });
    const participants = [{ callSid: here.stepOf(1).callSid, muted: false, onHold: false }];
    here.phoneNetwork.rooms.set(here.roomOf(1), [{ conferenceSid: aConferenceSid(0), participants }]);
    const [session] = await here.sessions();
    await here.finish(reconcileSession(here.line, session?.id ?? ""));

    expect((await here.effects()).filter(({ effect }) => effect.kind === "end-call")).toEqual([]);
  });
});
