import type { Method } from "./webhooks.ts";
import { parseXml, type XmlElement } from "./xml.ts";
import { elementsIn, readAttributes, textOf } from "./twiml-attributes.ts";
import { type Dial, readDial } from "./twiml-dial.ts";

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
