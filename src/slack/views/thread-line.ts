import type { Person, ThreadContent } from "../../conference/message-content.ts";
import { person } from "../mrkdwn.ts";
import { allOf, fallback, section, type SlackMessage } from "./blocks.ts";
import { secondsWords } from "./duration.ts";
import { removalBlocks } from "./remove-button.ts";

const MAX_NAMES_CHARS = 1200;

/** What happened within a few seconds, in one line of the card's thread. */
export function threadLineMessage(thread: ThreadContent): SlackMessage {
  const text = fallback([
    moved(thread.joined, "joined"),
    thread.started ? "The call started." : "",
    putOff(thread.takenOff),
    moved(thread.left, "left"),
    intruderLine(thread.intruders),
    graceLine(thread.graceSeconds),
  ]);
  // Slack takes no empty text; a window whose moves undid each other still has its message.
  const said = text === "" ? "Nobody came or went after all." : text;
  return { text: said, blocks: [section(said), ...removalBlocks(thread.removable)] };
}

function moved(people: readonly Person[], verb: string): string {
  if (people.length === 0) return "";
  return `${namesOf(people)} ${verb}.`;
}

function putOff(people: readonly Person[]): string {
  if (people.length === 0) return "";
  return `:no_entry_sign: ${namesOf(people)} ${people.length === 1 ? "is" : "are"} being taken off the call.`;
}

function namesOf(people: readonly Person[]): string {
  return allOf(
    people.map((one) => person(one)),
    MAX_NAMES_CHARS,
  );
}

function intruderLine(intruders: number): string {
  if (intruders === 0) return "";
  const calls = intruders === 1 ? "A call was" : `${intruders} calls were`;
  return `:warning: ${calls} in the room that I never let in. I am putting ${intruders === 1 ? "it" : "them"} out.`;
}

function graceLine(graceSeconds: number | null): string {
  if (graceSeconds === null) return "";
  return `No moderator is on any more: the call ends in ${secondsWords(graceSeconds)} unless one is back.`;
}
