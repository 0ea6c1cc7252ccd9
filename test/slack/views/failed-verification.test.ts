import { describe, expect, it } from "vitest";
import type { CallFailure } from "../../../src/conference/admission.ts";
import type { FailedCall } from "../../../src/conference/message-content.ts";
import { failedVerificationMessage } from "../../../src/slack/views/failed-verification.ts";
import { nastyStrings } from "../../support/nasty-strings.ts";
import { aFailedCall, MINUTE, NOON } from "./people.ts";
import { faultsOf, namesThatAreMarkup, shown } from "./shown.ts";

const alertFor = (...calls: FailedCall[]) =>
  failedVerificationMessage({ kind: "alert", calls, isOneNumberTwice: false });
const locked = { isLocked: true, lockedUntil: NOON + 62 * MINUTE } as const;

describe("the alert for one call", () => {
  it("says whom the caller claimed to be, what failed, how often, when, and what the carrier says", () => {
    const alert = alertFor(aFailedCall({ verdict: "TN-Validation-Passed-A" }));

    expect(faultsOf(alert)).toEqual([]);
    expect(shown(alert)).toBe(
      [
        ":warning: *A call from Mabel's number (•••• 21) failed to verify*",
        "3 wrong codes, no tries left, 12:00 UTC to 12:02 UTC.",
        "The carrier vouches for the number.",
        "Caller ID can be forged; the code proves who it is.",
      ].join("\n"),
    );
    expect(alert.text).toBe(
      "A call from Mabel's number (•••• 21) failed to verify. 3 wrong codes, no tries left, 12:00 UTC to 12:02 UTC. " +
        "The carrier vouches for the number. Caller ID can be forged; the code proves who it is.",
    );
  });

  it("says that the caller is still trying", () => {
    const alert = alertFor(aFailedCall({ failure: null, wrongCodes: 1, lastFailureAt: NOON + 1000 }));

    expect(shown(alert)).toContain(
      "*A caller from Mabel's number (•••• 21) is failing to verify*\n1 wrong code, still trying, at 12:00 UTC.",
    );
  });

  it("is no alarm any more when the caller got it right", () => {
    const alert = alertFor(aFailedCall({ failure: null, wrongCodes: 2, wasAdmitted: true, ...locked }));

    expect(faultsOf(alert)).toEqual([]);
    expect(shown(alert)).toBe(
      ":white_check_mark: *Mabel (•••• 21) proved who they are*\n2 wrong codes, then the right one, 12:00 UTC to 12:02 UTC.",
    );
    expect(alert.text).toBe(
      "Mabel (•••• 21) proved who they are: 2 wrong codes, then the right one, 12:00 UTC to 12:02 UTC.",
    );
  });

  it("offers to reset a locked number, and asks before it does", () => {
    const alert = alertFor(aFailedCall(locked));

    expect(faultsOf(alert)).toEqual([]);
    expect(shown(alert)).toContain(":lock: Locked until 23 Nov, 13:02 UTC.");
    expect(alert.text).toContain("Locked until 23 Nov, 13:02 UTC.");
    expect(alert.blocks.at(-1)).toMatchObject({
      type: "actions",
      elements: [
        {
          action_id: "reset_lockout",
          text: { text: "Reset" },
          value: "participant-mabel",
          confirm: { text: { text: "Mabel can try again at once. Do it if you know who called." } },
        },
      ],
    });
  });

  it.each<[CallFailure, number, string]>([
    ["hung-up", 1, "1 wrong code, hung up"],
    ["hung-up", 0, "Hung up"],
    ["silence", 0, "No code keyed in"],
    ["locked-out", 0, "The number is locked"],
    ["too-many-texts", 0, "No more codes may be texted to this number for now"],
    ["verify-unavailable", 0, "Codes cannot be sent or checked right now"],
    ["removed", 2, "2 wrong codes, taken off the roster meanwhile"],
    ["not-recognised", 0, "The number is on no roster"],
    ["landline", 0, "A landline, which cannot get a code by text"],
    ["cannot-text", 0, "The code could not be texted to this number"],
  ])("words %s after %i wrong codes", (failure, wrongCodes, words) => {
    const alert = alertFor(aFailedCall({ failure, wrongCodes }));

    expect(faultsOf(alert)).toEqual([]);
    expect(shown(alert)).toContain(`\n${words}, 12:00 UTC to 12:02 UTC.\n`);
    expect(shown(alert).includes("They need a number that can get texts")).toBe(
      /text$|texted to this number$/.test(words),
    );
  });

  it.each([
    [null, "The carrier says nothing about the number."],
    ["", "The carrier says nothing about the number."],
    ["NULL", "The carrier says nothing about the number."],
    ["No-TN-Validation", "The carrier says nothing about the number."],
    ["<!channel>", "The carrier says nothing about the number."],
    ["TN-Validation-Passed-A-Passthrough", "The carrier vouches for the number."],
    ["TN-Validation-Passed-A-Diverted", "The carrier vouches for the number, and the call was forwarded."],
    ["TN-Validation-Passed-B", "The carrier knows the caller, not whether the number is theirs."],
    ["TN-Validation-Passed-C", "The carrier cannot tell where the call began."],
    ["TN-Validation-Failed", "The carrier's check of the number failed."],
    ["TN-Validation-Failed-A", "The carrier's check of the number failed."],
    ["TN-Validation-Failed-C-Diverted", "The carrier's check of the number failed, and the call was forwarded."],
  ])("puts the carrier's %j into plain words", (verdict, words) => {
    expect(shown(alertFor(aFailedCall({ verdict })))).toContain(`\n${words}\n`);
  });

  it("keeps names from being markup", () => {
    const named = (name: string) => aFailedCall({ ...locked, claimed: { name, slackUserId: null } });

    expect(namesThatAreMarkup((name) => alertFor(named(name)), nastyStrings)).toEqual([]);
    expect(namesThatAreMarkup((name) => alertFor(named(name), named(name)), nastyStrings)).toEqual([]);
    expect(nastyStrings.flatMap((nasty) => faultsOf(alertFor(named(nasty))))).toEqual([]);
  });

  it("offers no reset of somebody who is nobody any more", () => {
    expect(JSON.stringify(alertFor(aFailedCall({ ...locked, participantId: "" })).blocks)).not.toContain("button");
  });
});

