import { beforeEach, expect, it } from "vitest";
import type { PhoneNumber } from "../../src/conference/phone-number.ts";
import { addToRoster } from "../../src/operations/add-to-roster.ts";
import { changeRole } from "../../src/operations/change-role.ts";
import { removeFromRoster } from "../../src/operations/remove-from-roster.ts";
import { aCallSid, aConference, aNumber, aPerson, MABELS_NUMBER } from "../support/builders.ts";
import { onPostgres, sow } from "../support/databases.ts";
import { describeOnPostgres } from "../support/postgres.ts";
import { isabelle, judged, type TwoNodes, twoNodes } from "./held.ts";
import { aRequest, type Scene } from "./scene.ts";

const TOMMYS_NUMBER = aNumber("+12025550111");
const MABEL = { kind: "name", name: "Mabel" } as const;

describeOnPostgres("a roster that one node changes, beside another node", () => {
  const databases = onPostgres();
  let nodes: TwoNodes;

  beforeEach(async () => {
    nodes = await twoNodes(databases, aConference(), isabelle, aPerson());
  });

  const add = ({ line }: Scene, name: string, channelId: string, phoneNumber: PhoneNumber) => {
    const addition = { person: { kind: "guest", name }, phoneNumber, role: null } as const;
    return addToRoster(line, { ...aRequest(channelId), title: "ops", addition });
  };
  const removeMabel = ({ line }: Scene) => removeFromRoster(line, { ...aRequest(), person: MABEL });

  it("lets nobody in whose removal is under way", async () => {
    const { here, there, cross } = nodes;
    await here.dial(1);
    const [removal, answer] = await cross(
      () => removeMabel(there),
      () => here.keyCode(1),
    );

    expect(removal).toMatchObject({ kind: "removed", wasOnCall: false });
    expect(answer).toMatchObject({ kind: "turn-away", reason: "removed" });
  });

  it("lets nobody in from a number that is just being replaced", async () => {
    const { here, there, cross } = nodes;
    const person = { kind: "user", userId: "U0MABEL", name: "Mabel" } as const;
    const addition = { person, phoneNumber: TOMMYS_NUMBER, role: null };
    await here.dial(1);
    const [change, answer] = await cross(
      () => addToRoster(there.line, { ...aRequest(), title: "ops", addition }),
      () => here.keyCode(1),
    );

    expect(change).toMatchObject({ kind: "updated" });
    expect(answer).toMatchObject({ kind: "turn-away", reason: "removed" });
  });

  it("puts out who is removed while they are let in", async () => {
    const { here, there, cross } = nodes;
    await there.dial(1);
    const settle = await judged(there, () => there.keyCode(1));
    const [answer, removal] = await cross(settle, () => removeMabel(here));
    const effects = (await here.effects()).map(({ effect }) => effect);

    expect(answer.kind).toBe("join");
    expect(removal).toMatchObject({ kind: "removed", wasOnCall: true });
    expect(effects).toContainEqual({ kind: "end-call", callSid: aCallSid(1) });
  });

  it("keeps its last moderator, though the other is just being removed", async () => {
    const { here, there, cross } = nodes;
    await changeRole(here.line, { ...aRequest(), person: MABEL, role: "moderator" });
    const person = { kind: "name", name: "Isabelle" } as const;
    const [removal, stepDown] = await cross(
      () => removeMabel(there),
      () => changeRole(here.line, { ...aRequest(), person, role: "participant" }),
    );

    expect(removal.kind).toBe("removed");
    expect(stepDown).toMatchObject({ kind: "last-moderator", person: { name: "Isabelle" } });
  });

  it("gives a number to one person only", async () => {
    const { here, there, cross } = nodes;
    const [first, second] = await cross(
      () => add(there, "Tommy", "C0OPS", TOMMYS_NUMBER),
      () => add(here, "Timmy", "C0OPS", TOMMYS_NUMBER),
    );

    expect(first).toMatchObject({ kind: "added", person: { name: "Tommy" } });
    expect(second).toMatchObject({ kind: "number-taken", by: { name: "Tommy" } });
  });

  it("is made once for a channel that had none, and has whom both add", async () => {
    const { here, there, cross } = nodes;
    const outcomes = await cross(
      () => add(there, "Tommy", "C0NEW", TOMMYS_NUMBER),
      () => add(here, "Timmy", "C0NEW", aNumber("+12025550114")),
    );

    expect(outcomes).toMatchObject([
      { kind: "added", isNewConference: true, person: { name: "Tommy" } },
      { kind: "added", isNewConference: false, person: { name: "Timmy" } },
    ]);
  });

  it("fetches nobody to start a call that just starts", async () => {
    const { here, there, cross } = nodes;
    await here.join(1);
    await there.dial(2, isabelle.phoneNumber ?? undefined);
    await there.keyCode(2, isabelle.phoneNumber ?? undefined);
    await cross(
      () => there.tell(2, "join", { sequenceNumber: 2 }),
      () => changeRole(here.line, { ...aRequest(), person: MABEL, role: "moderator" }),
    );

    expect(await here.sessions()).toMatchObject([{ startedAt: here.clock.now() }]);
    expect((await here.effects()).map(({ effect }) => effect.kind)).not.toContain("rejoin");
  });

  it("takes along a wrong code of a number that is counted while it is added", async () => {
    const { here, there, cross } = nodes;
    const dev = aConference({ id: "conf-dev", channelId: "C0DEV", title: "dev" });
    await sow(here.db, dev, { ...isabelle, id: "isabelle-dev" });
    await there.dial(1);
    const settle = await judged(there, () => there.keyWrong(1));
    await cross(settle, () => add(here, "Mabel", "C0DEV", MABELS_NUMBER));

    expect(await here.lockouts()).toMatchObject([
      { conferenceId: "conf-dev", failures: 1 },
      { conferenceId: "conf-ops", failures: 1 },
    ]);
  });
});
