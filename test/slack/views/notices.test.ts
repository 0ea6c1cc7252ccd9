import { describe, expect, it } from "vitest";
import type { StrangersContent, ThreadContent } from "../../../src/conference/message-content.ts";
import { strangersMessage } from "../../../src/slack/views/strangers.ts";
import { threadLineMessage } from "../../../src/slack/views/thread-line.ts";
import { troubleMessage } from "../../../src/slack/views/trouble.ts";
import { nastyStrings } from "../../support/nasty-strings.ts";
import { MINUTE, NOON } from "./people.ts";
import { faultsOf, namesThatAreMarkup, shown } from "./shown.ts";

/** What buttons and choices carry. */
function valuesIn(blocks: unknown): string[] {
  return [...JSON.stringify(blocks).matchAll(/"value":"([^"]*)"/g)].map(([, value]) => value ?? "");
}

const people = (...names: string[]) => names.map((name) => ({ name, slackUserId: null }));

describe("a line in the card's thread", () => {
  const line = (overrides: Partial<ThreadContent>) =>
    threadLineMessage({
      kind: "thread",
      joined: [],
      left: [],
      takenOff: [],
      removable: [],
      intruders: 0,
      started: false,
      graceSeconds: null,
      ...overrides,
    });

  it.each<[string, Partial<ThreadContent>]>([
    ["Mabel joined.", { joined: people("Mabel") }],
    ["Mabel, Tommy and Timmy joined.", { joined: people("Mabel", "Tommy", "Timmy") }],
    ["Isabelle joined. The call started.", { joined: people("Isabelle"), started: true }],
    ["Mabel joined. Tommy and Timmy left.", { joined: people("Mabel"), left: people("Tommy", "Timmy") }],
    [
      "Isabelle left. No moderator is on any more: the call ends in 1 minute unless one is back.",
      { left: people("Isabelle"), graceSeconds: 60 },
    ],
    ["No moderator is on any more: the call ends in 90 seconds unless one is back.", { graceSeconds: 90 }],
    [":warning: A call was in the room that I never let in. I am putting it out.", { intruders: 1 }],
    [
      ":no_entry_sign: Mabel is being taken off the call. Mabel left.",
      { takenOff: people("Mabel"), left: people("Mabel") },
    ],
    [":no_entry_sign: Mabel and Tommy are being taken off the call.", { takenOff: people("Mabel", "Tommy") }],
    ["Nobody came or went after all.", {}],
  ])("reads %j", (words, content) => {
    const message = line(content);

    expect(faultsOf(message)).toEqual([]);
    expect(message.text).toBe(words);
    expect(shown(message)).toBe(words);
  });

  it("holds a crowd", () => {
    const message = line({ joined: people(...Array.from({ length: 250 }, (_, index) => `Villager ${index}`)) });

    expect(faultsOf(message)).toEqual([]);
    expect(message.text).toMatch(/^Villager 0, Villager 1, .* and \d+ more joined\.$/);
  });

  it("offers to remove a crowd of long names, of which it says much besides", () => {
    const joined = people(...Array.from({ length: 250 }, () => "💥".repeat(60)));
    const removable = joined.map(({ name }, index) => ({ name, participantId: `person-${index}` }));
    const message = line({ joined, left: joined, takenOff: joined, removable, intruders: 1, graceSeconds: 0 });

    expect(faultsOf(message)).toEqual([]);
    expect(valuesIn(message.blocks)).toHaveLength(250);
  });

  it.each([1, 5, 6, 100, 250])("offers to remove each of %i people who joined, within Slack's limits", (count) => {
    const crowd = Array.from({ length: count }, (_, index) => ({
      name: `${index} ${"W".repeat(60)}`,
      participantId: `00000000-0000-4000-8000-${String(index).padStart(12, "0")}`,
    }));
    const message = line({ joined: people(...crowd.map(({ name }) => name)), removable: crowd });

    expect(faultsOf(message)).toEqual([]);
    expect(valuesIn(message.blocks)).toEqual(crowd.map(({ participantId }) => participantId));
  });

  it("calls a button Remove, and whom it is about where there are several", () => {
    const two = [
      { name: "Mabel", participantId: "1" },
      { name: "Tommy", participantId: "2" },
    ];

    expect(shown(line({ removable: two.slice(0, 1) }))).toMatch(/^Remove$/m);
    expect(shown(line({ removable: two }))).toMatch(/^Remove Mabel$[\s\S]*^Remove Tommy$/m);
  });

  it("keeps names from being markup", () => {
    const both = (name: string) =>
      line({
        joined: people(name, name),
        left: people(name),
        takenOff: people(name),
        removable: [
          { name, participantId: "1" },
          { name, participantId: "2" },
        ],
      });

    expect(namesThatAreMarkup(both, nastyStrings)).toEqual([]);
  });
});

