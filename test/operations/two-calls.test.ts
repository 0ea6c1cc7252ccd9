import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { aConference, aPerson, MABELS_NUMBER } from "../support/builders.ts";
import { describeOnBoth, onSqlite, sow } from "../support/databases.ts";
import { aScene, type Scene } from "./scene.ts";

describeOnBoth("two calls that claim one number", (databases) => {
  let scene: Scene;

  beforeEach(async () => {
    const db = await databases.open();
    await sow(db, aConference(), aPerson());
    scene = aScene(db);
    await scene.dial(1);
    await scene.dial(2);
  });

  it("share one code, and it is texted once", () => {
    expect(scene.verifier.asked).toEqual([`start ${MABELS_NUMBER}`]);
  });

  it.each([
    ["one after the other", [1, 2]],
    ["the other way round", [2, 1]],
  ])("keying the same right code, %s: it lets in the first, the other hears that it was used", async (_how, [a, b]) => {
    const code = scene.verifier.codeOf(MABELS_NUMBER);
    const first = await scene.key(a ?? 0, code);
    const second = await scene.key(b ?? 0, code);

    expect(first.kind).toBe("join");
    expect(second).toMatchObject({ kind: "ask-code", reason: "used" });
    expect(await scene.lockouts()).toEqual([]);
  });

  it("keying it at once: one is in, the other hears that it was used, nobody failed", async () => {
    const code = scene.verifier.codeOf(MABELS_NUMBER);
    const answers = await scene.finish(Promise.all([scene.key(1, code), scene.key(2, code)]));
    const kinds = answers.map((answer) => (answer.kind === "ask-code" ? answer.reason : answer.kind));

    expect(new Set(kinds)).toEqual(new Set(["join", "used"]));
    expect(await scene.lockouts()).toEqual([]);
    expect((await scene.legs()).filter(({ admittedAt }) => admittedAt !== null)).toHaveLength(1);
  });

  it("let the right code in while the other's wrong one is being checked", async () => {
    const code = scene.verifier.codeOf(MABELS_NUMBER);
    const check = scene.verifier.stopNext("check");
    const wrong = scene.keyWrong(1);
    await check.reached;
    const right = scene.key(2, code);
    await scene.clock.advance(200);
    check.go();

    expect(await scene.finish(right)).toMatchObject({ kind: "join" });
    expect(await scene.finish(wrong)).toMatchObject({ kind: "ask-code", reason: "wrong", triesLeft: 2 });
  });

  it("are told of in one alert that names both", async () => {
    await scene.keyWrong(1);
    await scene.keyWrong(2);
    const alerts = await scene.alerts();

    expect(alerts).toHaveLength(2);
    expect(new Set(alerts.map(({ messageId }) => messageId)).size).toBe(1);
  });

  it("share the counter: a wrong code of one leaves the other fewer guesses", async () => {
    for (const n of [1, 1, 1, 2, 2, 2]) await scene.keyWrong(n);
    await scene.dial(3);
    for (const n of [3, 3, 3]) await scene.keyWrong(n);
    await scene.dial(4);

    expect(await scene.lockouts()).toMatchObject([{ failures: 9 }]);
    expect(await scene.keyWrong(4)).toMatchObject({ kind: "turn-away", reason: "locked-out" });
  });
});

type Move = { kind: "dial" | "right" | "wrong" | "star" | "hang-up" | "silence"; n: number; isTogether: boolean };

describe("T9: whatever calls from one number do, and in whatever order", () => {
  const databases = onSqlite();

  const moves = fc.array(
    fc.record<Move>({
      kind: fc.constantFrom("dial", "right", "right", "wrong", "star", "hang-up", "silence"),
      n: fc.constantFrom(1, 2, 3),
      isTogether: fc.boolean(),
    }),
    { minLength: 4, maxLength: 16 },
  );

  function play(scene: Scene, { kind, n }: Move): Promise<unknown> {
    switch (kind) {
      case "dial":
        return scene.dial(n);
      case "right":
        return scene.keyCode(n);
      case "wrong":
        return scene.keyWrong(n);
      case "star":
        return scene.key(n, "", "*");
      case "silence":
        return scene.key(n, "");
      case "hang-up":
        return scene.hangUp(n);
    }
  }

  it("each code lets in one of them at most, and only one that keyed it", async () => {
    const db = await databases.open();
    await sow(db, aConference(), aPerson());
    let calls = 0;

    const isSafe = fc.asyncProperty(moves, async (story) => {
      const scene = aScene(db);
      const base = (calls += 10);
      let together: Promise<unknown>[] = [];
      for (const move of [1, 2, 3].map((n): Move => ({ kind: "dial", n, isTogether: false })).concat(story)) {
        together.push(play(scene, { ...move, n: base + move.n }));
        if (move.isTogether) continue;
        await scene.finish(Promise.all(together));
        together = [];
      }
      await scene.finish(Promise.all(together));
      const legs = (await scene.legs()).slice(-3);
      const admitted = legs.filter(({ admittedAt }) => admittedAt !== null).length;
      await db.write(async ({ q, t }) => {
        await q.delete(t.lockouts);
        await q.delete(t.phoneNumbers);
      });
      return admitted <= scene.verifier.approvals();
    });

    expect((await fc.check(isSafe, { numRuns: 20 })).counterexample).toBeNull();
  });
});
