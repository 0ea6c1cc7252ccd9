import { expect, it } from "vitest";
import { commands } from "../../src/simulator/page/channel/commands.ts";
import { complete, usageHint } from "../../src/simulator/page/channel/completion.ts";
import { parseCommand } from "../../src/slack/command-text.ts";
import { people } from "./a-page.ts";

const suggested = (line: string, cursor = line.length) =>
  complete(line, cursor, people, false).suggestions.map((one) => one.line);

it("offers every command once the slash is typed, and fewer with every letter", () => {
  expect(suggested("/")).toHaveLength(commands.length);
  expect(suggested("/conf ")).toHaveLength(commands.length);
  expect(suggested("/conf se")).toEqual(["/conf set ", "/conf settings"]);
  expect(suggested("/conf WHO")).toEqual(["/conf who"]);
  expect(suggested("hello")).toEqual([]);
});

it("lets Enter take the first one only while the line is no command yet", () => {
  const first = (line: string) => complete(line, line.length, people, false).first;
  expect([first("/conf"), first("/conf "), first("/conf w"), first("/conf who"), first("/conf set")]).toEqual([
    null,
    null,
    0,
    null,
    null,
  ]);
});

it("completes mentions by handle or name, wherever the cursor is", () => {
  expect(suggested("/conf add @ma")).toEqual(["/conf add @mabel "]);
  expect(suggested("hi @nook and you", 6)).toEqual(["hi @nook and you"]);
  expect(suggested("@tom")).toEqual(["@nook "]);
  expect(suggested("mail@mab")).toEqual([]);
});

it("offers no commands in a thread", () => {
  expect(complete("/conf w", 7, people, true).suggestions).toEqual([]);
});

it("says how a command goes on", () => {
  expect(usageHint("/conf add @mabel")).toBe("/conf add @someone +18005554321 [moderator]");
  expect([usageHint("/conf add"), usageHint("/conf who "), usageHint("hi")]).toEqual([null, null, null]);
});

it.each(commands)("knows /conf $word as the service does", ({ word, usage }) => {
  const example = usage.replace("@someone", "<@U0MABEL>").replace(/ \|.*/, "").replaceAll(/[[\]]/g, "");
  expect(parseCommand(`${word} ${example}`).kind).not.toMatch(/unknown|malformed/);
});
