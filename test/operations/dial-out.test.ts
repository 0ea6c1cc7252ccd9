import { beforeEach, expect, it } from "vitest";
import type { DialOut } from "../../src/conference/dial-out.ts";
import type { Actor } from "../../src/conference/moderation.ts";
import { listDialOuts } from "../../src/db/dial-outs.ts";
import type { Database } from "../../src/db/database.ts";
import { getSession } from "../../src/db/sessions.ts";
import { answerDialed } from "../../src/operations/answer-dialed.ts";
import { callMe } from "../../src/operations/call-me.ts";
import { callPeople } from "../../src/operations/call-people.ts";
import { joinByKey } from "../../src/operations/join-by-key.ts";
import { lookForSilentLegs } from "../../src/operations/look-for-silent-legs.ts";
import { placeCall } from "../../src/operations/place-call.ts";
import { removeFromRoster } from "../../src/operations/remove-from-roster.ts";
import { recordDialOut } from "../../src/operations/record-dial-out.ts";
import { aCallSid, aConference, anActor, aNumber, aPerson, MABELS_NUMBER, MINUTE, NOON } from "../support/builders.ts";
import { describeOnBoth, sow } from "../support/databases.ts";
import { aPlacedCallSid } from "../support/fakes.ts";
import { aRequest, aScene, type Scene } from "./scene.ts";

const ISABELLES_NUMBER = aNumber("+12025550110");
const TOMMYS_NUMBER = aNumber("+12025550111");
const ISABELLES_CALL = 1;
const RINGING = { state: "open", isMachine: false } as const;

const isabelle = aPerson({
  id: "isabelle",
  name: "Isabelle",
  slackUserId: "U0ISABELLE",
  role: "moderator",
  phoneNumber: ISABELLES_NUMBER,
});
const mabel = aPerson({ id: "mabel" });
const tommy = aPerson({ id: "tommy", name: "Tommy", slackUserId: "U0TOMMY", phoneNumber: TOMMYS_NUMBER });
const nook = aPerson({ id: "nook", name: "Nook", slackUserId: "U0NOOK", phoneNumber: null });

