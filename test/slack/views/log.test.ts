import { describe, expect, it } from "vitest";
import type { LogDetail, LogKind } from "../../../src/conference/log-entry.ts";
import { logMessage, wordsOf } from "../../../src/slack/views/log.ts";
import { nastyStrings } from "../../support/nasty-strings.ts";
import { MINUTE, NOON } from "./people.ts";
import { faultsOf, namesThatAreMarkup, shown } from "./shown.ts";

const names = { actor: "Isabelle", person: "Mabel" };

it.each<[LogKind, LogDetail, string]>([
  ["conference-created", {}, "Isabelle made the conference"],
  ["person-added", { role: "moderator", number: "21" }, "Isabelle added Mabel as a moderator with •••• 21"],
  ["person-added", { role: "participant", number: null }, "Isabelle added Mabel"],
  ["person-updated", { role: "participant", number: "21" }, "Isabelle updated Mabel with •••• 21"],
  ["person-updated", { number: "+18005554321" }, "Isabelle updated Mabel"],
  ["person-removed", {}, "Isabelle took Mabel off the roster"],
  ["role-changed", { role: "participant" }, "Isabelle made Mabel a participant"],
  ["lockout-reset", { failures: 10 }, "Isabelle cleared Mabel's lock after 10 failures"],
  [
    "setting-changed",
    { setting: "grace", before: 60, after: 90 },
    "Isabelle changed grace from 1 minute to 90 seconds",
  ],
  ["setting-changed", {}, "Isabelle changed a setting"],
  ["alerts-moved", {}, "Isabelle had alerts of unknown callers sent here"],
  ["call-received", { verdict: null }, "A call from Mabel's number came in"],
  ["code-sent", {}, "A code was texted to Mabel"],
  ["code-wrong", {}, "A wrong code was keyed in on a call from Mabel's number"],
  ["code-right", {}, "Mabel keyed in the right code"],
  ["caller-turned-away", { reason: "silence" }, "A call from Mabel's number was turned away: no code keyed in"],
  ["caller-turned-away", { reason: "no-choice" }, "A call from Mabel's number was turned away: no call was chosen"],
  ["caller-turned-away", { reason: "toString" }, "A call from Mabel's number was turned away"],
  ["caller-hung-up", {}, "A call from Mabel's number hung up before the right code"],
  ["caller-hung-up", { isVerified: true }, "A call from Mabel's number hung up before choosing a call"],
  ["caller-admitted", {}, "Mabel was let in"],
  ["caller-too-early", {}, "Mabel called when there was no call to enter"],
  ["call-scheduled", { title: "Sprint review" }, "Isabelle scheduled a call"],
  ["call-placed", {}, "We called Mabel"],
  ["call-out-over", { outcome: "no-answer" }, "Calling Mabel: nobody answered"],
  ["call-out-over", { outcome: "toString" }, "Calling Mabel: it is over"],
  ["joined", {}, "Mabel joined the call"],
  ["left", {}, "Mabel left the call"],
  ["stranger-removed", {}, "Somebody who was never let in was taken off the call"],
  ["session-opened", {}, "The line opened"],
  ["session-started", {}, "The call started"],
  ["grace-started", { seconds: 60 }, "The last moderator left: 1 minute until the call ends"],
  ["grace-ended", {}, "A moderator was back"],
  ["session-ended", { reason: "no-moderator" }, "The call ended: no moderator came back"],
  ["session-ended", { reason: "everyone-left" }, "The call ended"],
])("words %s %j", (kind, detail, words) => {
  expect(wordsOf(kind, detail, names)).toBe(words);
});

it("words what nobody on the roster did, or had done to them", () => {
  const unknown = { actor: null, person: null };

  expect(wordsOf("role-changed", { role: "moderator" }, unknown)).toBe("A workspace admin made somebody a moderator");
  expect(wordsOf("call-received", {}, unknown)).toBe("A call from an unknown number came in");
});

describe("/conf log", () => {
  it("shows what happened when", () => {
    const answer = logMessage({
      entries: [
        { at: NOON + MINUTE, words: "Mabel joined the call" },
        { at: NOON, words: "A & B were <let> in" },
      ],
    });

    expect(faultsOf(answer)).toEqual([]);
    expect(shown(answer)).toBe(
      "23 Nov, 12:01 UTC Mabel joined the call\n23 Nov, 12:00 UTC A &amp; B were &lt;let&gt; in",
    );
    expect(answer.text).toBe(
      "23 Nov, 12:01 UTC: Mabel joined the call. 23 Nov, 12:00 UTC: A &amp; B were &lt;let&gt; in.",
    );
    expect(shown(logMessage({ entries: [] }))).toBe("Nothing has happened here yet.");
  });

  it("holds a hundred ordinary events, and says so when it cannot", () => {
    const hundred = Array.from({ length: 100 }, (_, index) => ({
      at: NOON,
      words: wordsOf("person-added", { role: "participant" }, { ...names, person: `Mabel ${index}x` }),
    }));
    const ordinary = logMessage({ entries: hundred });
    const worst = logMessage({ entries: hundred.map(({ at }) => ({ at, words: "&".repeat(300) })) });

    expect(faultsOf(ordinary)).toEqual([]);
    expect(hundred.filter((_, index) => !shown(ordinary).includes(`Mabel ${index}x`))).toEqual([]);
    expect(faultsOf(worst)).toEqual([]);
    expect(shown(worst)).toMatch(/and \d+ older ones, which do not fit here$/);
  });

  it("keeps names from being markup", () => {
    const log = (name: string) =>
      logMessage({ entries: [{ at: NOON, words: wordsOf("joined", {}, { ...names, person: name }) }] });

    expect(namesThatAreMarkup(log, nastyStrings)).toEqual([]);
  });
});
