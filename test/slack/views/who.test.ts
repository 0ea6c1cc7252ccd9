import { describe, expect, it } from "vitest";
import { type Who, whoMessage } from "../../../src/slack/views/who.ts";
import { nastyStrings } from "../../support/nasty-strings.ts";
import { aCard, MINUTE, NOON, onLine } from "./people.ts";
import { faultsOf, namesThatAreMarkup, shown } from "./shown.ts";

const person = (name: string) => ({ name, slackUserId: null });

describe("/conf who", () => {
  const who = (overrides: Partial<Who>) =>
    whoMessage({ title: "eng-standup", session: null, verifying: [], roster: [], ...overrides });

  it("says in one sentence that nobody is on", () => {
    const answer = who({ roster: [person("Mabel"), person("Tommy")] });

    expect(faultsOf(answer)).toEqual([]);
    expect(shown(answer)).toBe("Nobody is on the line of eng-standup now.\nOn the roster: Mabel, Tommy.");
    expect(answer.text).toBe("Nobody is on the line of eng-standup now. On the roster: Mabel, Tommy.");
    expect(shown(who({}))).toBe("Nobody is on the line of eng-standup now.");
    expect(shown(who({ session: aCard() }))).toBe("Nobody is on the line of eng-standup now.");
  });

  it("shows each with state, since when, role and the carrier's word, then who is missing", () => {
    const verifying = onLine("Blathers", { state: "verifying", sinceAt: NOON + 2 * MINUTE });
    const isabelle = onLine("Isabelle", { role: "moderator", verdict: "TN-Validation-Passed-A" });
    const mabel = onLine("Mabel", { state: "muted", verdict: "TN-Validation-Failed" });
    const answer = who({
      session: aCard({ onLine: [isabelle, mabel], missing: [person("Blathers"), person("Tommy")] }),
      verifying: [verifying],
    });

    expect(faultsOf(answer)).toEqual([]);
    expect(shown(answer)).toBe(
      [
        "eng-standup",
        "Live since 12:00 UTC.",
        "*On the call (2)*",
        "• Isabelle · moderator · since 12:00 UTC · the carrier vouches for the number",
        "• Mabel · since 12:00 UTC · muted · :warning: the carrier's check of the number failed",
        "*Verifying (1)*",
        "• Blathers · since 12:02 UTC · the carrier says nothing about the number",
        "Missing: Tommy.",
      ].join("\n"),
    );
    expect(answer.text).toContain("Isabelle (moderator) (the carrier vouches for the number), Mabel (muted");
  });

  it("shows who is proving who they are before anybody is in", () => {
    const answer = who({
      verifying: [onLine("Mabel", { state: "verifying" })],
      roster: [person("Mabel"), person("Tommy")],
    });

    expect(faultsOf(answer)).toEqual([]);
    expect(shown(answer)).toBe(
      [
        "Nobody is on the line of eng-standup yet.",
        "*Verifying (1)*",
        "• Mabel · since 12:00 UTC · the carrier says nothing about the number",
        "Missing: Tommy.",
      ].join("\n"),
    );
  });

  it("holds a crowd, and names that would be markup", () => {
    const crowd = Array.from({ length: 250 }, (_, index) => onLine(`${index}${"&".repeat(77)}`));

    expect(faultsOf(who({ session: aCard({ onLine: crowd }), verifying: crowd.slice(0, 5) }))).toEqual([]);
    expect(faultsOf(who({ verifying: crowd.map((one) => ({ ...one, state: "verifying" })), roster: crowd }))).toEqual(
      [],
    );
    expect(faultsOf(who({ roster: crowd }))).toEqual([]);
    expect(namesThatAreMarkup((name) => who({ title: name, roster: [person(name)] }), nastyStrings)).toEqual([]);
  });
});
