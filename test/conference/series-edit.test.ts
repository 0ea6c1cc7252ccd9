import { describe, expect, it } from "vitest";
import { cancelOne, changeOne, hasChanged, planFor } from "../../src/conference/series-edit.ts";
import type { Series } from "../../src/conference/series.ts";
import { NOON, TEAM } from "../support/builders.ts";
import { anException, aPlan } from "./plans.ts";

const series: Series = {
  ...aPlan({ startsLocal: "2026-11-24T09:30", rule: "FREQ=WEEKLY;BYDAY=TU", notes: "Bring coffee" }),
  ...{ id: "series-1", teamId: TEAM, conferenceId: "conf-ops", number: 3, sequence: 0, createdBy: "U0ISABELLE" },
  ...{ createdAt: NOON, handledUntil: NOON, cancelledAt: null, finishedAt: null },
};
const asPlanned = {
  title: series.title,
  notes: series.notes,
  startsLocal: "2026-12-01T09:30",
  minutes: series.minutes,
};

describe("one call of a series", () => {
  it.each([
    ["nothing", {}, {}],
    ["its title", { title: "Retro" }, { title: "Retro" }],
    ["its notes", { notes: "" }, { notes: "" }],
    ["its day", { startsLocal: "2026-12-02T09:30" }, { startsLocal: "2026-12-02T09:30" }],
    ["its time", { startsLocal: "2026-12-01T10:00" }, { startsLocal: "2026-12-01T10:00" }],
    ["its length", { minutes: 15 }, { minutes: 15 }],
  ])("is noted as different in %s, and in nothing else", (_, edited, different) => {
    expect(changeOne(series, "2026-12-01", { ...asPlanned, ...edited })).toEqual(anException("2026-12-01", different));
  });

  it("that is cancelled is different in nothing else", () => {
    expect(cancelOne("series-1", "2026-12-01")).toEqual(anException("2026-12-01", { isCancelled: true }));
  });
});

describe("a series that is edited", () => {
  const { zone: _, ...plan } = aPlan({ startsLocal: "2026-12-08T09:30", rule: series.rule });

  it("keeps its first day when the start that was shown is kept", () => {
    expect(planFor(series, plan, "2026-12-08T09:30")).toEqual({ ...plan, startsLocal: "2026-11-24T09:30" });
  });

  it("begins anew with another start, or another rule", () => {
    expect(planFor(series, plan, "2026-12-08T09:00")).toEqual(plan);
    expect(planFor(series, { ...plan, rule: null }, "2026-12-08T09:30")).toEqual({ ...plan, rule: null });
  });

  it.each([
    ["nothing", {}, false],
    ["the same again", { title: series.title, inviteeIds: null }, false],
    ["another title", { title: "Retro" }, true],
    ["the same title and another length", { title: series.title, minutes: 1 }, true],
    ["people where there was everybody", { inviteeIds: [] }, true],
  ])("has changed by %s: %s", (_what, after, isChanged) => {
    expect(hasChanged(series, after)).toBe(isChanged);
  });

  it("has not changed when the same people are invited", () => {
    expect(hasChanged({ ...series, inviteeIds: ["mabel"] }, { inviteeIds: ["mabel"] })).toBe(false);
  });
});