it("names both calls that claim one number at once, and offers one reset", () => {
  const alert = failedVerificationMessage({
    kind: "alert",
    isOneNumberTwice: true,
    calls: [
      aFailedCall({ failure: "hung-up", wrongCodes: 1 }),
      aFailedCall({ wasAdmitted: true, failure: null, wrongCodes: 1, startedAt: NOON + MINUTE }),
      aFailedCall(locked),
    ],
  });

  expect(faultsOf(alert)).toEqual([]);
  expect(shown(alert).split("\nReset\n")[0]).toBe(
    [
      ":warning: *3 calls claimed Mabel's number (•••• 21)*",
      "• 1 wrong code, hung up, 12:00 UTC to 12:02 UTC; the carrier says nothing about the number.",
      "• 1 wrong code, then the right one, 12:01 UTC to 12:02 UTC; the carrier says nothing about the number.",
      "• 3 wrong codes, no tries left, 12:00 UTC to 12:02 UTC; the carrier says nothing about the number.",
      ":lock: Locked until 23 Nov, 13:02 UTC.",
      "Caller ID can be forged; the code proves who it is.",
    ].join("\n"),
  );
  expect(alert.blocks.filter(({ type }) => type === "actions")).toHaveLength(1);
});

describe("many calls in one alert", () => {
  const callOf = (index: number, overrides: Partial<FailedCall> = {}) =>
    aFailedCall({
      claimed: { name: `Villager ${index}x`, slackUserId: null },
      participantId: `participant-${index}`,
      ...overrides,
    });

  it("are a list, with one reset a locked person", () => {
    const alert = alertFor(
      callOf(1),
      callOf(2, locked),
      callOf(2, locked),
      callOf(3, { ...locked, wasAdmitted: true }),
    );

    expect(faultsOf(alert)).toEqual([]);
    expect(shown(alert)).toContain(":warning: *3 calls failed to verify*");
    expect(shown(alert)).toContain("*Villager 1x (•••• 21)*\n3 wrong codes, no tries left · 12:00 UTC to 12:02 UTC");
    expect(JSON.stringify(alert.blocks).match(/reset_lockout/g)).toHaveLength(1);
    expect(alert.text).toMatch(/^3 calls failed to verify\. Villager 1x \(•••• 21\): 3 wrong codes/);
  });

  it("are no alarm when everybody got in", () => {
    const alert = alertFor(callOf(1, { wasAdmitted: true }), callOf(2, { wasAdmitted: true }));

    expect(faultsOf(alert)).toEqual([]);
    expect(shown(alert)).toContain(":white_check_mark: *2 callers got in after all*");
    expect(shown(alert)).not.toContain("forged");
  });

  it.each([2, 20, 21, 60, 150])("name each of %i", (count) => {
    const calls = Array.from({ length: count }, (_, index) => callOf(index, locked));
    const alert = alertFor(...calls);

    expect(faultsOf(alert)).toEqual([]);
    expect(calls.filter(({ claimed }) => !shown(alert).includes(claimed.name))).toEqual([]);
  });

  it("stay within Slack's limits at their worst", () => {
    for (const count of [20, 100, 1000]) {
      const calls = Array.from({ length: count }, (_, index) =>
        callOf(index, { ...locked, claimed: { name: "&".repeat(80), slackUserId: null }, failure: "too-many-texts" }),
      );

      expect(faultsOf(alertFor(...calls))).toEqual([]);
      expect(
        faultsOf(failedVerificationMessage({ kind: "alert", calls: calls.slice(0, 20), isOneNumberTwice: true })),
      ).toEqual([]);
    }
  });
});
