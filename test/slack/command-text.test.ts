import { describe, expect, it } from "vitest";
import { neverThrows, readsWhatWasTyped } from "../../proof/fuzz/commands.ts";
import { failureOf } from "../../proof/fuzz/property.ts";
import { type ParsedCommand, parseCommand, type PersonText } from "../../src/slack/command-text.ts";

const user = (userId: string): PersonText => ({ kind: "user", userId });
const text = (name: string): PersonText => ({ kind: "text", text: name });

describe("commands without anything after them", () => {
  it.each<[string, ParsedCommand]>([
    ["", { kind: "help" }],
    ["   \t\n", { kind: "help" }],
    ["help", { kind: "help" }],
    ["help add", { kind: "help" }],
    ["list", { kind: "list" }],
    ["LIST", { kind: "list" }],
    ["  who  ", { kind: "who" }],
    ["Settings", { kind: "settings" }],
    ["log", { kind: "log", count: 10 }],
    ["log 1", { kind: "log", count: 1 }],
    ["log 100", { kind: "log", count: 100 }],
  ])("reads %j", (typed, command) => {
    expect(parseCommand(typed)).toEqual(command);
  });
});

describe("what is to be scheduled, or no longer", () => {
  it.each<[string, ParsedCommand]>([
    ["schedule", { kind: "schedule", words: "" }],
    ["Schedule  tomorrow 15:00\n Sprint   review ", { kind: "schedule", words: "tomorrow 15:00 Sprint review" }],
    ["schedule 9:30 R&amp;D &lt;3", { kind: "schedule", words: "9:30 R&D <3" }],
    [
      "schedule noon with <@U0MABEL|mabel> <@U0TOM>",
      { kind: "schedule", words: "noon with <@U0MABEL|mabel> <@U0TOM>" },
    ],
    [
      "schedule noon <http://example.org|example.org> <#C0ENG|eng>",
      { kind: "schedule", words: "noon example.org #eng" },
    ],
    ["upcoming", { kind: "upcoming", number: null }],
    ["upcoming #14", { kind: "upcoming", number: 14 }],
    ["cancel 3", { kind: "cancel", number: 3 }],
    ["cancel #12", { kind: "cancel", number: 12 }],
  ])("reads %j", (typed, command) => {
    expect(parseCommand(typed)).toEqual(command);
  });
});

describe("commands about one person", () => {
  it.each<[string, ParsedCommand]>([
    ["remove <@U0MABEL|mabel>", { kind: "remove", person: user("U0MABEL") }],
    ["remove Tom Nook", { kind: "remove", person: text("Tom Nook") }],
    ["remove “Tom Nook”", { kind: "remove", person: text("Tom Nook") }],
    ["remove +1 (800) 555-4321", { kind: "remove", person: text("+1 (800) 555-4321") }],
    ["remove <tel:+18005554321|+18005554321>", { kind: "remove", person: text("+18005554321") }],
    ["remove moderator", { kind: "remove", person: text("moderator") }],
    ["reset <@U0MABEL>", { kind: "reset", person: user("U0MABEL") }],
    ["Moderator <@U0MABEL>", { kind: "role", person: user("U0MABEL"), role: "moderator" }],
    ["participant Tom Nook", { kind: "role", person: text("Tom Nook"), role: "participant" }],
  ])("reads %j", (typed, command) => {
    expect(parseCommand(typed)).toEqual(command);
  });

  it.each<[string, string, string]>([
    ["remove", "I need to know who.", "/conf remove @mabel"],
    ["reset @robin", "Slack did not tell me who @robin is", "/conf reset @mabel"],
    ["moderator <@U0MABEL> <@U0TOM|tom>", "I don't know what to do with “@tom”", "/conf moderator @mabel"],
    ["remove Tom <@U0TOM|tom>", "I don't know what to do with “@tom”", "/conf remove @mabel"],
    ["participant <@U0MABEL> please", "I don't know what to do with “please”", "/conf participant @mabel"],
  ])("says what is wrong with %j", (typed, problem, example) => {
    expect(parseCommand(typed)).toEqual({ kind: "malformed", problem: expect.stringContaining(problem), example });
  });
});

