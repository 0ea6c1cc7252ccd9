import { describe, expect, it } from "vitest";
import {
  type Addition,
  decideAddition,
  decideRemoval,
  decideRole,
  findOne,
  findPeople,
  hasModeratorWithNumber,
  nameKey,
} from "../../src/conference/roster.ts";
import { aNumber, aPerson } from "../support/builders.ts";

const isabelle = aPerson({
  id: "isabelle",
  name: "Isabelle",
  slackUserId: "U0ISABELLE",
  role: "moderator",
  phoneNumber: aNumber("+12025550110"),
});
const mabel = aPerson({ id: "mabel" });
const blathers = aPerson({
  id: "blathers",
  name: "Blathers",
  slackUserId: null,
  phoneNumber: aNumber("+12025550113"),
});
const roster = [isabelle, mabel, blathers];
const fresh = aNumber("+12025550199");

const user = (userId: string, name: string) => ({ kind: "user", userId, name }) as const;
const guest = (name: string) => ({ kind: "guest", name }) as const;

describe("adding somebody", () => {
  it.each<[string, Addition, unknown]>([
    [
      "a new user",
      { person: user("U0TOMMY", "Tommy"), phoneNumber: fresh, role: null },
      { kind: "add", role: "participant" },
    ],
    [
      "a new moderator",
      { person: user("U0TOMMY", "Tommy"), phoneNumber: fresh, role: "moderator" },
      { kind: "add", role: "moderator" },
    ],
    [
      "a user without a number",
      { person: user("U0TOMMY", "Tommy"), phoneNumber: null, role: null },
      { kind: "add", role: "participant" },
    ],
    ["a new guest", { person: guest("Celeste"), phoneNumber: fresh, role: null }, { kind: "add", role: "participant" }],
    ["a guest without a number", { person: guest("Celeste"), phoneNumber: null, role: null }, { kind: "needs-number" }],
    [
      "a user again, with another number",
      { person: user("U0MABEL", "Mabel"), phoneNumber: fresh, role: null },
      { kind: "update", existing: mabel, role: "participant", phoneNumber: fresh },
    ],
    [
      "a user again, without a number: theirs is kept",
      { person: user("U0MABEL", "Mabel Able"), phoneNumber: null, role: "moderator" },
      { kind: "update", existing: mabel, role: "moderator", phoneNumber: mabel.phoneNumber },
    ],
    [
      "a guest again, differently spelled",
      { person: guest("  BLATHERS "), phoneNumber: fresh, role: null },
      { kind: "update", existing: blathers, role: "participant", phoneNumber: fresh },
    ],
    [
      "a moderator again: the role is kept",
      { person: user("U0ISABELLE", "Isabelle"), phoneNumber: fresh, role: null },
      { kind: "update", existing: isabelle, role: "moderator", phoneNumber: fresh },
    ],
    [
      "the last moderator as a participant",
      { person: user("U0ISABELLE", "Isabelle"), phoneNumber: null, role: "participant" },
      { kind: "last-moderator", existing: isabelle },
    ],
    [
      "a guest under a user's name",
      { person: guest("mabel"), phoneNumber: fresh, role: null },
      { kind: "name-taken", by: mabel },
    ],
    [
      "somebody with another's number",
      { person: user("U0TOMMY", "Tommy"), phoneNumber: mabel.phoneNumber, role: null },
      { kind: "number-taken", by: mabel },
    ],
    [
      "a person again with another's number",
      { person: user("U0ISABELLE", "Isabelle"), phoneNumber: mabel.phoneNumber, role: null },
      { kind: "number-taken", by: mabel },
    ],
    [
      "a person again with their own number",
      { person: user("U0MABEL", "Mabel"), phoneNumber: mabel.phoneNumber, role: null },
      { kind: "update", existing: mabel, role: "participant", phoneNumber: mabel.phoneNumber },
    ],
  ])("%s", (_what, addition, decision) => {
    expect(decideAddition(roster, addition)).toEqual(decision);
  });
});

it("does not take two who have no number for holders of the same", () => {
  const inSlackOnly = aPerson({ id: "celeste", name: "Celeste", slackUserId: "U0CELESTE", phoneNumber: null });
  const addition = { person: user("U0TOMMY", "Tommy"), phoneNumber: null, role: null };

  expect(decideAddition([...roster, inSlackOnly], addition)).toEqual({ kind: "add", role: "participant" });
});

