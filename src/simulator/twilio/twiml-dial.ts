import { type AttributeReader, elementsIn, readAttributes, textOf } from "./twiml-attributes.ts";
import type { Method, Target } from "./webhooks.ts";
import type { XmlElement } from "./xml.ts";

export type Dial = {
  kind: "dial";
  action: string | null;
  method: Method;
  timeLimitSeconds: number;
  hangupOnStar: boolean;
  conference: ConferenceNoun;
};

/** `wait` null means Twilio's own hold music, a wait with an empty URL means silence. */
export type ConferenceNoun = {
  name: string;
  label: string | null;
  muted: boolean;
  startOnEnter: boolean;
  endOnExit: boolean;
  wait: Target | null;
  maxParticipants: number;
  region: string;
  coach: string | null;
  statusCallback: (Target & { events: string[] }) | null;
};

const DIAL_ATTRIBUTES = "action method timeLimit timeout hangupOnStar callerId answerOnBridge".split(" ");

export function readDial(element: XmlElement, problems: string[]): Dial {
  const attributes = readAttributes(element, DIAL_ATTRIBUTES, problems);
  const nouns = elementsIn(element, problems);
  const [noun] = nouns;
  if (nouns.length !== 1 || noun?.name !== "Conference")
    problems.push("<Dial> is supported with one <Conference> only");
  attributes.integer("timeout", 30, 5, 600);
  return {
    kind: "dial",
    action: attributes.text("action"),
    method: attributes.method("method", "POST"),
    timeLimitSeconds: attributes.integer("timeLimit", 14_400, 1, 86_400),
    hangupOnStar: attributes.boolean("hangupOnStar", false),
    conference: readConference(noun ?? { name: "Conference", attributes: new Map(), children: ["?"] }, problems),
  };
}

const CONFERENCE_ATTRIBUTES = (
  "participantLabel muted beep startConferenceOnEnter endConferenceOnExit waitUrl waitMethod maxParticipants region coach " +
  "jitterBufferSize statusCallback statusCallbackMethod statusCallbackEvent"
).split(" ");

const EVENT_GROUPS = "start end join leave mute hold modify speaker announcement".split(" ");
const REGIONS = ["us1", "ie1", "de1", "sg1", "br1", "au1", "jp1"];

function readConference(element: XmlElement, problems: string[]): ConferenceNoun {
  const attributes = readAttributes(element, CONFERENCE_ATTRIBUTES, problems);
  const name = textOf(element, problems);
  if (name.length < 1 || name.length > 128) problems.push("a conference's name has 1 to 128 characters");
  attributes.oneOf("beep", ["true", "false", "onEnter", "onExit"], "true");
  attributes.oneOf("jitterBufferSize", ["small", "medium", "large", "off"], "large");
  const waitUrl = attributes.text("waitUrl");
  const waitMethod = attributes.method("waitMethod", "POST");
  return {
    name,
    label: attributes.text("participantLabel"),
    muted: attributes.boolean("muted", false),
    startOnEnter: attributes.boolean("startConferenceOnEnter", true),
    endOnExit: attributes.boolean("endConferenceOnExit", false),
    wait: waitUrl === null ? null : { url: waitUrl, method: waitMethod },
    maxParticipants: attributes.integer("maxParticipants", 250, 2, 250),
    region: attributes.oneOf("region", REGIONS, "us1"),
    coach: attributes.text("coach"),
    statusCallback: readStatusCallback(attributes),
  };
}

function readStatusCallback(attributes: AttributeReader): ConferenceNoun["statusCallback"] {
  const events = attributes.list("statusCallbackEvent", EVENT_GROUPS);
  const method = attributes.method("statusCallbackMethod", "POST");
  const url = attributes.text("statusCallback");
  return url === null || url === "" ? null : { url, method, events };
}
