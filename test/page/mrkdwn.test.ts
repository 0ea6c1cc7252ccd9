import { expect, it } from "vitest";
import { anyMarkupIsRead } from "../../proof/fuzz/markup.ts";
import { failureOf } from "../../proof/fuzz/property.ts";
import { type Inline, parseMrkdwn, parsePlain } from "../../src/simulator/page/mrkdwn/parse.ts";
import { nastyStrings } from "../support/nasty-strings.ts";
import { escape } from "../../src/slack/mrkdwn.ts";

/** The pieces of one line, in short: what is not text as `kind(…)`. */
function brief(inlines: readonly Inline[]): string {
  return inlines
    .map((one) => {
      switch (one.kind) {
        case "text":
          return one.text;
        case "code":
          return `code(${one.text})`;
        case "emoji":
          return `emoji(${one.name})`;
        case "user":
        case "channel":
          return `${one.kind}(${one.id},${one.label ?? ""})`;
        case "everybody":
          return `everybody(${one.label})`;
        case "date":
          return `date(${one.at},${one.format},${one.url ?? ""},${one.fallback})`;
        case "link":
          return `link(${one.url},${brief(one.children)})`;
        case "bold":
        case "italic":
        case "strike":
          return `${one.kind}(${brief(one.children)})`;
      }
    })
    .join("");
}

function read(text: string, isVerbatim = false): string[] {
  return parseMrkdwn(text, { isVerbatim }).flatMap((passage) => {
    if (passage.kind === "code") return [`pre(${passage.text})`];
    return passage.lines.map((line) => (passage.kind === "quote" ? `> ${brief(line)}` : brief(line)));
  });
}

it.each([
  ["*bold* and _it_ and ~gone~", "bold(bold) and italic(it) and strike(gone)"],
  ["*bold _and italic_*", "bold(bold italic(and italic))"],
  ["2*3*4 snake_case_name a~b~c", "2*3*4 snake_case_name a~b~c"],
  ["* no * and ** and *open", "* no * and ** and *open"],
  ["(*bold*), *bold*.", "(bold(bold)), bold(bold)."],
  ["`*code* &lt;b&gt;` *`c`*", "code(*code* <b>) bold(code(c))"],
  ["&lt;b&gt; &amp;amp; &amp;lt;", "<b> &amp; &lt;"],
  [":wave: 10:30:00 :no such: :+1::skin-tone-2:", "emoji(wave) 10emoji(30)00 :no such: emoji(+1)"],
  ["<@U0MABEL> <@W1|mabel> <#C0HALL|hall> <#C1|>", "user(U0MABEL,) user(W1,mabel) channel(C0HALL,hall) channel(C1,)"],
  ["<!here> <!subteam^S1|@nooks>", "everybody(here) everybody(@nooks)"],
  ["<https://a.example/?a=1&amp;b=2|A &amp; B>", "link(https://a.example/?a=1&b=2,A & B)"],
  ["<mailto:a@b.example> <tel:+1800|call>", "link(mailto:a@b.example,a@b.example) link(tel:+1800,call)"],
  ["see https://a.example/x, then", "see link(https://a.example/x,https://a.example/x), then"],
  ["<!date^0^{date} at {time}|then>", "date(0,{date} at {time},,then)"],
  ["<!date^60^{time}^https://a.example|then>", "date(60000,{time},https://a.example,then)"],
  ["<!date^x^{time}|then> <>", "everybody(then) <>"],
])("reads %s", (text, pieces) => {
  expect(read(text)).toEqual([pieces]);
});

it("reads lines, quotes and code between three backticks", () => {
  expect(read("one\n&gt; two\n> three\nfour")).toEqual(["one", "> two", "> three", "four"]);
  expect(read("a\n```\n*x* &lt; <https://a.example|A>\n```\nb")).toEqual(["a", "pre(*x* < A)", "b"]);
  expect(read("&gt;&gt;&gt; all\nthe rest")).toEqual(["> all", "> the rest"]);
});

it("makes no links of bare addresses that are to be taken verbatim", () => {
  expect(read("https://a.example", true)).toEqual(["https://a.example"]);
});

it("reads only emoji in plain text, and none when told so", () => {
  expect(brief(parsePlain("*a* <b> :wave:"))).toBe("*a* <b> emoji(wave)");
  expect(brief(parsePlain(":wave:", false))).toBe(":wave:");
});

it.each(nastyStrings)("shows a name that the service has escaped as text alone: %j", (name) => {
  const pieces = parseMrkdwn(`Hello ${escape(name)}!`, { isVerbatim: true }).flatMap((passage) =>
    passage.kind === "code" ? ["code"] : passage.lines.flat().map(({ kind }) => kind),
  );
  expect(new Set(pieces)).toEqual(new Set(["text"]));
});

it("loses no character of a text without markup, and never fails", () => {
  expect(failureOf(anyMarkupIsRead, 200, 1)).toBeNull();
});

it("is quick with marks that close nothing", () => {
  const startedAt = performance.now();
  parseMrkdwn("*a _b ~c ".repeat(1500));
  expect(performance.now() - startedAt).toBeLessThan(2000);
});
