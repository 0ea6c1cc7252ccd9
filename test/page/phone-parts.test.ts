import { describe, expect, it } from "vitest";
import { frequenciesOf } from "../../src/simulator/page/phones/dtmf.ts";
import { linesOf } from "../../src/simulator/page/phones/lines.ts";
import { nationally } from "../../src/simulator/page/phones/number.ts";

describe("what a phone hears", () => {
  it("names music, and tells rounds of words and music once, counted", () => {
    const round = ["Please hold the line.", "♪ https://line.example.org/assets/hold-music.wav"];

    expect(linesOf(["Thank you, Tommy.", ...round, ...round, ...round, "A moderator is back."])).toEqual([
      { text: "Thank you, Tommy.", isMusic: false, times: 1 },
      { text: "Please hold the line.", isMusic: false, times: 3 },
      { text: "Music", isMusic: true, times: 3 },
      { text: "A moderator is back.", isMusic: false, times: 1 },
    ]);
  });
});

describe("a key", () => {
  it.each([
    ["1", 697, 1209],
    ["5", 770, 1336],
    ["9", 852, 1477],
    ["*", 941, 1209],
    ["0", 941, 1336],
    ["#", 941, 1477],
  ])("%s sounds as %i and %i Hz", (key, low, high) => {
    expect(frequenciesOf(key)).toEqual([low, high]);
  });

  it("that no telephone has does not sound", () => {
    expect(frequenciesOf("x")).toBeNull();
  });
});

describe("a number", () => {
  it("is written as in its own country where that is ours, and as it is elsewhere", () => {
    expect(nationally("+12025550110")).toBe("(202) 555-0110");
    expect(nationally("+442079460958")).toBe("+442079460958");
  });
});