describe("the notice of strangers", () => {
  const strangers = (overrides: Partial<StrangersContent>) =>
    strangersMessage({
      kind: "strangers",
      count: 1,
      calls: [{ maskedNumber: "•••• 77", at: NOON, verdict: null }],
      firstAt: NOON,
      lastAt: NOON,
      ...overrides,
    });

  it("says who called, and how to let them in", () => {
    const message = strangers({});

    expect(faultsOf(message)).toEqual([]);
    expect(shown(message)).toBe(
      [
        ":grey_question: *A call from a number on no roster*",
        "•••• 77, 12:00 UTC, the carrier says nothing about the number.",
        "If you know them: `/conf add` and their name and number lets them in.",
      ].join("\n"),
    );
    expect(message.text).toBe(
      "A call from a number on no roster: •••• 77, 12:00 UTC, the carrier says nothing about the number.",
    );
  });

  it("gathers many with their count, and shows the latest", () => {
    const calls = [
      { maskedNumber: "•••• 77", at: NOON, verdict: "TN-Validation-Failed" },
      { maskedNumber: null, at: NOON + MINUTE, verdict: null },
    ];
    const message = strangers({ count: 40, calls, lastAt: NOON + MINUTE });

    expect(faultsOf(message)).toEqual([]);
    expect(shown(message)).toBe(
      [
        ":grey_question: *40 calls from numbers on no roster*",
        "12:00 UTC to 12:01 UTC. The latest 2:",
        "• •••• 77, 12:00 UTC, the carrier's check of the number failed",
        "• number withheld or malformed, 12:01 UTC",
        "If you know them: `/conf add` and their name and number lets them in.",
      ].join("\n"),
    );
    expect(faultsOf(strangers({ count: 3, calls: [] }))).toEqual([]);
  });
});

describe("messages that could not be posted", () => {
  const trouble = (...parked: { channelId: string; reason: string; count: number; name?: string }[]) =>
    troubleMessage({ kind: "trouble", parked: parked.map((one) => ({ name: null, ...one })) });

  it.each([
    ["not_in_channel", "I am not in the channel. `/invite @Confline` there lets me in."],
    ["is_archived", "The channel is archived."],
    ["something_new", "Slack says: somethingˍnew."],
    ["", "Slack did not say why."],
  ])("are told with why, and what helps: %j", (reason, words) => {
    const message = trouble({ channelId: "C0ENG", reason, count: 2 });

    expect(faultsOf(message)).toEqual([]);
    expect(shown(message)).toBe(`:rotating_light: *2 messages could not be posted*\n• 2 for <#C0ENG>. ${words}`);
    expect(message.text).toBe(`2 messages could not be posted. 2 for <#C0ENG>. ${words}`);
  });

  it("name whom they were for, without pinging them", () => {
    const message = trouble({ channelId: "U0MABEL", name: "Mabel <3", reason: "user_disabled", count: 1 });

    expect(faultsOf(message)).toEqual([]);
    expect(message.text).toBe(
      "1 message could not be posted. 1 for Mabel &lt;3 alone. Their Slack account is deactivated: " +
        "`/conf remove` takes them off the roster.",
    );
  });

  it("are gathered by channel", () => {
    const many = Array.from({ length: 60 }, (_, index) => ({
      channelId: `C${index}`,
      reason: "is_archived",
      count: 1,
    }));
    const message = trouble(...many);

    expect(faultsOf(message)).toEqual([]);
    expect(shown(message)).toContain(
      "*60 messages could not be posted*\n• 1 for <#C0>. The channel is archived.\n• 1 for",
    );
    expect(shown(message)).toContain("And in 20 more channels.");
  });

  it("are fewer where long names leave no room for forty", () => {
    const many = (length: number) =>
      Array.from({ length: 60 }, (_, index) => {
        return { channelId: `U${index}`, name: "&".repeat(length), reason: "", count: 1 };
      });
    const [long, longest] = [trouble(...many(52)), trouble(...many(300))];

    expect([...faultsOf(long), ...faultsOf(longest)]).toEqual([]);
    expect(shown(long)).toContain("And in 40 more channels.");
    expect(shown(longest)).toMatch(/And in \d\d more channels\./);
  });

  it("are no trouble any more when they are settled", () => {
    expect(shown(trouble())).toBe(":white_check_mark: Messages that could not be posted are all settled.");
  });
});
