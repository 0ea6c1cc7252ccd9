import { describe, expect, it } from "vitest";
import { inOrderOf, inOrderOfCalling, inviteesOf, isExpected, isToBeReminded } from "../../src/conference/invitees.ts";
import type { Answer } from "../../src/conference/series.ts";
import { aPerson } from "../support/builders.ts";

const roster = ["isabelle", "tommy", "mabel", "celeste"].map((id) =>
  aPerson({ id, role: id === "isabelle" ? "moderator" : "participant" }),
);
const said = (answers: Record<string, Answer>) =>
  Object.entries(answers).map(([participantId, answer]) => ({ participantId, answer }));
const namesOf = (invitees: readonly { person: { id: string } }[]) => invitees.map(({ person }) => person.id);

describe("who is invited", () => {
  it.each([
    ["everybody on the roster, where nobody is picked", null, ["isabelle", "tommy", "mabel", "celeste"]],
    ["those who are picked, in the roster's order", ["mabel", "tommy"], ["tommy", "mabel"]],
    ["nobody who was taken off the roster", ["blathers", "mabel"], ["mabel"]],
    ["nobody, of none", [], []],
  ])("is %s", (_, inviteeIds, names) => {
    expect(namesOf(inviteesOf({ inviteeIds }, roster, []))).toEqual(names);
  });

  it("is the same whatever order they are named in, and nobody from elsewhere", () => {
    expect(inOrderOf(roster, ["celeste", "blathers", "isabelle"])).toEqual(["isabelle", "celeste"]);
  });

  it("comes with what they said", () => {
    const invitees = inviteesOf({ inviteeIds: null }, roster, said({ mabel: "no", blathers: "yes" }));

    expect(invitees.map(({ answer }) => answer)).toEqual([null, null, "no", null]);
  });
});

describe.each([
  ["yes", true, true],
  [null, true, true],
  ["maybe", false, true],
  ["no", false, false],
] as const)("somebody who said %s", (answer, isReminded, isAwaited) => {
  const invitee = { person: aPerson(), answer };

  it(`is ${isReminded ? "" : "not "}reminded, and ${isAwaited ? "" : "not "}expected`, () => {
    expect([isToBeReminded(invitee), isExpected(invitee)]).toEqual([isReminded, isAwaited]);
  });

  it("is not expected without a number to dial in from", () => {
    expect(isExpected({ ...invitee, person: aPerson({ phoneNumber: null }) })).toBe(false);
  });
});

describe("whom to call first", () => {
  it.each([
    ["moderators, then the roster's order", {}, ["isabelle", "tommy", "mabel", "celeste"]],
    ["who said yes, nothing, maybe", { tommy: "maybe", celeste: "yes" }, ["isabelle", "celeste", "mabel", "tommy"]],
    [
      "a moderator who said maybe before who said yes",
      { isabelle: "maybe", tommy: "yes" },
      ["isabelle", "tommy", "mabel", "celeste"],
    ],
    ["never who said no, moderators included", { isabelle: "no", mabel: "no" }, ["tommy", "celeste"]],
  ] as const)("is %s", (_, answers, names) => {
    const invitees = inviteesOf({ inviteeIds: null }, roster, said(answers));

    expect(namesOf(inOrderOfCalling(invitees))).toEqual(names);
  });

  it("is a moderator before who said yes, wherever they are on the roster", () => {
    const invitees = inviteesOf({ inviteeIds: null }, roster.toReversed(), said({ tommy: "yes" }));

    expect(namesOf(inOrderOfCalling(invitees))).toEqual(["isabelle", "tommy", "celeste", "mabel"]);
  });
});
