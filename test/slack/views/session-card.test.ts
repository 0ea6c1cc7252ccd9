import { describe, expect, it } from "vitest";
import { sessionCardMessage } from "../../../src/slack/views/session-card.ts";
import { nastyStrings } from "../../support/nasty-strings.ts";
import { aCard, MINUTE, NOON, onLine } from "./people.ts";
import { faultsOf, namesThatAreMarkup, shown } from "./shown.ts";

const isabelle = onLine("Isabelle", { role: "moderator" });
const mabel = onLine("Mabel", { sinceAt: NOON + MINUTE });
const person = (name: string) => ({ name, slackUserId: null });

describe("the card of a running session", () => {
  it("says who is on, in what state and since when, and who is missing", () => {
    const card = sessionCardMessage(
      aCard({
        onLine: [
          isabelle,
          { ...mabel, state: "muted" },
          onLine("Tommy", { state: "on-hold" }),
          onLine("Timmy", { state: "in-menu" }),
          onLine("Blathers", { state: "waiting" }),
          onLine("Celeste", { state: "joining" }),
          onLine("Brewster", { state: "verifying" }),
          onLine("Redd", { state: "left" }),
        ],
        missing: [person("Tom Nook"), person("K.K. & Co")],
      }),
    );

    expect(faultsOf(card)).toEqual([]);
    expect(shown(card)).toBe(
      [
        "eng-standup",
        "Live since 12:00 UTC.",
        "*On the call (4)*",
        "• Isabelle · moderator · since 12:00 UTC",
        "• Mabel · since 12:01 UTC · muted",
        "• Tommy · since 12:00 UTC · on hold",
        "• Timmy · since 12:00 UTC · in the keypad menu",
        "*Joining (1)*",
        "• Celeste · since 12:00 UTC",
        "*Waiting (1)*",
        "• Blathers · since 12:00 UTC",
        "*Verifying (1)*",
        "• Brewster · since 12:00 UTC",
        "Missing: Tom Nook, K․K. &amp; Co.",
      ].join("\n"),
    );
    expect(card.text).toBe(
      "eng-standup: Live since 12:00 UTC. On the call: Isabelle (moderator), Mabel (muted), Tommy (on hold), " +
        "Timmy (in the keypad menu). Joining: Celeste. Waiting: Blathers. Verifying: Brewster. " +
        "Missing: Tom Nook, K․K. &amp; Co.",
    );
  });

  it.each([
    [true, "Waiting for a moderator since 12:00 UTC."],
    [false, "Waiting for a second person since 12:00 UTC."],
  ])("says whom it waits for before it starts", (waitsForModerator, sentence) => {
    const card = sessionCardMessage(aCard({ startedAt: null, waitsForModerator }));

    expect(faultsOf(card)).toEqual([]);
    expect(shown(card)).toBe(`eng-standup\n${sentence}`);
    expect(card.text).toBe(`eng-standup: ${sentence}`);
  });

  it("says when it ends unless a moderator is back", () => {
    const card = sessionCardMessage(aCard({ onLine: [mabel], graceUntil: NOON + 5 * MINUTE }));

    expect(shown(card)).toContain("No moderator is on: the call ends at 12:05 UTC unless one is back.");
    expect(card.text).toContain("No moderator is on: the call ends at 12:05 UTC unless one is back.");
  });

  it("warns of a number only when the carrier's check failed", () => {
    const verdicts = ["TN-Validation-Passed-A", "TN-Validation-Passed-C-Diverted", "No-TN-Validation", null];
    const quiet = sessionCardMessage(aCard({ onLine: verdicts.map((verdict) => ({ ...mabel, verdict })) }));
    const loud = sessionCardMessage(aCard({ onLine: [{ ...mabel, verdict: "TN-Validation-Failed-B-Passthrough" }] }));

    expect(shown(quiet)).not.toContain("carrier");
    expect(shown(loud)).toContain("• Mabel · since 12:01 UTC · :warning: the carrier's check of the number failed");
    expect(loud.text).toContain("Mabel (number in doubt)");
  });

  it("names everybody, however many they are", () => {
    for (const count of [60, 61, 250]) {
      const crowd = Array.from({ length: count }, (_, index) => onLine(`Villager ${index}x`, { state: "muted" }));
      const card = sessionCardMessage(aCard({ onLine: crowd }));

      expect(faultsOf(card)).toEqual([]);
      expect(crowd.filter(({ name }) => !shown(card).includes(name))).toEqual([]);
    }
  });

  it("cuts names sooner than it leaves anybody out", () => {
    const crowd = Array.from({ length: 200 }, (_, index) => onLine(`${index}x${"&".repeat(76)}`));
    const card = sessionCardMessage(aCard({ onLine: crowd, missing: crowd }));

    expect(faultsOf(card)).toEqual([]);
    expect(shown(card).match(/\d+x&amp;/g)?.length).toBeGreaterThanOrEqual(200);
    expect(shown(card)).toMatch(/Missing: .* and \d+ more\./);
  });

  it("counts the rest where not even short names of all fit: a crowd of whom much is to be said", () => {
    const said = { role: "moderator", state: "in-menu", verdict: "TN-Validation-Failed" } as const;
    const crowd = Array.from({ length: 290 }, () => onLine("&".repeat(60), said));
    const missing = Array.from({ length: 250 }, () => ({ name: "&".repeat(60), slackUserId: null }));
    const message = sessionCardMessage(aCard({ onLine: crowd, missing }));

    expect(faultsOf(message)).toEqual([]);
    expect(shown(message)).toContain("*On the call (290)*");
    expect(shown(message)).toContain(", and 230 more");
  });

  it("keeps names and titles from being markup", () => {
    const card = (name: string) =>
      sessionCardMessage(aCard({ title: name, onLine: [onLine(name)], missing: [person(name)] }));

    expect(namesThatAreMarkup(card, nastyStrings)).toEqual([]);
    expect(nastyStrings.flatMap((nasty) => faultsOf(card(nasty)))).toEqual([]);
  });
});

