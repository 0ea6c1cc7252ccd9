import fc from "fast-check";
import { readTwiml } from "../../src/simulator/twilio/twiml.ts";
import { parseXml } from "../../src/simulator/twilio/xml.ts";
import { answerTwiml, makeUrls } from "../../src/twilio/twiml.ts";
import { names } from "./markup.ts";
import { property } from "./property.ts";

const URLS = makeUrls("https://line.example.org", undefined);
const ROOM = { sessionName: "5f6a", label: "77ab", startsConference: false, timeLimitSeconds: 14_400 };
const anyUtf16 = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 40 })
  .map((codes) => String.fromCharCode(...codes));

export const isValidTwiml = property(
  "TwiML of any name and title is valid to a second parser, and has no verb more",
  4,
  fc.tuple(fc.oneof(anyUtf16, names), fc.oneof(anyUtf16, names)),
  ([name, title]) => {
    const choices = [{ digits: "1", conferenceId: "c", title }];
    const joined = verbsOf(answerTwiml({ kind: "join", step: 1, name, room: ROOM }, URLS));
    const asked = verbsOf(answerTwiml({ kind: "choose", step: 1, name, choices, isAgain: false }, URLS));
    if (joined !== "say,dial") return `lets in by ${joined}`;
    return asked === "say,gather" ? null : `asks by ${asked}`;
  },
);

function verbsOf(source: string): string {
  parseXml(source);
  const document = readTwiml(source);
  return document.kind === "verbs" ? document.verbs.map(({ kind }) => kind).join() : document.kind;
}

export const documents = [isValidTwiml];
