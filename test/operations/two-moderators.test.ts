import { beforeEach, expect, it } from "vitest";
import { addToRoster } from "../../src/operations/add-to-roster.ts";
import { changeRole } from "../../src/operations/change-role.ts";
import { removeFromRoster } from "../../src/operations/remove-from-roster.ts";
import { aConference, aNumber, anActor, aPerson } from "../support/builders.ts";
import { describeOnBoth, sow } from "../support/databases.ts";
import { aRequest, aScene, type Scene } from "./scene.ts";

const MABEL_BY_NAME = { kind: "name", name: "Mabel" } as const;
const isabelle = aPerson({
  id: "isabelle",
  name: "Isabelle",
  slackUserId: "U0ISABELLE",
  role: "moderator",
  phoneNumber: aNumber("+12025550110"),
});
const tommy = {
  person: { kind: "user", userId: "U0TOMMY", name: "Tommy" },
  phoneNumber: aNumber("+12025550111"),
  role: null,
} as const;

describeOnBoth("two moderators at two nodes", (databases) => {
  let here: Scene;
  let there: Scene;

  beforeEach(async () => {
    const db = await databases.open();
    await sow(db, aConference(), isabelle, aPerson({ role: "moderator" }));
    here = aScene(db);
    there = databases.dialect === "postgres" ? aScene(await databases.open(), here) : here;
  });

  const mabelAsks = () => ({ ...aRequest(), actor: anActor({ userId: "U0MABEL", name: "Mabel" }) });

  it("cannot both step down, nor each remove the other", async () => {
    const outcomes = await Promise.all([
      changeRole(here.line, { ...aRequest(), person: { kind: "name", name: "Isabelle" }, role: "participant" }),
      removeFromRoster(there.line, { ...mabelAsks(), person: MABEL_BY_NAME }),
    ]);

    expect(new Set(outcomes.map(({ kind }) => kind === "last-moderator"))).toEqual(new Set([true, false]));
  });

  it("cannot both give one number to different people", async () => {
    const outcomes = await Promise.all([
      addToRoster(here.line, { ...aRequest(), title: "ops", addition: tommy }),
      addToRoster(there.line, {
        ...mabelAsks(),
        title: "ops",
        addition: { ...tommy, person: { kind: "guest", name: "Timmy" } },
      }),
    ]);

    expect(new Set(outcomes.map(({ kind }) => kind))).toEqual(new Set(["added", "number-taken"]));
  });

  it("make one conference of a channel when both are first", async () => {
    const outcomes = await Promise.all([
      addToRoster(here.line, { ...aRequest("C0NEW"), title: "new", addition: tommy }),
      addToRoster(there.line, {
        ...mabelAsks(),
        channelId: "C0NEW",
        title: "new",
        addition: { ...tommy, person: { kind: "guest", name: "Timmy" } },
      }),
    ]);

    expect(outcomes.filter(({ kind }) => kind === "added")).toHaveLength(1);
  });
});
