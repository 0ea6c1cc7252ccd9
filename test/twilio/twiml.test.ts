import { describe, expect, it } from "vitest";
import { failureOf } from "../../proof/fuzz/property.ts";
import { isValidTwiml } from "../../proof/fuzz/twiml.ts";
import type { Answer, AskReason, TurnAwayReason } from "../../src/conference/admission.ts";
import { parseXml, type XmlElement } from "../../src/simulator/twilio/xml.ts";
import { announcementTwiml, answerTwiml, apologyTwiml, makeUrls, spoken, waitTwiml } from "../../src/twilio/twiml.ts";
import { nastyStrings } from "../support/nasty-strings.ts";

const ORIGIN = "https://line.example.org";
const URLS = makeUrls(ORIGIN, undefined);
const RETRY = "#rc=2&rp=ct,rt,5xx&rt=4000&tt=14000";
const ROOM = { sessionName: "5f6a", label: "77ab", startsConference: false, timeLimitSeconds: 14_400 };

function verbs(twiml: string): XmlElement[] {
  const { name, children } = parseXml(twiml);
  expect(name).toBe("Response");
  return children.filter((child) => typeof child !== "string");
}

function shape({ name, attributes, children }: XmlElement): unknown {
  return [
    name,
    Object.fromEntries(attributes),
    ...children.map((child) => (typeof child === "string" ? child : shape(child))),
  ];
}

const shapes = (answer: Answer) => verbs(answerTwiml(answer, URLS)).map(shape);

