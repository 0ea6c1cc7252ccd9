import type { ActionsBlock, Button, ConfirmationDialog, PlainTextElement, StaticSelect } from "@slack/types";
import type { ThreadContent } from "../../conference/message-content.ts";
import { actionIds } from "../action-ids.ts";
import { plain } from "../mrkdwn.ts";

type Removable = ThreadContent["removable"][number];

/** More people than this who joined within seconds are in lists to choose from. */
const MAX_BUTTONS = 5;
const OPTIONS_PER_LIST = 100;
const MAX_NAME = 30;
/** 250 of them fit into a message, beside what it says. */
const MAX_NAME_IN_CROWD = 15;

/** *Remove* for each of these people. Whether whoever clicks may is asked at the click. */
export function removalBlocks(people: readonly Removable[]): ActionsBlock[] {
  if (people.length === 0) return [];
  if (people.length <= MAX_BUTTONS) return people.map((one) => row(button(one, people.length === 1)));
  const lists = Array.from({ length: Math.ceil(people.length / OPTIONS_PER_LIST) }, (_, index) =>
    people.slice(index * OPTIONS_PER_LIST, (index + 1) * OPTIONS_PER_LIST),
  );
  const maxName = lists.length === 1 ? MAX_NAME : MAX_NAME_IN_CROWD;
  return lists.map((list) => row(choice(list, maxName)));
}

/** One to a row: an action's name may stand once in each. */
function row(element: Button | StaticSelect): ActionsBlock {
  return { type: "actions", elements: [element] };
}

function button({ name, participantId }: Removable, isAlone: boolean): Button {
  return {
    type: "button",
    action_id: actionIds.takeOffCall,
    text: text(isAlone ? "Remove" : `Remove ${nameOf(name)}`),
    value: participantId,
    confirm: confirmation(nameOf(name)),
  };
}

function choice(people: readonly Removable[], maxName: number): StaticSelect {
  return {
    type: "static_select",
    action_id: actionIds.takeOffCall,
    placeholder: text("Remove somebody"),
    options: people.map(({ name, participantId }) => ({ text: text(nameOf(name, maxName)), value: participantId })),
    confirm: confirmation("Whomever you chose"),
  };
}

function nameOf(name: string, maxLength = MAX_NAME): string {
  return plain(name, maxLength) || "somebody without a name";
}

function confirmation(who: string): ConfirmationDialog {
  return {
    title: text("Take them off the call?"),
    text: text(
      `${who} will be off the call within seconds, and stay on the roster. They can dial in again with a new code.`,
    ),
    confirm: text("Remove"),
    deny: text("Cancel"),
  };
}

function text(words: string): PlainTextElement {
  return { type: "plain_text", text: words, emoji: false };
}