describe("settings and counts", () => {
  it.each<[string, ParsedCommand]>([
    ["set grace 0", { kind: "set-grace", seconds: 0 }],
    ["set grace 90", { kind: "set-grace", seconds: 90 }],
    ["set grace 90s", { kind: "set-grace", seconds: 90 }],
    ["SET Grace 2m", { kind: "set-grace", seconds: 120 }],
    ["set grace 2 minutes", { kind: "set-grace", seconds: 120 }],
    ["set grace 10m", { kind: "set-grace", seconds: 600 }],
    ["set alerts here", { kind: "set-alerts-here" }],
    ["set ALERTS HERE", { kind: "set-alerts-here" }],
    ["set entry Anytime", { kind: "set-entry", entry: "anytime" }],
    ["set entry scheduled", { kind: "set-entry", entry: "scheduled" }],
    ["set early 15m", { kind: "set-early", minutes: 15 }],
    ["set early 0", { kind: "set-early", minutes: 0 }],
    ["set early 2 hours", { kind: "set-early", minutes: 120 }],
  ])("reads %j", (typed, command) => {
    expect(parseCommand(typed)).toEqual(command);
  });

  it.each<[string, string]>([
    ["set", "What should I set? You can set grace, alerts, entry and early."],
    ["set volume 11", "There is no setting “volume”. You can set grace, alerts, entry and early."],
    ["set grace", "How long should the grace time be?"],
    ["set grace 601", "“601” is no grace time."],
    ["set grace 11m", "“11m” is no grace time."],
    ["set grace -1", "“-1” is no grace time."],
    ["set grace 1.5m", "“1.5m” is no grace time."],
    ["set grace 90 please", "“90 please” is no grace time."],
    ["set alerts", "Where should the alerts go?"],
    ["set entry", "When should callers be let in?"],
    ["set entry sometimes", "Callers can't be let in “sometimes”. It is anytime, or around scheduled calls only."],
    ["set early", "How long before a call should its callers be let in?"],
    ["set early 121", "“121” is no such time. It is 0 to 120 minutes."],
    ["set early -5", "“-5” is no such time."],
    ["cancel", "Which call should I cancel? /conf upcoming shows the numbers."],
    ["cancel Standup", "“Standup” is no number of a call."],
    ["upcoming please", "I don't know what to do with “please”"],
    ["set alerts <#C0ENG|eng>", "Alerts can't be sent to “#eng”."],
    ["log 0", "“0” is no count of events: give 1 to 100."],
    ["log 101", "“101” is no count"],
    ["log 1e2", "“1e2” is no count"],
    ["log ten", "“ten” is no count"],
    ["log 5 6", "“5 6” is no count"],
    ["list all", "I don't know what to do with “all”."],
    ["who is on", "I don't know what to do with “is on”."],
    ["settings grace", "I don't know what to do with “grace”."],
  ])("says what is wrong with %j", (typed, problem) => {
    expect(parseCommand(typed)).toMatchObject({ kind: "malformed", problem: expect.stringContaining(problem) });
  });

  it("gives examples that work", () => {
    for (const typed of ["add", "remove", "reset", "set", "set grace x", "set alerts x", "log x", "list x", "who x"]) {
      const command = parseCommand(typed);
      // In the channel, Slack makes a mention of the name that is picked.
      const example = command.kind === "malformed" ? command.example.replace("@mabel", "<@U0MABEL>") : "";

      expect(parseCommand(example.replace("/conf ", "")).kind).not.toMatch(/malformed|unknown|help/);
    }
  });
});

describe("words that are no command", () => {
  it.each<[string, string, string | null]>([
    ["ad <@U0MABEL>", "ad", "add"],
    ["lsit", "lsit", "list"],
    ["remvoe Tom", "remvoe", "remove"],
    ["delete Tom", "delete", null],
    ["mod <@U0MABEL>", "mod", "moderator"],
    ["part <@U0MABEL>", "part", "participant"],
    ["setings", "setings", "settings"],
    ["hlep", "hlep", "help"],
    ["re", "re", null],
    ["l", "l", null],
    ["shedule friday", "shedule", "schedule"],
    ["upcomming", "upcomming", "upcoming"],
    ["call", "call", null],
    ["mute all", "mute", null],
    ["end", "end", null],
    ["say hello", "say", null],
    ["cancle 3", "cancle", "cancel"],
    ["<@U0MABEL|mabel>", "@mabel", null],
    ['"add" Tom', "add", "add"],
    ["constructor", "constructor", null],
    ["__proto__", "__proto__", null],
    ["&lt;!channel&gt;", "<!channel>", null],
    ["a".repeat(8000), "a".repeat(8000), null],
  ])("suggests the nearest to %j", (typed, word, nearest) => {
    expect(parseCommand(typed)).toEqual({ kind: "unknown", word, nearest });
  });
});

it("never throws, whatever is typed", () => {
  expect(failureOf(neverThrows, 500, 1)).toBeNull();
  expect(failureOf(readsWhatWasTyped, 500, 1)).toBeNull();
});