describe("the TwiML", () => {
  it("that asks for the code gathers six digits for twenty seconds, star ending them, silence told", () => {
    expect(shapes({ kind: "ask-code", step: 4, reason: "sent", triesLeft: null })).toEqual([
      [
        "Gather",
        {
          action: `${ORIGIN}/twilio/code/4${RETRY}`,
          method: "POST",
          numDigits: "6",
          finishOnKey: "*",
          timeout: "20",
          actionOnEmptyResult: "true",
        },
        ["Say", {}, "Please enter the 6-digit code we sent to your phone. Press star to get it again."],
      ],
    ]);
  });

  it("that lets in dials the room, and never ends the call for all when one leaves", () => {
    const join = { kind: "join", step: 2, name: "Mabel", room: ROOM } as const;

    expect(shapes(join)).toEqual([
      ["Say", {}, "Thank you, Mabel."],
      [
        "Dial",
        { action: `${ORIGIN}/twilio/room/2${RETRY}`, method: "POST", hangupOnStar: "true", timeLimit: "14400" },
        [
          "Conference",
          {
            participantLabel: "77ab",
            startConferenceOnEnter: "false",
            maxParticipants: "250",
            waitUrl: `${ORIGIN}/twilio/wait${RETRY}`,
            waitMethod: "POST",
            statusCallback: `${ORIGIN}/twilio/conference${RETRY}`,
            statusCallbackMethod: "POST",
            statusCallbackEvent: "start end join leave mute hold",
          },
          "5f6a",
        ],
      ],
    ]);
  });

  it("has the same callbacks and size on every leg, whoever it is", () => {
    const legs = [
      ROOM,
      { sessionName: "other", label: "aaaa", startsConference: true, timeLimitSeconds: 14_400 },
      { sessionName: "5f6a", label: "bbbb", startsConference: true, timeLimitSeconds: 14_400 },
    ].map((room) => answerTwiml({ kind: "join", step: 9, name: null, room }, URLS));

    const common = legs.map((twiml) => {
      const conference = verbs(twiml)[0]?.children[0];
      if (conference === undefined || typeof conference === "string") throw new Error("no conference");
      const { participantLabel, startConferenceOnEnter, ...rest } = Object.fromEntries(conference.attributes);
      expect([participantLabel, startConferenceOnEnter]).not.toContain(undefined);
      return rest;
    });

    expect(common[1]).toEqual(common[0]);
    expect(common[2]).toEqual(common[0]);
    expect(legs.join()).not.toContain("endConferenceOnExit");
  });

  it("of a choice takes as many digits as the longest offer has", () => {
    const choices = Array.from({ length: 12 }, (_, index) => ({
      digits: String(index + 1),
      conferenceId: `c${index}`,
      title: `ops ${index}`,
    }));
    const choose = (offered: typeof choices): Answer => {
      return { kind: "choose", step: 3, name: "Mabel", choices: offered, isAgain: true };
    };

    expect(JSON.stringify(shapes(choose(choices)))).toContain('"numDigits":"2"');
    expect(JSON.stringify(shapes(choose(choices.slice(0, 2))))).toContain('"numDigits":"1"');
    expect(JSON.stringify(shapes(choose(choices.slice(0, 2))))).toContain("For ops 0, press 1. For ops 1, press 2.");
  });

  it("of the keypad menu takes any one key, star and hash too", () => {
    expect(shapes({ kind: "menu", step: 5 })).toEqual([
      ["Gather", expect.objectContaining({ numDigits: "1", finishOnKey: "", timeout: "10" }), expect.anything()],
    ]);
  });

  it.each<Answer>([
    { kind: "turn-away", reason: "locked-out", minutes: null },
    { kind: "turn-away", reason: "too-many-texts", minutes: 50 },
    { kind: "good-bye", reason: "full" },
    { kind: "good-bye", reason: "not-joining" },
    { kind: "come-back", name: "Mabel", next: { startsLocal: "2026-11-24T09:30", today: "2026-11-24", minutes: 35 } },
    { kind: "hang-up" },
  ])("of %j hangs up, and never dials", (answer) => {
    const names = verbs(answerTwiml(answer, URLS)).map(({ name }) => name);

    expect(names.at(-1)).toBe("Hangup");
    expect(names).not.toContain("Dial");
  });

  it("of every reason to turn away or ask says something, and nothing that is missing", () => {
    const turnAways: TurnAwayReason[] = [
      "not-recognised",
      "locked-out",
      "too-many-tries",
      "silence",
      "too-many-texts",
      "landline",
      "cannot-text",
      "verify-unavailable",
      "removed",
      "no-choice",
    ];
    const asks: AskReason[] = [
      "sent",
      "resent",
      "wrong",
      "wrong-and-replaced",
      "incomplete",
      "silence",
      "expired",
      "used",
      "no-more-texts",
    ];
    const documents = [
      ...turnAways.flatMap((reason) =>
        [null, 1, 50, 300].map((minutes) => answerTwiml({ kind: "turn-away", reason, minutes }, URLS)),
      ),
      ...asks.flatMap((reason) =>
        [null, 1, 2].map((triesLeft) => answerTwiml({ kind: "ask-code", step: 1, reason, triesLeft }, URLS)),
      ),
    ];

    for (const document of documents) {
      expect(document).toMatch(/<Say>[A-Z][^<]{10,}<\/Say>/);
      expect(document).not.toMatch(/undefined|null|NaN|\[object/);
    }
  });

  it("of waiting says why, plays the music, and goes round", () => {
    expect(verbs(waitTwiml("Please hold the line.", URLS)).map(shape)).toEqual([
      ["Say", {}, "Please hold the line."],
      ["Play", {}, `${ORIGIN}/assets/hold-music.wav`],
      ["Redirect", {}, `${ORIGIN}/twilio/wait${RETRY}`],
    ]);
    expect(waitTwiml("Hold.", makeUrls(ORIGIN, "https://music.example.org/a.mp3?b=1&c=2"))).toContain(
      "<Play>https://music.example.org/a.mp3?b=1&amp;c=2</Play>",
    );
  });

  it("of an announcement and of an apology is valid", () => {
    expect(verbs(announcementTwiml("A moderator is back.")).map(shape)).toEqual([["Say", {}, "A moderator is back."]]);
    expect(verbs(apologyTwiml()).map(({ name }) => name)).toEqual(["Say", "Hangup"]);
  });
});

/** What a second parser hears when this name is thanked and this title is offered. */
function heardOf(text: string): string[] {
  const choices = [{ digits: "1", conferenceId: "c", title: text }];
  const documents = [
    answerTwiml({ kind: "join", step: 1, name: text, room: ROOM }, URLS),
    answerTwiml({ kind: "choose", step: 1, name: text, choices, isAgain: false }, URLS),
  ];
  return documents.flatMap((document) => verbs(document).map((verb) => JSON.stringify(shape(verb))));
}

describe("T23: names and titles", () => {
  it.each([
    "\u0008",
    "\uD800",
    "\uDC00\uD800",
    "\u0000",
    "\uFFFE",
    "\uFFFF",
    "]]>",
    "<Dial>",
    "&amp;",
    '"',
    "\u2028",
    "\u0085",
  ])("%j leaves the TwiML valid, by a second parser", (text) => {
    expect(() => heardOf(text)).not.toThrow();
    expect(heardOf(`Ma${text}bel`).join()).toMatch(/Ma.*bel/);
  });

  it("of every code point there is leave the TwiML valid", () => {
    const CHUNK = 0x800;
    for (let from = 0; from < 0x110000; from += CHUNK) {
      const text = Array.from({ length: CHUNK }, (_, index) => String.fromCodePoint(from + index)).join("");
      expect(() => heardOf(text)).not.toThrow();
    }
  });

  it("of any UTF-16 at all leave the TwiML valid, and add no verb to it", () => {
    expect(failureOf(isValidTwiml, 300, 1)).toBeNull();
  });

  it("that try to be markup are words", () => {
    for (const text of nastyStrings) {
      expect(heardOf(text).map((verb) => /^\["(\w+)/.exec(verb)?.[1])).toEqual(["Say", "Dial", "Say", "Gather"]);
    }
  });

  it("that are nothing speakable are left out of the thanks", () => {
    expect(heardOf("")[0]).toContain("Thank you.");
    expect(heardOf("\u0008\u202E")[0]).toContain("Thank you.");
  });

  it("in any script are spoken as they are", () => {
    for (const name of ["Zoë", "Łukasz", "美咲", "Нина", "👩‍🚀 Ripley", "O'Brien & Söhne"])
      expect(spoken(name)).toBe(name);
  });

  it("never end up in a URL, a label or a room's name", () => {
    const document = answerTwiml({ kind: "join", step: 1, name: "Mabel", room: ROOM }, URLS);

    expect(document.replace("<Say>Thank you, Mabel.</Say>", "")).not.toContain("Mabel");
  });
});
