import fc from "fast-check";
import { type ParsedCommand, parseCommand } from "../../src/slack/command-text.ts";
import { property } from "./property.ts";

const words = [
  ...[
    "add",
    "remove",
    "set",
    "log",
    "reset",
    "cancel",
    "upcoming",
    "schedule",
    "grace",
    "early",
    "entry",
    "here",
    "10m",
  ],
  ...["<@U1>", "<@U1|mabel>", "<@", ">", "<", '"', "“", "”", "‘", "'", "&amp;", "&lt;", "|", "@robin", "moderator"],
  ...["+1800", "+18005554321", "(800)", "555-4321", "＋1８00", "<tel:+18005554321|call>", "<tel:+1|", "<!here>"],
  ...[" ", "\n", "\t", "\uD800", "\u202E", "💥", "\u00A0", "#3", "3", "-1", "1e3", "999999999999"],
];
const pieces = fc.constantFrom(...words);
export const typedTexts = fc.oneof(
  fc.string({ unit: "binary", maxLength: 200 }),
  fc.array(fc.oneof(pieces, fc.string({ maxLength: 5 })), { maxLength: 30 }).map((parts) => parts.join("")),
  fc.array(pieces, { maxLength: 30 }).map((parts) => parts.join(" ")),
  fc.array(pieces, { maxLength: 12 }).map((parts) => `add ${parts.join(" ")}`),
);

export const neverThrows = property(
  "a command is read without an accident, whatever is typed",
  3,
  typedTexts,
  (text) => (/^[a-z-]+$/.test(parseCommand(text).kind) ? null : "is of no kind"),
);

export const readsWhatWasTyped = property(
  "a command reads no number, no user and no count that was not typed",
  3,
  typedTexts,
  (text) => {
    const invented = saidBy(parseCommand(text)).find((digits) => !digitsIn(text).includes(digits));
    return invented === undefined ? null : `reads ${invented}`;
  },
);

/** The figures that a command goes by. */
function saidBy(command: ParsedCommand): string[] {
  switch (command.kind) {
    case "add":
      return [digitsIn(command.numberText ?? ""), ...userIn(command.person)];
    case "remove":
    case "role":
    case "reset":
      return userIn(command.person);
    case "cancel":
      return [String(command.number)];
    case "upcoming":
      return command.number === null ? [] : [String(command.number)];
    case "help":
    case "list":
    case "who":
    case "settings":
    case "schedule":
    case "malformed":
    case "unknown":
      return [];
    case "log":
      // None typed means ten.
      return command.count === 10 ? [] : [String(command.count)];
    case "set-grace":
    case "set-early":
    case "set-entry":
    case "set-alerts-here":
      return [];
  }
}

function userIn(person: { kind: string; userId?: string }): string[] {
  return person.userId === undefined ? [] : [digitsIn(person.userId)];
}

/** Leading noughts do not count: 003 is the third call. */
function digitsIn(text: string): string {
  return text.normalize("NFKC").replaceAll(/\P{Nd}/gu, "");
}

export const commands = [neverThrows, readsWhatWasTyped];
