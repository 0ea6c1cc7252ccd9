import fc from "fast-check";
import { type Inline, parseMrkdwn, parsePlain } from "../../src/simulator/page/mrkdwn/parse.ts";
import { clip, escape, plain, unescape } from "../../src/slack/mrkdwn.ts";
import { nastyStrings } from "../../test/support/nasty-strings.ts";
import { property } from "./property.ts";

const marks = fc.constantFrom(
  ...[
    "<!channel>",
    "<@U0MABEL>",
    "<https://evil.example|x>",
    "&lt;",
    "&amp;",
    "<",
    ">",
    "&",
    "*",
    "_",
    "~",
    "`",
    "```",
  ],
  ...[":skull:", ":", "@here", "#ops", "https://evil.example", "evil.example", "mail@evil.example", "\n> ", "|", "^"],
  ...["\u202E", "\u200B", "\u2060", "\uFEFF", "\uD800", "\uDC00", "\u0000", "\u2028", "a", " ", "…"],
);
/** Whatever somebody may call themselves, or a call. */
export const names = fc.oneof(
  fc
    .array(fc.oneof(marks, fc.string({ unit: "binary", maxLength: 3 })), { maxLength: 14 })
    .map((parts) => parts.join("")),
  fc.constantFrom(...nastyStrings),
  fc.string({ unit: "grapheme", maxLength: 60 }),
  fc.string({ unit: "binary", maxLength: 400 }),
  // As long as can be, and of what becomes longest.
  fc
    .tuple(fc.constantFrom("&", "<", "W", "💥", "é", "*"), fc.integer({ min: 1, max: 300 }))
    .map(([one, n]) => one.repeat(n)),
);

const becomesTextAlone = property(
  "an escaped name is text, and nothing else comes of it",
  5,
  fc.tuple(names, fc.constantFrom("Hello ", "*", "• *", "(", ""), fc.constantFrom("!", "* joined", " and more", "")),
  ([name, before, after]) => {
    const around = kindsIn(`${before}${escape("Mabel")}${after}`);
    const kinds = kindsIn(`${before}${escape(name) || "Mabel"}${after}`);
    return kinds === around ? null : `makes ${kinds} of ${around}`;
  },
);

/** What a line is made of, as a reader of mrkdwn has it. */
function kindsIn(text: string): string {
  const kinds = (one: Inline): string =>
    "children" in one ? `${one.kind}(${one.children.map(kinds).join()})` : one.kind;
  return parseMrkdwn(text, { isVerbatim: true })
    .map((passage) =>
      passage.kind === "code"
        ? "code"
        : `${passage.kind}:${passage.lines.map((line) => line.map(kinds).join()).join("/")}`,
    )
    .join(" ");
}

const isCutWhole = property(
  "a text that is cut has no half entity and no half character, and is as short as it has to be",
  2,
  fc.tuple(names, fc.integer({ min: 1, max: 400 })),
  ([name, most]) => {
    const cut = clip(escape(name, 1000), most);
    if (cut.length > most) return `is ${cut.length} long`;
    if (/&(?!(?:amp|lt|gt);)/.test(cut)) return `ends in half an entity: ${cut}`;
    return !/\p{Surrogate}/u.test(cut) ? null : "ends in half a character";
  },
);

const isOneVisibleLine = property("a plain name is one line of visible characters", 2, names, (name) => {
  const line = plain(name, 150);
  if ([...line].length > 150) return "is too long";
  if (/\p{Surrogate}/u.test(line) || /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069\u200B\uFEFF]/u.test(line))
    return `is ${line}`;
  return plain(line, 150) === line ? null : "is another once more";
});

const isReadBack = property("what Slack escapes of a command is undone once", 2, names, (typed) => {
  const asSlackDoes = typed.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  return unescape(asSlackDoes) === typed ? null : `is ${unescape(asSlackDoes)}`;
});

export const anyMarkupIsRead = property(
  "mrkdwn of any text is read without an accident, and plain text loses no character",
  2,
  fc.tuple(names, fc.stringMatching(/^[a-z0-9.,!?()-][a-z0-9 .,!?()\n-]{0,58}[a-z0-9.,!?()-]$/)),
  ([text, bare]) => {
    parseMrkdwn(text);
    parsePlain(text);
    const lines = parseMrkdwn(bare, { isVerbatim: true }).flatMap((passage) =>
      passage.kind === "code" ? [] : passage.lines,
    );
    const read = lines
      .map((line) => line.map((one) => (one.kind === "text" ? one.text : `<${one.kind}>`)).join(""))
      .join("\n");
    return read === bare ? null : `is read as ${read}`;
  },
);

export const markup = [becomesTextAlone, isCutWhole, isOneVisibleLine, isReadBack, anyMarkupIsRead];
