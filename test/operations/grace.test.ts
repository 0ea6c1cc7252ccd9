import { beforeEach, expect, it } from "vitest";
import type { Database } from "../../src/db/database.ts";
import { endGrace } from "../../src/operations/end-grace.ts";
import { aConference, aNumber, aPerson, MINUTE, NOON } from "../support/builders.ts";
import { describeOnBoth, sow } from "../support/databases.ts";
import { aScene, type Scene } from "./scene.ts";

const ISABELLES_NUMBER = aNumber("+12025550110");
const isabelle = aPerson({
  id: "isabelle",
  name: "Isabelle",
  slackUserId: "U0ISABELLE",
  role: "moderator",
  phoneNumber: ISABELLES_NUMBER,
});
const [MABEL, ISABELLE] = [1, 2];

describeOnBoth("a session that its last moderator left", (databases) => {
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
  const graceJob = async () => (await scene.jobs()).find(({ kind }) => kind === "end-grace") ?? null;

  /** Both are in, and the moderator's phone drops. */
  async function dropModerator(): Promise<string> {
    await scene.join(MABEL);
    await scene.join(ISABELLE, ISABELLES_NUMBER);
    await scene.hangUp(ISABELLE);
    return (await session())?.id ?? "";
  }

  it("has a minute to go when its last moderator's call ended, and says so in the room", async () => {
    const sessionId = await dropModerator();
    const during = await session();
    await scene.clock.advance(MINUTE - 1);
    await endGrace(scene.line, sessionId);
    const almost = await session();
    await scene.clock.advance(1);
    await endGrace(scene.line, sessionId);

    expect(during).toMatchObject({ graceUntil: NOON + MINUTE, endedAt: null });
    expect(almost).toMatchObject({ endedAt: null });
    expect(await session()).toMatchObject({ endedAt: NOON + MINUTE, endReason: "no-moderator" });
    expect(await kinds()).toEqual(["announce", "end-session"]);
    expect(await graceJob()).toBeNull();
  });

  it("goes on when a moderator was admitted in time, though not in the room yet when the grace is over", async () => {
    const sessionId = await dropModerator();
    await scene.clock.advance(MINUTE - 1);
    await scene.dial(3, ISABELLES_NUMBER);
    await scene.keyCode(3, ISABELLES_NUMBER);
    await scene.clock.advance(1);
    await endGrace(scene.line, sessionId);

    expect(await session()).toMatchObject({ graceUntil: null, endedAt: null });
    expect(await kinds()).toEqual(["announce", "announce"]);
    expect(await graceJob()).toBeNull();
  });

  it("does not go on for a moderator who still has to prove who they are", async () => {
    const sessionId = await dropModerator();
    await scene.dial(3, ISABELLES_NUMBER);
    await scene.clock.advance(MINUTE);
    await endGrace(scene.line, sessionId);

    expect(await session()).toMatchObject({ endReason: "no-moderator" });
    await scene.keyCode(3, ISABELLES_NUMBER);
    expect(await scene.sessions()).toHaveLength(2);
  });

  it("has its grace anew when the moderator who came back drops before coming in", async () => {
    await dropModerator();
    await scene.clock.advance(30_000);
    await scene.dial(3, ISABELLES_NUMBER);
    await scene.keyCode(3, ISABELLES_NUMBER);
    await scene.hangUp(3);

    expect(await session()).toMatchObject({ graceUntil: NOON + 30_000 + MINUTE, endedAt: null });
    expect(await graceJob()).toMatchObject({ runAt: NOON + 30_000 + MINUTE });
  });

  it("keeps its grace when the job runs too early, because the clock was set back", async () => {
    const sessionId = await dropModerator();
    scene.clock.jump(-10_000);

    expect(await endGrace(scene.line, sessionId)).toBe(NOON + MINUTE);
    expect(await session()).toMatchObject({ endedAt: null, graceUntil: NOON + MINUTE });
  });

  it("ends at once with the moderator's call when there is no grace", async () => {
    await db.write(({ q, t }) =>
      q
        .update(t.conferences)
        .set({ graceSeconds: 0 })
        .then(() => undefined),
    );
    await dropModerator();

    expect(await session()).toMatchObject({ endReason: "no-moderator", graceUntil: null });
    expect(await kinds()).toEqual(["end-session"]);
  });
});
