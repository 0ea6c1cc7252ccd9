import { beforeEach, expect, it } from "vitest";
import { endGrace } from "../../src/operations/end-grace.ts";
import { aConference, aNumber, aPerson, MINUTE } from "../support/builders.ts";
import { onPostgres } from "../support/databases.ts";
import { describeOnPostgres } from "../support/postgres.ts";
import { isabelle, judged, type TwoNodes, twoNodes } from "./held.ts";
import type { Scene } from "./scene.ts";

const ISABELLES_NUMBER = aNumber("+12025550110");
const [MABEL, ISABELLE, ISABELLE_AGAIN] = [1, 2, 3];

describeOnPostgres("a session that one node decides about, beside another node", () => {
  const databases = onPostgres();
  let nodes: TwoNodes;

  beforeEach(async () => {
    nodes = await twoNodes(databases, aConference(), isabelle, aPerson());
  });

  /** Both are in, the moderator's phone drops, and comes back as the minute of grace is over. */
  async function comeBackLate(to: Scene): Promise<{ sessionId: string; settle: () => Promise<unknown> }> {
    const { here } = nodes;
    await here.join(MABEL);
    await here.join(ISABELLE, ISABELLES_NUMBER);
    await here.hangUp(ISABELLE, ISABELLES_NUMBER);
    await to.dial(ISABELLE_AGAIN, ISABELLES_NUMBER);
    await here.clock.advance(MINUTE);
    const settle = await judged(to, () => to.keyCode(ISABELLE_AGAIN, ISABELLES_NUMBER));
    const [session] = await here.sessions();
    return { sessionId: session?.id ?? "", settle };
  }

  it("ends it when the last two leave at once", async () => {
    const { here, there, cross } = nodes;
    await here.join(MABEL);
    await here.join(ISABELLE, ISABELLES_NUMBER);
    await cross(
      () => there.hangUp(ISABELLE, ISABELLES_NUMBER),
      () => here.hangUp(MABEL),
    );

    expect(await here.sessions()).toMatchObject([{ endReason: "everyone-left" }]);
  });

  it("is one for two who are let in at once", async () => {
    const { here, there, cross } = nodes;
    await here.dial(MABEL);
    await there.dial(ISABELLE, ISABELLES_NUMBER);
    const settle = await judged(there, () => there.keyCode(ISABELLE, ISABELLES_NUMBER));
    await cross(settle, () => here.keyCode(MABEL));

    expect(await here.sessions()).toHaveLength(1);
    expect(here.roomOf(MABEL)).toBe(there.roomOf(ISABELLE));
  });

  it("opens another for who is let in while the last one leaves", async () => {
    const { here, there, cross } = nodes;
    await here.join(MABEL);
    await here.dial(ISABELLE, ISABELLES_NUMBER);
    await cross(
      () => there.hangUp(MABEL),
      () => here.keyCode(ISABELLE, ISABELLES_NUMBER),
    );
    const [ended, open] = await here.sessions();

    expect(ended).toMatchObject({ endReason: "everyone-left" });
    expect(open).toMatchObject({ endedAt: null, name: here.roomOf(ISABELLE) });
  });

  it("opens another for the moderator who is let in while its grace ends", async () => {
    const { here, there, cross } = nodes;
    const { sessionId, settle } = await comeBackLate(here);
    await cross(() => endGrace(there.line, sessionId), settle);
    const sessions = await here.sessions();

    expect(sessions.find(({ id }) => id === sessionId)).toMatchObject({ endReason: "no-moderator" });
    expect(sessions.find(({ name }) => name === here.roomOf(ISABELLE_AGAIN))).toMatchObject({ endedAt: null });
  });

  it("goes on when its grace is over while the moderator is let in", async () => {
    const { here, there, cross } = nodes;
    const { sessionId, settle } = await comeBackLate(there);
    await cross(settle, () => endGrace(here.line, sessionId));

    expect(await here.sessions()).toMatchObject([{ endedAt: null, graceUntil: null }]);
  });
});
