import { beforeEach, expect, it } from "vitest";
import { saveLockout } from "../../src/db/lockouts.ts";
import { saveNumberState } from "../../src/db/phone-numbers.ts";
import { resetLockout } from "../../src/operations/reset-lockout.ts";
import { aConference, aPerson, MABELS_NUMBER, MINUTE, NOON, TEAM } from "../support/builders.ts";
import { onPostgres } from "../support/databases.ts";
import { describeOnPostgres } from "../support/postgres.ts";
import { isabelle, judged, type TwoNodes, twoNodes } from "./held.ts";
import { aRequest, type Scene } from "./scene.ts";

const LEASE_OVER_MS = 5001;

describeOnPostgres("what is counted against a number, by two nodes at once", () => {
  const databases = onPostgres();
  let nodes: TwoNodes;

  beforeEach(async () => {
    nodes = await twoNodes(databases, aConference(), isabelle, aPerson());
  });

  const reset = ({ line }: Scene) => resetLockout(line, { ...aRequest(), person: { kind: "name", name: "Mabel" } });
  const textedAt = (...instants: number[]) =>
    nodes.here.db.write((tx) => saveNumberState(tx, TEAM, MABELS_NUMBER, { textsSentAt: instants }));

  it("a wrong code is cleared by the reset that comes while it is counted, and which says so", async () => {
    const { here, there, cross } = nodes;
    await there.dial(1);
    const settle = await judged(there, () => there.keyWrong(1));
    const [answer, cleared] = await cross(settle, () => reset(here));

    expect(answer).toMatchObject({ kind: "ask-code", reason: "wrong" });
    expect(cleared).toMatchObject({ kind: "reset", failures: 1 });
    expect(await here.lockouts()).toEqual([]);
  });

  it("a wrong code counts from nothing when a reset is under way", async () => {
    const { here, there, cross } = nodes;
    const key = { teamId: TEAM, conferenceId: "conf-ops", phoneNumber: MABELS_NUMBER };
    await here.db.write((tx) => saveLockout(tx, key, { failures: 9, lockedUntil: null }));
    await here.dial(1);
    const settle = await judged(here, () => here.keyWrong(1));
    const [cleared, answer] = await cross(() => reset(there), settle);

    expect(cleared).toMatchObject({ kind: "reset", failures: 9 });
    expect(answer).toMatchObject({ kind: "ask-code", reason: "wrong" });
    expect(await here.lockouts()).toMatchObject([{ failures: 1, lockedUntil: null }]);
  });

  it("a right code leaves the texts forgotten that a reset forgives meanwhile", async () => {
    const { here, there, cross } = nodes;
    await here.dial(1);
    await textedAt(NOON - 2 * MINUTE, NOON - MINUTE, NOON);
    const settle = await judged(here, () => here.keyCode(1));
    const [, answer] = await cross(() => reset(there), settle);

    expect(answer.kind).toBe("join");
    expect(await here.numbers()).toMatchObject([{ textsSentAt: [] }]);
  });

  it("a caller who was texted too often gets another when a reset is under way", async () => {
    const { here, there, cross } = nodes;
    await here.dial(1);
    await textedAt(NOON - 2 * MINUTE, NOON - MINUTE, NOON);
    const [, answer] = await cross(
      () => reset(there),
      () => here.key(1, "", "*"),
    );

    expect(answer).toMatchObject({ kind: "ask-code", reason: "resent" });
  });

  it("two wrong codes count as two, though the one that was first judged had lost its lease", async () => {
    const { here, there, cross } = nodes;
    await here.dial(1);
    await there.dial(2);
    const settleLate = await judged(here, () => here.keyWrong(1));
    await here.clock.advance(LEASE_OVER_MS);
    const settle = await judged(there, () => there.keyWrong(2));
    await cross(settle, settleLate);

    expect(await here.lockouts()).toMatchObject([{ failures: 2 }]);
  });

  it("two calls that hang up are told of in one message", async () => {
    const { here, there, cross } = nodes;
    await here.dial(1);
    await there.dial(2);
    await here.clock.advance(1000);
    await cross(
      () => there.hangUp(2),
      () => here.hangUp(1),
    );
    const alerts = await here.alerts();

    expect(alerts).toHaveLength(2);
    expect(new Set(alerts.map(({ messageId }) => messageId)).size).toBe(1);
  });
});