describeOnBoth("calling people out", (databases) => {
  let db: Database;
  let scene: Scene;
  let sessionId: string;

  beforeEach(async () => {
    db = await databases.open();
    await sow(db, aConference(), isabelle, mabel, tommy, nook);
    scene = aScene(db);
    await scene.join(ISABELLES_CALL, ISABELLES_NUMBER);
    sessionId = (await scene.sessions())[0]?.id ?? "";
  });

  const call = (...ids: string[]) =>
    db.write(async (tx) => callPeople(tx, scene.line, await getSession(tx, sessionId), ids, NOON));
  const dialOuts = () => db.read((reader) => listDialOuts(reader, sessionId));
  const only = async (): Promise<DialOut> => {
    const [first] = await dialOuts();
    if (first === undefined) throw new Error("nobody is called");
    return first;
  };
  const place = async (attempt = 1) => placeCall(scene.line, { dialOutId: (await only()).id, attempt }, () => true);
  const placed = async (n: number, attempt = 1) => {
    const { id: dialOutId } = await only();
    return { dialOutId, attempt, callSid: aPlacedCallSid(n), to: MABELS_NUMBER };
  };
  const calls = () => scene.dialler.asked.filter((asked) => asked.startsWith("call"));

  const lockMabelOut = async () => {
    for (const n of [11, 12, 13, 14]) {
      await scene.dial(n);
      for (let tries = 0; tries < 3; tries += 1) await scene.keyWrong(n);
    }
  };

  it("promises it in the order that is asked for, to whoever can be called and is not on the line", async () => {
    const called = await call("tommy", "isabelle", "nook", "nobody", "mabel", "tommy");
    const again = await call("mabel", "tommy");

    expect([called, again]).toEqual([["tommy", "mabel"], []]);
    expect(await dialOuts()).toMatchObject([
      { participantId: "tommy", state: "waiting", attempts: 0 },
      { participantId: "mabel", state: "waiting", attempts: 0 },
    ]);
    const promised = (await scene.effects()).filter(({ effect }) => effect.kind === "place-call");
    expect(promised.map(({ lane }) => lane)).toEqual(Array(2).fill("twilio/dial/T0EXAMPLE1"));
  });

  it("is done once, however often the promise is kept", async () => {
    await call("mabel");

    expect(await place()).toEqual({ kind: "asked" });
    expect(await place()).toEqual({ kind: "not-needed" });
    expect(await place(2)).toEqual({ kind: "not-needed" });

    expect(calls()).toEqual([`call ${MABELS_NUMBER} 1`]);
    expect(await only()).toMatchObject({
      state: "calling",
      attempts: 1,
      callSid: aPlacedCallSid(1),
      uncertainSince: null,
    });
  });

  it("is not done by a worker that was frozen before it could ask Twilio: another may have asked by now", async () => {
    await call("mabel");
    const { id: dialOutId } = await only();

    const late = await placeCall(scene.line, { dialOutId, attempt: 1 }, () => false);

    expect(late).toMatchObject({ kind: "later" });
    expect(calls()).toEqual([]);
    expect(await only()).toMatchObject({ state: "calling", uncertainSince: NOON });
  });

  it("is put off, and no attempt is used up, when Twilio has too much to do", async () => {
    await call("mabel");
    scene.dialler.outcomes.push({ kind: "not-now", reason: "429/20429" });

    expect(await place()).toEqual({ kind: "later", reason: "429/20429", at: null, holdsLane: true });
    expect(await only()).toMatchObject({ state: "waiting", attempts: 0, uncertainSince: null });
    expect(await place()).toEqual({ kind: "asked" });
  });

  it("is not done when too many wrong codes were keyed for the number meanwhile", async () => {
    await call("mabel");
    await lockMabelOut();

    expect(await place()).toEqual({ kind: "not-needed" });
    expect(calls()).toEqual([]);
    expect(await only()).toMatchObject({ state: "not-needed" });
  });

  it("stops when they are taken off the roster: their phone rings no more", async () => {
    await call("mabel", "tommy");
    await place();

    for (const userId of ["U0MABEL", "U0TOMMY"]) {
      await removeFromRoster(scene.line, { ...aRequest(), person: { kind: "user", userId } });
    }

    expect((await dialOuts()).map(({ state }) => state)).toEqual(["not-needed", "not-needed"]);
    const ended = (await scene.effects()).flatMap(({ effect }) => (effect.kind === "end-call" ? [effect.callSid] : []));
    expect(ended).toEqual([aPlacedCallSid(1)]);
  });

  it("is given up when Twilio refuses the number", async () => {
    await call("mabel");
    scene.dialler.outcomes.push({ kind: "refused", reason: "400/21211" });

    expect(await place()).toEqual({ kind: "asked" });
    expect(await only()).toMatchObject({ state: "failed", uncertainSince: null });
  });

  it("looks for a call whose placing was never confirmed, and not before Twilio can have told of it", async () => {
    await call("mabel");
    scene.dialler.outcomes.push({ kind: "unknown", reason: "ECONNRESET" });
    expect(await place()).toMatchObject({ kind: "later", at: NOON + 10_000 });
    expect(await place()).toMatchObject({ kind: "later", at: NOON + 10_000 });
    scene.dialler.calls.push(
      { ...RINGING, callSid: aCallSid(ISABELLES_CALL) },
      { ...RINGING, callSid: aPlacedCallSid(7) },
    );

    await scene.clock.advance(10_000);

    expect(await place()).toEqual({ kind: "asked" });
    expect(calls()).toHaveLength(1);
    expect(await only()).toMatchObject({ state: "calling", attempts: 1, callSid: aPlacedCallSid(7) });
  });

  it("counts one that was found and was over already", async () => {
    await call("mabel");
    scene.dialler.outcomes.push({ kind: "unknown", reason: "ECONNRESET" });
    await place();
    scene.dialler.calls.push({ state: "busy", isMachine: false, callSid: aPlacedCallSid(7) });
    await scene.clock.advance(10_000);
    await place();

    expect(await only()).toMatchObject({ state: "waiting", attempts: 1 });
    await scene.clock.advance(30_000);
    expect(await place(2)).toEqual({ kind: "asked" });
    expect(calls()).toEqual([`call ${MABELS_NUMBER} 1`, `call ${MABELS_NUMBER} 2`]);
  });

  it("goes on after a crash between asking Twilio and its answer, and when Twilio knows of no call asks again", async () => {
    await call("mabel");
    const ask = scene.dialler.call;
    scene.dialler.call = () => Promise.reject(new Error("the process died"));
    await expect(place()).rejects.toThrow("died");
    scene.dialler.call = ask;
    await scene.clock.advance(10_000);

    // Who finds it so cannot know how long ago Twilio was asked.
    expect(await place()).toMatchObject({ kind: "later", at: NOON + 20_000 });
    await scene.clock.advance(10_000);
    expect(await place()).toEqual({ kind: "asked" });

    expect(scene.dialler.asked).toEqual([`list ${MABELS_NUMBER}`, `call ${MABELS_NUMBER} 1`]);
    expect(await only()).toMatchObject({ state: "calling", attempts: 1 });
  });

  it("believes the call's own webhooks when Twilio's answer never comes", async () => {
    await call("mabel");
    scene.dialler.outcomes.push({ kind: "unknown", reason: "ECONNRESET" });
    await place();

    await recordDialOut(scene.line, await placed(7), RINGING);

    expect(await place()).toEqual({ kind: "not-needed" });
    expect(await only()).toMatchObject({ callSid: aPlacedCallSid(7), uncertainSince: null });
    expect(scene.dialler.asked).toHaveLength(1);
  });

  it("does not take a call that came in for one that we placed, whoever says so", async () => {
    await call("mabel");
    scene.dialler.outcomes.push({ kind: "unknown", reason: "ECONNRESET" });
    await place();

    const answer = await answerDialed(scene.line, { ...(await placed(1)), callSid: aCallSid(ISABELLES_CALL) }, false);

    expect(answer).toEqual({ kind: "hang-up" });
    expect(await only()).toMatchObject({ state: "calling", callSid: null });
  });

  it("hangs up the call that was placed while the session ended", async () => {
    await call("mabel");
    const ask = scene.dialler.call;
    scene.dialler.call = async (wanted) => {
      await scene.hangUp(ISABELLES_CALL, ISABELLES_NUMBER);
      return ask(wanted);
    };

    await place();

    expect(await only()).toMatchObject({ state: "not-needed" });
    const ended = (await scene.effects()).flatMap(({ effect }) => (effect.kind === "end-call" ? [effect.callSid] : []));
    expect(ended).toEqual([aPlacedCallSid(1)]);
  });

  it("takes no notice of what is told late of an earlier attempt", async () => {
    await call("mabel");
    await place();
    const first = await placed(1);
    await recordDialOut(scene.line, first, { state: "busy", isMachine: false });
    await place(2);

    await recordDialOut(scene.line, first, { state: "busy", isMachine: false });
    await recordDialOut(scene.line, { ...first, callSid: aPlacedCallSid(9) }, { state: "failed", isMachine: false });
    const answer = await answerDialed(scene.line, { ...first, callSid: aPlacedCallSid(9) }, false);

    expect(answer).toEqual({ kind: "hang-up" });
    expect(await only()).toMatchObject({ state: "calling", attempts: 2, callSid: aPlacedCallSid(2) });
  });

  it("learns from Twilio what became of a call of which nothing more was told", async () => {
    await call("mabel");
    await place();
    scene.dialler.calls.push({ state: "completed", isMachine: true, callSid: aPlacedCallSid(1) });

    await scene.clock.advance(MINUTE);
    await lookForSilentLegs(scene.line);

    expect(await only()).toMatchObject({ state: "voicemail" });
  });

  it("lets in who presses 1 once, though two webhooks tell of it at once", async () => {
    await call("mabel");
    await place();
    const { callSid } = await placed(1);
    await answerDialed(scene.line, await placed(1), false);

    const press = () => joinByKey(scene.line, { callSid, step: 1 }, "1");
    const [one, two] = await scene.finish(Promise.all([press(), press()]));

    expect(one).toMatchObject({ kind: "join", name: "Mabel" });
    expect(two).toEqual(one);
    expect(await only()).toMatchObject({ state: "joined" });
    expect((await scene.events()).filter(({ kind }) => kind === "caller-admitted")).toHaveLength(2);
    expect(await scene.alerts()).toEqual([]);
  });

  it("says that it is over to who picks up after the end, before we could hang up", async () => {
    await call("mabel");
    await place();
    await scene.hangUp(ISABELLES_CALL, ISABELLES_NUMBER);

    expect(await answerDialed(scene.line, await placed(1), false)).toEqual({ kind: "good-bye", reason: "ended" });
    expect(await only()).toMatchObject({ state: "not-needed" });
  });

  it("lets nobody in whose call is over for us, whatever they press", async () => {
    await call("mabel");
    await place();
    const { callSid } = await placed(1);
    await answerDialed(scene.line, await placed(1), false);
    await scene.hangUp(ISABELLES_CALL, ISABELLES_NUMBER);

    const answer = await joinByKey(scene.line, { callSid, step: 1 }, "1");

    expect(answer).toEqual({ kind: "good-bye", reason: "ended" });
    expect(await scene.sessions()).toHaveLength(1);
    expect(await only()).toMatchObject({ state: "not-needed" });
  });

  /** Twilio tells how a call of hers went, which she let ring, or took and hung up. */
  const toldOf = async (callSid: string, state: "completed" | "busy", attempt = 1) =>
    recordDialOut(scene.line, { ...(await placed(1, attempt)), callSid }, { state, isMachine: false });
  const decline = async (callSid: string) => {
    await answerDialed(scene.line, { ...(await placed(1)), callSid }, false);
    for (const step of [1, 2]) await joinByKey(scene.line, { callSid, step }, "2");
  };

  it("is done anew for who declined and asks for it, though the end of their earlier call is told of late", async () => {
    await call("mabel");
    await place();
    await decline(aPlacedCallSid(1));
    const declined = await only();
    await click("U0MABEL");

    await toldOf(aPlacedCallSid(1), "completed");

    expect(declined).toMatchObject({ state: "declined" });
    expect(await only()).toMatchObject({ state: "waiting", callSid: null });
    expect(await place(2)).toEqual({ kind: "asked" });
  });

  const click = (userId: string, overrides: Partial<Actor> = {}, key = `click-${userId}`) =>
    callMe(scene.line, { key, actor: anActor({ userId, ...overrides }) }, { sessionId });

  it("is done at somebody's own wish: theirs is the only phone that rings", async () => {
    expect(await click("U0MABEL")).toEqual({ kind: "calling", maskedNumber: "•••• 12" });
    expect(await dialOuts()).toMatchObject([{ participantId: "mabel", state: "waiting" }]);
    await place();
    expect(calls()).toEqual([`call ${MABELS_NUMBER} 1`]);
  });

  it("tries once more again each time that it is asked for, and ten times at most", async () => {
    await call("mabel");
    const busy = async (attempt: number) => {
      await place(attempt);
      const { callSid } = await only();
      await toldOf(callSid ?? "", "busy", attempt);
      return (await only()).state;
    };

    expect([await busy(1), await busy(2)]).toEqual(["waiting", "busy"]);
    for (const round of [1, 2, 3, 4]) {
      expect(await click("U0MABEL", {}, `again-${round}`)).toMatchObject({ kind: "calling" });
      expect([await busy(2 * round + 1), await busy(2 * round + 2)]).toEqual(["waiting", "busy"]);
    }
    expect(await click("U0MABEL", {}, "again-5")).toEqual({ kind: "too-often" });
  });

  it.each<[string, () => Promise<unknown>, unknown]>([
    ["is on no roster here", () => click("U0STRANGER"), { kind: "not-on-roster" }],
    ["has no number", () => click("U0NOOK"), { kind: "no-number" }],
    ["is on the line", () => click("U0ISABELLE"), { kind: "on-the-line" }],
    ["is a guest", () => click("U0MABEL", { isGuest: true }), { kind: "denied", permission: "outsider" }],
    ["comes from elsewhere", () => click("U0MABEL", { teamId: "T0OTHER" }), { kind: "denied", permission: "outsider" }],
    [
      "Slack cannot tell of",
      () => callMe(scene.line, { key: "k", actor: null }, { sessionId }),
      { kind: "denied", permission: "unknown-actor" },
    ],
    [
      "asks for another call",
      () => callMe(scene.line, { key: "k", actor: anActor({ userId: "U0MABEL" }) }, { sessionId: "none" }),
      { kind: "over" },
    ],
  ])("is refused to somebody who %s", async (_who, ask, refusal) => {
    expect(await ask()).toEqual(refusal);
    expect(await dialOuts()).toEqual([]);
  });

  it("is refused while a phone rings already, and offered again when it came to nothing", async () => {
    await click("U0MABEL");
    expect(await click("U0MABEL", {}, "another")).toEqual({ kind: "being-called" });
    await place();
    await recordDialOut(scene.line, await placed(1), { state: "completed", isMachine: true });

    expect(await click("U0MABEL")).toEqual({ kind: "repeat" });
    expect(await click("U0MABEL", {}, "another")).toMatchObject({ kind: "calling" });
    expect(await place(2)).toEqual({ kind: "asked" });
  });

  it("is refused when the call is over, or the number locked", async () => {
    await lockMabelOut();
    expect(await click("U0MABEL")).toEqual({ kind: "locked-out" });
    await scene.hangUp(ISABELLES_CALL, ISABELLES_NUMBER);
    expect(await click("U0MABEL")).toEqual({ kind: "over" });
  });
});
