import { describe, expect, it } from "vitest";
import type { Entry, Paint } from "../../../src/simulator/transcript/entry.ts";
import { createLayout, widthOf, wrap } from "../../../src/simulator/transcript/layout.ts";

const plain: Paint = (_, text) => text;
const layOut = (columns: number, ...entries: Entry[]) => entries.map(createLayout(plain, columns)).join("");

describe("the layout of a transcript", () => {
  it("names who it is once, and keeps to the width", () => {
    const shown = layOut(
      46,
      { kind: "phone", who: "Tommy", text: "dials the line" },
      { kind: "phone", who: "Tommy", text: "hears “Please hold the line. The call starts.”" },
      { kind: "channel", who: "#ops", text: "Waiting (1)\n• Tommy · since 9:58 AM · the carrier" },
    );

    expect(shown.split("\n")).toEqual([
      "     ☎ Tommy │ dials the line",
      "             │ hears “Please hold the line.",
      "             │ The call starts.”",
      "",
      "        #ops ┃ Waiting (1)",
      "             ┃ • Tommy · since 9:58 AM · the",
      "             ┃   carrier",
      "",
    ]);
  });

  it("tells one message of a channel from the next", () => {
    const shown = layOut(
      80,
      { kind: "channel", who: "#ops", text: "one" },
      { kind: "channel", who: "#ops", text: "two" },
    );

    expect(shown).toBe("        #ops ┃ one\n\n        #ops ┃ two\n");
  });

  it("takes words that are longer than a line as they are", () => {
    expect(wrap("a https://line.example.org/very/long b", 10)).toEqual([
      "a",
      "https://line.example.org/very/long",
      "b",
    ]);
  });

  it("counts what a terminal shows: no escape sequences, and two columns for an emoji", () => {
    expect(widthOf("\u001B[1mbold\u001B[22m")).toBe(4);
    expect(widthOf("✅ ok")).toBe(5);
    expect(widthOf("e\u0301")).toBe(1);
  });
});