describe("the record of a session that is over", () => {
  const ended = {
    at: NOON + 32 * MINUTE,
    reason: "everyone-left" as const,
    wereThere: [
      { ...person("Isabelle"), role: "moderator" as const, presentMs: 32 * MINUTE },
      { ...person("Mabel"), role: "participant" as const, presentMs: 61 * MINUTE },
      { ...person("Tommy"), role: "participant" as const, presentMs: 5_000 },
    ],
    failures: [{ name: "Mabel", failure: "too-many-tries" as const, wrongCodes: 3 }],
  };

  it("says how long it was, who was there and for how long, who never came and what failed", () => {
    const record = sessionCardMessage(aCard({ ended, missing: [person("Blathers")] }));

    expect(faultsOf(record)).toEqual([]);
    expect(shown(record)).toBe(
      [
        "eng-standup",
        "Over: 32 minutes, 12:00 UTC to 12:32 UTC.",
        "*On the call (3)*",
        "• Isabelle (moderator, 32 minutes)",
        "• Mabel (1 hour 1 minute)",
        "• Tommy (less than a minute)",
        "*Failed to verify (1)*",
        "• Mabel's number (3 wrong codes, no tries left)",
        "Never came: Blathers.",
      ].join("\n"),
    );
    expect(record.text).toBe(
      "eng-standup: Over: 32 minutes, 12:00 UTC to 12:32 UTC. On the call: Isabelle (moderator, 32 minutes), " +
        "Mabel (1 hour 1 minute), Tommy (less than a minute). " +
        "Failed to verify: Mabel's number (3 wrong codes, no tries left). Never came: Blathers.",
    );
  });

  it("says that it never started, and that it ended for want of a moderator", () => {
    const unstarted = sessionCardMessage(aCard({ startedAt: null, ended: { ...ended, wereThere: [], failures: [] } }));
    const waited = sessionCardMessage(aCard({ startedAt: null, ended: { ...ended, failures: [] } }));
    const unmoderated = sessionCardMessage(aCard({ ended: { ...ended, reason: "no-moderator" } }));

    expect(shown(unstarted)).toBe("eng-standup\nOver: it never started.");
    expect(shown(waited)).toContain("*Waited (3)*");
    expect(shown(unmoderated)).toContain("12:32 UTC. It ended because no moderator was on.");
  });

  it("names everybody, however many they are, and counts what failed the same way", () => {
    const wereThere = Array.from({ length: 250 }, (_, index) => ({
      ...person(`Villager ${index}x`),
      role: "participant" as const,
      presentMs: MINUTE,
    }));
    const failures = Array.from({ length: 500 }, () => ({ name: "Redd", failure: "hung-up" as const, wrongCodes: 0 }));
    const record = sessionCardMessage(aCard({ ended: { ...ended, wereThere, failures } }));

    expect(faultsOf(record)).toEqual([]);
    expect(wereThere.filter(({ name }) => !shown(record).includes(name))).toEqual([]);
    expect(shown(record)).toContain("Redd's number (hung up) ×500");
  });

  it("stays within Slack's limits at its worst", () => {
    const wereThere = Array.from({ length: 250 }, (_, index) => ({
      ...person(`${index}${"&".repeat(77)}`),
      role: "moderator" as const,
      presentMs: 3 * 61 * MINUTE,
    }));
    const failures = wereThere.map(({ name }) => ({ name, failure: "too-many-texts" as const, wrongCodes: 2 }));

    expect(
      faultsOf(sessionCardMessage(aCard({ ended: { ...ended, wereThere, failures }, missing: wereThere }))),
    ).toEqual([]);
  });
});