describe("a change of role", () => {
  const secondModerator = { ...mabel, role: "moderator" } as const;

  it("makes a participant a moderator", () => {
    expect(decideRole(roster, { kind: "name", name: "Mabel" }, "moderator")).toEqual({ kind: "change", person: mabel });
  });

  it("changes nothing for somebody who has the role", () => {
    expect(decideRole(roster, { kind: "user", userId: "U0MABEL" }, "participant")).toMatchObject({ kind: "unchanged" });
  });

  it("does not let the last moderator step down, but lets one of two", () => {
    const step = { kind: "user", userId: "U0ISABELLE" } as const;

    expect(decideRole(roster, step, "participant")).toEqual({ kind: "last-moderator", person: isabelle });
    expect(decideRole([isabelle, secondModerator], step, "participant")).toMatchObject({ kind: "change" });
  });

  it("says when there is no such person", () => {
    expect(decideRole(roster, { kind: "name", name: "Redd" }, "moderator")).toEqual({ kind: "not-on-roster" });
  });
});

describe("a removal", () => {
  it("takes a participant off", () => {
    expect(decideRemoval(roster, { kind: "name", name: "Blathers" })).toEqual({ kind: "remove", person: blathers });
  });

  it("takes a participant off a roster that has no moderator", () => {
    expect(decideRemoval([mabel], { kind: "name", name: "Mabel" })).toEqual({ kind: "remove", person: mabel });
  });

  it("keeps the last moderator", () => {
    const ref = { kind: "user", userId: "U0ISABELLE" } as const;

    expect(decideRemoval(roster, ref)).toEqual({ kind: "last-moderator", person: isabelle });
  });

  it("says when there is no such person", () => {
    expect(decideRemoval(roster, { kind: "number", number: fresh })).toEqual({ kind: "not-on-roster" });
  });
});

describe("finding somebody", () => {
  it("goes by Slack user, by name and by number", () => {
    expect(findPeople(roster, { kind: "user", userId: "U0MABEL" })).toEqual([mabel]);
    expect(findPeople(roster, { kind: "name", name: "isabelle" })).toEqual([isabelle]);
    expect(findPeople(roster, { kind: "number", number: aNumber("+12025550113") })).toEqual([blathers]);
    expect(findPeople(roster, { kind: "user", userId: "U0OTHER" })).toEqual([]);
  });

  it.each([
    ["Tom Nook", "tom  NOOK"],
    ["Tom Nook", " tom\tnook "],
    ["Ｔｏｍ", "tom"],
    ["Zoe\u0308", "zoë"],
    ["Tom\u00A0Nook", "tom nook"],
  ])("takes %j and %j for one name", (a, b) => {
    expect(nameKey(a)).toBe(nameKey(b));
  });

  it.each([
    ["Tommy", "Timmy"],
    ["Tom Nook", "Tomnook"],
    ["Heß", "Hess"],
  ])("tells %j and %j apart", (a, b) => {
    expect(nameKey(a)).not.toBe(nameKey(b));
  });
});

it("waits for a moderator only when one of them can dial in", () => {
  expect(hasModeratorWithNumber(roster)).toBe(true);
  expect(hasModeratorWithNumber([{ ...isabelle, phoneNumber: null }, mabel])).toBe(false);
  expect(hasModeratorWithNumber([])).toBe(false);
});

describe("a name that two people have", () => {
  const alex = aPerson({ id: "alex", name: "Alex", slackUserId: "U0ALEX", role: "participant" });
  const guest = aPerson({ id: "guest", name: "alex", slackUserId: null, role: "participant" });
  const roster = [isabelle, alex, guest];
  const name = { kind: "name", name: "Alex" } as const;

  it("changes nobody on a guess", () => {
    expect(findOne(roster, name)).toEqual({ kind: "ambiguous", people: [alex, guest] });
    expect(decideRemoval(roster, name)).toMatchObject({ kind: "ambiguous" });
    expect(decideRole(roster, name, "moderator")).toMatchObject({ kind: "ambiguous" });
    expect(decideRemoval(roster, { kind: "user", userId: "U0ALEX" })).toEqual({ kind: "remove", person: alex });
  });

  it("means the guest when a guest is added again", () => {
    const addition = { person: { kind: "guest", name: "Alex" }, phoneNumber: null, role: "moderator" } as const;
    expect(decideAddition(roster, addition)).toMatchObject({ kind: "update", existing: guest });
  });
});

describe("the only moderator", () => {
  it("stays, even alone: nobody could add anybody again", () => {
    const alone = [isabelle];
    expect(decideRemoval(alone, { kind: "user", userId: "U0ISABELLE" })).toEqual({
      kind: "last-moderator",
      person: isabelle,
    });
  });
});
