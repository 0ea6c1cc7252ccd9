import { describe, expect, it } from "vitest";
import twilio from "twilio";
import fc from "fast-check";
import { readTwiml } from "../../../src/simulator/twilio/twiml.ts";
import { parseXml } from "../../../src/simulator/twilio/xml.ts";

describe("the XML reader", () => {
  it("reads elements, attributes, text, comments, CDATA, entities and the declaration", () => {
    const source = `<?xml version="1.0" encoding="UTF-8"?>
      <!-- greeting -->
      <Response a='1' b = "&quot;&#x1F600;&#65;">x &amp; y<!-- no --><![CDATA[<raw>]]><Empty/></Response>`;

    expect(parseXml(source)).toEqual({
      name: "Response",
      attributes: new Map([
        ["a", "1"],
        ["b", '"\u{1F600}A'],
      ]),
      children: ["x & y", "<raw>", { name: "Empty", attributes: new Map(), children: [] }],
    });
  });

  it.each([
    ["nothing", ""],
    ["an unclosed element", "<a><b></a>"],
    ["a second root", "<a/><b/>"],
    ["text around the root", "x<a/>"],
    ["an unknown entity", "<a>&nbsp;</a>"],
    ["a bare ampersand", "<a>this & that</a>"],
    ["an attribute twice", '<a b="1" b="2"/>'],
    ["an unquoted attribute", "<a b=1/>"],
    ["attributes that touch", '<a b="1"c="2"/>'],
    ["a less-than sign in an attribute", '<a b="<"/>'],
    ["a control character", "<a>\u0008</a>"],
    ["an escaped control character", "<a>&#8;</a>"],
    ["half a surrogate pair", "<a>\uD83D</a>"],
    ["two hyphens in a comment", "<a><!-- -- --></a>"],
    ["a document type", "<!DOCTYPE a><a/>"],
  ])("refuses %s", (_what, source) => {
    expect(() => parseXml(source)).toThrow(SyntaxError);
  });

  it("reads back whatever the official builder writes", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        const response = new twilio.twiml.VoiceResponse();
        response.say({}, text);
        const document = readTwiml(response.toString());
        const spoken = text.replace(/\s+/g, " ").trim();
        expect(document).toEqual({ kind: "verbs", verbs: [{ kind: "say", text: spoken, loop: 1 }] });
      }),
    );
  });
});

describe("TwiML", () => {
  it("has Twilio's defaults where the document says nothing", () => {
    const source = "<Response><Gather/><Dial><Conference> room </Conference></Dial><Redirect>/x</Redirect></Response>";

    expect(readTwiml(source)).toMatchObject({
      verbs: [
        {
          action: null,
          method: "POST",
          numDigits: Number.POSITIVE_INFINITY,
          timeoutSeconds: 5,
          finishOnKey: "#",
          actionOnEmptyResult: false,
        },
        {
          timeLimitSeconds: 14_400,
          hangupOnStar: false,
          conference: { name: "room", startOnEnter: true, endOnExit: false, wait: null, maxParticipants: 250 },
        },
        { url: "/x", method: "POST" },
      ],
    });
  });

  it.each([
    ['<Gather finishOnKey="##"/>', 'finishOnKey="##" of <Gather> is invalid'],
    ['<Gather numdigits="6"/>', "<Gather> has no attribute numdigits"],
    ["<Gather><Dial/></Gather>", "<Dial> is not supported here"],
    ["<say>hello</say>", "<say> is not supported here"],
    ["hello", "text directly in <Response>"],
    ['<Dial><Conference statusCallbackEvent="start,end">r</Conference></Dial>', "statusCallbackEvent"],
    ['<Dial><Conference maxParticipants="251">r</Conference></Dial>', "maxParticipants"],
    ["<Dial><Conference></Conference></Dial>", "1 to 128 characters"],
  ])("refuses %s", (verb, problem) => {
    const document = readTwiml(`<Response>${verb}</Response>`);

    expect(document).toMatchObject({ kind: "malformed", errorCode: 12200, message: expect.stringContaining(problem) });
  });
});
