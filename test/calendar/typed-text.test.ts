import fc from "fast-check";
import ICAL from "ical.js";
import { describe, expect, it } from "vitest";
import { renderFeed } from "../../src/calendar/feed.ts";
import { NOON } from "../support/builders.ts";
import { nastyStrings } from "../support/nasty-strings.ts";
import { aSeries, feedOf, linesOf, readCalls, TELLER } from "./scheduled.ts";

describe("what somebody typed", () => {
  it("comes out of a calendar as it went in", () => {
    const texts = [
      ...nastyStrings,
      "a,b;c\\d\\n",
      "BEGIN:VEVENT\r\nUID:x",
      "two\nlines",
      "x".repeat(300),
      "é😀".repeat(60),
    ];
    for (const text of texts) {
      const feed = feedOf(aSeries({ title: text, notes: text, rule: null, zone: "UTC" }));
      const lines = feed.split("\r\n");

      expect(Math.max(...lines.map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75);
      expect(feed.replaceAll("\r\n", "")).not.toMatch(/(?!\t)\p{Cc}/u);
      expect(linesOf(feed).filter((line) => line.startsWith("BEGIN:VEVENT"))).toHaveLength(1);
      const [read] = readCalls(feed, 1);
      expect(read?.title).toBe(asRead(text));
    }
  });

  it("is the name of a calendar, and nothing more", () => {
    for (const name of [...nastyStrings, "a,b;c\\d", "x\r\nEND:VCALENDAR\r\nBEGIN:VEVENT"]) {
      const calendar = ICAL.Component.fromString(Buffer.from(renderFeed(name, [], TELLER, NOON)).toString());

      // The reader leaves what it knows no type of as it is written.
      const written = String(calendar.getFirstPropertyValue("x-wr-calname"));
      expect(written.replaceAll(/\\(.)/gs, (_, escaped: string) => (escaped === "n" ? "\n" : escaped))).toBe(
        asRead(name),
      );
      expect(calendar.getAllSubcomponents()).toEqual([]);
    }
  });

  it("comes out as it went in whatever it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 80 }), (title) => {
        const feed = feedOf(aSeries({ title, rule: null, zone: "UTC" }));

        expect(feed.split("\r\n").every((line) => Buffer.byteLength(line) <= 75)).toBe(true);
        expect(readCalls(feed, 1)[0]?.title).toBe(asRead(title));
      }),
      { numRuns: 60 },
    );
  });
});

/** Line ends are all the same to a calendar; control characters and what is no character have no place in it. */
function asRead(text: string): string {
  const plain = text.replaceAll(/(?![\t\n\r])\p{Cc}/gu, "").trim();
  return Buffer.from(plain.replaceAll(/\r\n|\r/g, "\n")).toString();
}
