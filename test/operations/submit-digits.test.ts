import { beforeEach, expect, it } from "vitest";
import { answerCall } from "../../src/operations/answer-call.ts";
import { submitDigits } from "../../src/operations/submit-digits.ts";
import { aCallSid, aConference, aPerson, MABELS_NUMBER, MINUTE } from "../support/builders.ts";
import { describeOnBoth, sow } from "../support/databases.ts";
import { aScene, type Scene } from "./scene.ts";

const MABEL = { callSid: aCallSid(1), from: MABELS_NUMBER, verdict: null };

describeOnBoth("F12–F15: a webhook of a call", (databases) => {
  let scene: Scene;
  /** Where Twilio's repeat arrives: another node, where there can be one. */
  let elsewhere: Scene;

  beforeEach(async () => {
    const db = await databases.open();
    await sow(db, aConference(), aPerson());
    scene = aScene(db);
    elsewhere = databases.dialect === "postgres" ? aScene(await databases.open(), scene) : scene;
  });

  const checks = () => scene.verifier.asked.filter((asked) => asked.startsWith("check"));
  const starts = () => scene.verifier.asked.filter((asked) => asked.startsWith("start"));

  it("has a code checked once, though Twilio repeats it meanwhile, and answers the repeat like the first", async () => {
    await scene.dial(1);
    const step = scene.stepOf(1);
    const keys = { digits: scene.verifier.codeOf(MABELS_NUMBER), finishedOnKey: "" };
    const check = scene.verifier.stopNext("check");
    const first = submitDigits(scene.line, step, keys);
    await check.reached;
    const repeats = [1, 2, 3].map(() => submitDigits(elsewhere.line, step, keys));
    await scene.clock.advance(1000);
    check.go();
    const answers = await scene.finish(Promise.all([first, ...repeats]));

    expect(answers[0]).toMatchObject({ kind: "join", name: "Mabel" });
    expect(answers).toEqual(answers.map(() => answers[0]));
    expect(checks()).toHaveLength(1);
    expect(await scene.sessions()).toHaveLength(1);
  });

  it("answers a later repeat the same again, and does nothing", async () => {
    await scene.dial(1);
    const step = scene.stepOf(1);
    const wrong = { digits: "999999", finishedOnKey: "" };
    const answer = await submitDigits(scene.line, step, wrong);
    await scene.clock.advance(5 * MINUTE);
    const before = [await scene.events(), await scene.lockouts(), await scene.effects()];
    const again = await submitDigits(elsewhere.line, step, wrong);

    expect(answer).toMatchObject({ kind: "ask-code", reason: "wrong", triesLeft: 2 });
    expect(again).toEqual(answer);
    expect([await scene.events(), await scene.lockouts(), await scene.effects()]).toEqual(before);
    expect(checks()).toHaveLength(1);
  });

  it("texts one code, though a call's first webhook is repeated meanwhile and later", async () => {
    const start = scene.verifier.stopNext("start");
    const first = answerCall(scene.line, MABEL);
    await start.reached;
    const repeat = answerCall(elsewhere.line, MABEL);
    await scene.clock.advance(500);
    start.go();
    const [answer, repeated] = await scene.finish(Promise.all([first, repeat]));
    const later = await answerCall(elsewhere.line, MABEL);

    expect(answer).toMatchObject({ kind: "ask-code", reason: "sent" });
    expect([repeated, later]).toEqual([answer, answer]);
    expect(starts()).toHaveLength(1);
    expect((await scene.legs()).length).toBe(1);
  });

  it("hangs up on a step that the call is not at yet, or that makes no sense there", async () => {
    await scene.dial(1);
    const ahead = { callSid: aCallSid(1), step: 7 };
    const unheard = { callSid: aCallSid(9), step: 1 };
    const keys = { digits: scene.verifier.codeOf(MABELS_NUMBER), finishedOnKey: "" };

    expect(await submitDigits(scene.line, ahead, keys)).toEqual({ kind: "hang-up" });
    expect(await submitDigits(scene.line, unheard, keys)).toEqual({ kind: "hang-up" });
    expect(checks()).toEqual([]);
  });

  it.each(["the right code", "a wrong one"])("lets nobody in who hangs up while %s is being checked", async (which) => {
    await scene.dial(1);
    const check = scene.verifier.stopNext("check");
    const keying = which === "the right code" ? scene.keyCode(1) : scene.keyWrong(1);
    await check.reached;
    await scene.hangUp(1);
    check.go();
    const answer = await scene.finish(keying);
    const [leg] = await scene.legs();

    expect(answer).toEqual({ kind: "hang-up" });
    expect(leg).toMatchObject({ admittedAt: null, failure: which === "a wrong one" ? "hung-up" : null });
    expect(await scene.sessions()).toEqual([]);
    expect(await scene.alerts()).toHaveLength(1);
    expect(await scene.lockouts()).toMatchObject(which === "a wrong one" ? [{ failures: 1 }] : []);
  });

  it("gets a hang-up when it is replayed after the call", async () => {
    await scene.dial(1);
    const step = scene.stepOf(1);
    const keys = { digits: scene.verifier.codeOf(MABELS_NUMBER), finishedOnKey: "" };
    const answer = await submitDigits(scene.line, step, keys);
    await scene.hangUp(1);

    expect(answer.kind).toBe("join");
    expect(await submitDigits(scene.line, step, keys)).toEqual({ kind: "hang-up" });
    expect(await answerCall(scene.line, MABEL)).toEqual({ kind: "hang-up" });
  });

  it("loses a check to the lease of a worker that froze: nobody is let in late", async () => {
    await scene.dial(1);
    const code = scene.verifier.codeOf(MABELS_NUMBER);
    const check = scene.verifier.stopNext("check");
    const frozen = scene.key(1, code);
    await check.reached;
    await scene.clock.advance(5001);
    const other = await elsewhere.finish(elsewhere.dial(2));
    const othersAnswer = await elsewhere.keyWrong(2);
    check.go();

    expect(other.kind).toBe("ask-code");
    // The code that the frozen check used up is worth nothing any more.
    expect(othersAnswer).toMatchObject({ kind: "ask-code", reason: "expired" });
    expect(await scene.finish(frozen)).toMatchObject({ kind: "turn-away", reason: "verify-unavailable" });
    expect(await scene.sessions()).toEqual([]);
  });
});
