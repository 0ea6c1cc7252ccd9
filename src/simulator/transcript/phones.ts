import type { TwilioEvent } from "../twilio/network.ts";
import type { Entry, Paint } from "./entry.ts";

export type PhoneReporter = {
  report(event: TwilioEvent): Entry[];
  /** What could have gone on, and did not. */
  flush(): Entry[];
};

type Options = { ownerOf: (number: string) => string; paint: Paint };

/** Words what happens on phones. Keys pressed one right after the other are told as one. */
export function phoneReporter(options: Options): PhoneReporter {
  const rooms = roomWatch();
  const isRoundAgain = roundWatch();
  let keys: { number: string; text: string } | null = null;

  function flush(): Entry[] {
    if (keys === null) return [];
    const { number, text } = keys;
    keys = null;
    return [{ kind: "phone", who: options.ownerOf(number), text: `presses ${options.paint("yellow", text)}` }];
  }

  function press(number: string, key: string): Entry[] {
    const before = keys?.number === number ? [] : flush();
    keys = { number, text: (keys?.text ?? "") + key };
    return before;
  }

  function report(event: TwilioEvent): Entry[] {
    const { kind, number, callSid, text = "" } = event;
    if (kind === "webhook" || kind === "callback") return [];
    if (kind === "pressed") return press(number, text.charAt(0));
    if (kind === "heard" && isRoundAgain(callSid, text)) return [];
    rooms.see(event);
    const names = rooms.numbers().map(options.ownerOf);
    if (kind === "started") {
      return [...flush(), { kind: "aside", text: `(${names.join(" and ")} can hear each other.)` }];
    }
    const said = words(event, rooms.hasLeft(callSid), options);
    return [
      ...flush(),
      ...(said === null ? [] : [{ kind: "phone", who: options.ownerOf(number), text: said } as const]),
    ];
  }

  return { report, flush };
}

function words(event: TwilioEvent, hasLeftRoom: boolean, { ownerOf, paint }: Options): string | null {
  const { kind, number, text = "" } = event;
  switch (kind) {
    case "dialled":
      return text === number ? "dials the line" : `dials the line, with ${ownerOf(text)}'s number as caller ID`;
    case "text":
      return `gets a text: ${paint("green", text)}`;
    case "heard":
      return isMusic(text) ? "hears ♪ music" : `hears ${paint("cyan", `“${text}”`)}`;
    case "ringing":
      return "rings";
    case "error":
      return paint("red", text);
    case "hung-up":
      return hasLeftRoom ? "hangs up" : "is off the line";
    case "answered":
    case "pressed":
    case "joined":
    case "started":
    case "left":
    case "conference-ended":
    case "webhook":
    case "callback":
      return null;
  }
}

/** Who is in a conference, waiting or talking, and whose call ended by their leaving it. */
function roomWatch() {
  const inRoom = new Map<string | null, string>();
  const left = new Set<string | null>();
  return {
    see({ kind, callSid, number }: TwilioEvent): void {
      if (kind === "joined") inRoom.set(callSid, number);
      if (kind === "left" && inRoom.delete(callSid)) left.add(callSid);
      // Whoever is told something after the room was sent out of it, and did not hang up.
      if (kind === "heard") left.delete(callSid);
    },
    numbers: () => [...inRoom.values()],
    hasLeft: (callSid: string | null) => left.has(callSid),
  };
}

const isMusic = (text: string): boolean => text.startsWith("♪");

/** Whoever waits hears the same words and music in turn, round after round: whether this is such a repetition. */
function roundWatch(): (callSid: string | null, text: string) => boolean {
  const rounds = new Map<string | null, { words: string; hasMusic: boolean }>();
  return (callSid, text) => {
    const { words: lastWords, hasMusic } = rounds.get(callSid) ?? { words: "", hasMusic: false };
    if (isMusic(text)) {
      rounds.set(callSid, { words: lastWords, hasMusic: true });
      return hasMusic;
    }
    const isSame = hasMusic && text === lastWords;
    rounds.set(callSid, { words: text, hasMusic: isSame });
    return isSame;
  };
}
