import { beforeEach, expect, it } from "vitest";
import { chooseConference } from "../../src/operations/choose-conference.ts";
import { resetLockout } from "../../src/operations/reset-lockout.ts";
import { aConference, aPerson } from "../support/builders.ts";
import { onPostgres, sow } from "../support/databases.ts";
import { describeOnPostgres } from "../support/postgres.ts";
import { isabelle, judged, type TwoNodes, twoNodes } from "./held.ts";
import { aRequest } from "./scene.ts";

describeOnPostgres("a call that ends at one node, beside another node", () => {
  const databases = onPostgres();
  let nodes: TwoNodes;

  beforeEach(async () => {
    nodes = await twoNodes(databases, aConference(), isabelle, aPerson());
  });

  const kinds = async () => (await nodes.here.events()).map(({ kind }) => kind);

  it("is not let in by the choice that its caller just made", async () => {
    const { here, there, cross } = nodes;
    const dev = aConference({ id: "conf-dev", channelId: "C0DEV", title: "dev" });
    await sow(here.db, dev, aPerson({ id: "mabel-dev" }));
    await here.dial(1);
    const asked = await here.keyCode(1);
    const [, answer] = await cross(
      () => there.hangUp(1),
      () => chooseConference(here.line, here.stepOf(1), "1"),
    );

    expect(asked.kind).toBe("choose");
    expect(answer).toEqual({ kind: "hang-up" });
    expect(await here.sessions()).toEqual([]);
  });

  it("ends as the one that was let in meanwhile, and the session with it", async () => {
    const { here, there, cross } = nodes;
    await there.dial(1);
    const settle = await judged(there, () => there.keyCode(1));
    const [answer] = await cross(settle, () => here.hangUp(1));

    expect(answer.kind).toBe("join");
    expect(await kinds()).not.toContain("caller-hung-up");
    expect(await here.sessions()).toMatchObject([{ endReason: "everyone-left" }]);
  });

  it("ends once, though it is told of twice", async () => {
    const { here, there, cross } = nodes;
    await here.dial(1);
    await cross(
      () => there.hangUp(1),
      () => here.hangUp(1),
    );

    expect((await kinds()).filter((kind) => kind === "caller-hung-up")).toHaveLength(1);
  });

  it("waits its turn behind the code that is being judged: PostgreSQL has to undo neither", async () => {
    const { here, there, cross, runs } = nodes;
    await here.dial(1);
    const settle = await judged(here, () => here.keyCode(1));
    const [reset, answer] = await cross(
      () => resetLockout(there.line, { ...aRequest(), person: { kind: "name", name: "Mabel" } }),
      settle,
      () => here.hangUp(1),
    );

    expect(reset.kind).toBe("reset");
    expect(answer.kind).toBe("join");
    expect(await here.sessions()).toMatchObject([{ endReason: "everyone-left" }]);
    expect(runs.made).toBe(runs.wanted);
  });
});
