import type { Method, Target } from "./webhooks.ts";
import { parseXml, type XmlElement } from "./xml.ts";
import { type AttributeReader, readAttributes } from "./twiml-attributes.ts";

export type Prompt =
  | { kind: "say"; text: string; loop: number }
  | { kind: "play"; url: string; loop: number; digits: string }
  | { kind: "pause"; seconds: number };

/** `action` null means the current document's URL. */
export type Gather = {
  kind: "gather";
  action: string | null;
  method: Method;
  numDigits: number;
  timeoutSeconds: number;
  finishOnKey: string;
  actionOnEmptyResult: boolean;
  prompts: Prompt[];
};

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

export type Verb =
  | Prompt
  | Gather
  | Dial
  | { kind: "redirect"; url: string; method: Method }
  | { kind: "hangup" }
  | { kind: "reject"; reason: "rejected" | "busy" };

export type TwimlDocument =
  | { kind: "verbs"; verbs: Verb[] }
  /** 12100: not well-formed; 12200: not TwiML as documented. */
  | { kind: "malformed"; errorCode: number; message: string };

/** Reads TwiML strictly: an unknown verb or attribute is an error, where Twilio would only warn. */
export function readTwiml(source: string): TwimlDocument {
  let root: XmlElement;
  try {
    root = parseXml(source);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { kind: "malformed", errorCode: 12100, message: error.message };
  }
  const problems: string[] = [];
  if (root.name !== "Response") problems.push(`the root element is <${root.name}>, not <Response>`);
  readAttributes(root, [], problems);
  const verbs = elementsIn(root, problems).flatMap((element) => readVerb(element, problems) ?? []);
  if (problems.length > 0) return { kind: "malformed", errorCode: 12200, message: problems.join("; ") };
  return { kind: "verbs", verbs };
}

function readVerb(element: XmlElement, problems: string[]): Verb | null {
  switch (element.name) {
    case "Gather":
      return readGather(element, problems);
    case "Dial":
      return readDial(element, problems);
    case "Redirect": {
      const attributes = readAttributes(element, ["method"], problems);
      return { kind: "redirect", url: textOf(element, problems), method: attributes.method("method", "POST") };
    }
    case "Hangup":
      readAttributes(element, [], problems);
      return { kind: "hangup" };
    case "Reject": {
      const attributes = readAttributes(element, ["reason"], problems);
      return { kind: "reject", reason: attributes.oneOf("reason", ["rejected", "busy"], "rejected") };
    }
    default:
      return readPrompt(element, problems);
  }
}

function readPrompt(element: XmlElement, problems: string[]): Prompt | null {
  switch (element.name) {
    case "Say": {
      const attributes = readAttributes(element, ["voice", "language", "loop"], problems);
      return { kind: "say", text: textOf(element, problems), loop: attributes.loop() };
    }
    case "Play": {
      const attributes = readAttributes(element, ["loop", "digits"], problems);
      const digits = attributes.text("digits") ?? "";
      return { kind: "play", url: textOf(element, problems), loop: attributes.loop(), digits };
    }
    case "Pause": {
      const attributes = readAttributes(element, ["length"], problems);
      return { kind: "pause", seconds: attributes.integer("length", 1, 0, 3600) };
    }
    default:
      problems.push(`<${element.name}> is not supported here`);
      return null;
  }
}

const GATHER_ATTRIBUTES = "action method input numDigits timeout finishOnKey actionOnEmptyResult language hints".split(
  " ",
);

function readGather(element: XmlElement, problems: string[]): Gather {
  const attributes = readAttributes(element, GATHER_ATTRIBUTES, problems);
  attributes.oneOf("input", ["dtmf"], "dtmf");
  return {
    kind: "gather",
    action: attributes.text("action"),
    method: attributes.method("method", "POST"),
    numDigits: attributes.integer("numDigits", Number.POSITIVE_INFINITY, 1, 1000),
    timeoutSeconds: attributes.integer("timeout", 5, 1, 3600),
    finishOnKey: attributes.oneOf("finishOnKey", [..."0123456789#*", ""], "#"),
    actionOnEmptyResult: attributes.boolean("actionOnEmptyResult", false),
    prompts: elementsIn(element, problems).flatMap((child) => readPrompt(child, problems) ?? []),
  };
}

const DIAL_ATTRIBUTES = "action method timeLimit timeout hangupOnStar callerId answerOnBridge".split(" ");

function readDial(element: XmlElement, problems: string[]): Dial {
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

function elementsIn(element: XmlElement, problems: string[]): XmlElement[] {
  const isElement = (child: XmlElement | string): child is XmlElement => typeof child !== "string";
  if (element.children.some((child) => !isElement(child) && child.trim() !== "")) {
    problems.push(`text directly in <${element.name}>`);
  }
  return element.children.filter(isElement);
}

function textOf(element: XmlElement, problems: string[]): string {
  const text = element.children.map((child) => (typeof child === "string" ? child : null));
  if (text.includes(null)) problems.push(`an element inside <${element.name}>`);
  return text.join("").replace(/\s+/g, " ").trim();
}
