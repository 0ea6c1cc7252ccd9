import { describe, expect, it } from "vitest";
import { channelLink, clip, date, escape, mention, person, plain, unescape, utc } from "../../src/slack/mrkdwn.ts";
import { MARKUP, nastyStrings } from "../support/nasty-strings.ts";

const NOON = Date.UTC(2026, 10, 23, 12, 0, 0);

describe("a name in a message", () => {
  it("comes out of 200 nasty strings without entity, link, mention, emoji or format", () => {
    expect(nastyStrings.filter((nasty) => MARKUP.test(nasty)).length).toBeGreaterThanOrEqual(200);

    expect(nastyStrings.filter((nasty) => MARKUP.test(escape(nasty)))).toEqual([]);
  });

  it("stays inert between our own formats and beside another name", () => {
    const say = (nasty: string) => `• ${escape(nasty)}: ${escape(nasty)}, ${escape(nasty)} (${escape(nasty)})`;

    expect(nastyStrings.filter((nasty) => MARKUP.test(say(nasty)))).toEqual([]);
  });

  it.each([
    ["Mabel Able", "Mabel Able"],
    ["Dr. Tom O'Brien-Nook (ops)", "Dr. Tom O'Brien-Nook (ops)"],
    ["José 山田 Ünal", "José 山田 Ünal"],
    ["דנה לוי", "דנה לוי"],
    ["👩‍👧 Ada", "👩‍👧 Ada"],
    ["Tom & Jerry", "Tom &amp; Jerry"],
    ["Tom &amp; Jerry", "Tom &amp;amp; Jerry"],
    ["<!channel>", "&lt;!channel&gt;"],
    ["*bold*", "∗bold∗"],
    ["snake_case", "snakeˍcase"],
    ["> quoted", "› quoted"],
    ["two\nlines\r\n\tand more", "two lines and more"],
    ["\u202Elebam\u202C", "lebam"],
    ["bell\u0007 and null\u0000", "bell and null"],
    ["half \uD83D face", "half \uFFFD face"],
    ["https://evil.example/x", "https∶//evil․example/x"],
    [":skull:", "∶skull:"],
    ["@here", "＠here"],
  ])("reads as it was: %j", (typed, shown) => {
    expect(escape(typed)).toBe(shown);
  });

  it("is cut by characters, never inside one or inside an entity", () => {
    expect(escape("💥".repeat(10), 4)).toBe("💥💥💥…");
    expect(escape("&".repeat(10), 3)).toBe("&amp;&amp;…");
    expect(plain("a".repeat(10), 10)).toBe("a".repeat(10));
    expect(clip("&amp;&amp;", 8)).toBe("&amp;…");
    expect(clip("a💥", 2)).toBe("a…");
    expect(clip("short", 5)).toBe("short");
  });

  it("is said even when there is none", () => {
    expect(person({ name: " \u200B\u202E " })).toBe("somebody without a name");
    expect(person({ name: "*Mabel*" })).toBe("∗Mabel∗");
  });
});

it("undoes Slack's escapes once", () => {
  expect(unescape("Tom &amp; Jerry &lt;3 &gt; &amp;lt; &quot;")).toBe("Tom & Jerry <3 > &lt; &quot;");
});

it("mentions only what is an id", () => {
  expect(mention("U0MABEL")).toBe("<@U0MABEL>");
  expect(mention("W0MABEL")).toBe("<@W0MABEL>");
  expect(mention("U0> <!channel")).toBe("U0&gt; &lt;!channel");
  expect(channelLink("C0ENG")).toBe("<#C0ENG>");
  expect(channelLink("!channel|x")).not.toMatch(/[<>]/);
});

it("shows an instant in the reader's own zone, with a fallback that names its zone", () => {
  expect(date(NOON + 999, "time")).toBe("<!date^1795435200^{time}|12:00 UTC>");
  expect(date(NOON, "day-and-time")).toBe("<!date^1795435200^{date_short_pretty} at {time}|23 Nov, 12:00 UTC>");
  expect(utc(NOON, "day-and-time")).toBe("23 Nov, 12:00 UTC");
});
