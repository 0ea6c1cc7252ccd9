import type { Role } from "../../conference/roster.ts";
import { changeRole } from "../../operations/change-role.ts";
import { removeFromRoster } from "../../operations/remove-from-roster.ts";
import { type Reset, resetLockout } from "../../operations/reset-lockout.ts";
import type { PersonText } from "../command-text.ts";
import { escape } from "../mrkdwn.ts";
import { complain, say } from "../reply.ts";
import type { SlackMessage } from "../views/blocks.ts";
import { type Asked, type ListenerDeps, personRef, requestOf, typedAgain } from "./context.ts";
import { refusalWords } from "./denials.ts";

export async function remove(deps: ListenerDeps, asked: Asked, person: PersonText): Promise<SlackMessage | null> {
  const request = await requestOf(deps, asked);
  const removed = await removeFromRoster(deps.line, { ...request, person: personRef(deps, person) });
  switch (removed.kind) {
    case "removed": {
      const call = removed.wasOnCall ? ", and I am taking them off the call" : "";
      return say(`:white_check_mark: *${escape(removed.person.name)}* is off the roster${call}.`);
    }
    case "last-moderator":
      return lastModerator(removed.person.name);
    case "not-on-roster":
      return notOnRoster(person);
    case "ambiguous":
      return ambiguous(typedAgain(person));
    case "repeat":
    case "denied":
    case "no-conference":
      return refusalWords(removed);
  }
}

export async function setRole(
  deps: ListenerDeps,
  asked: Asked,
  person: PersonText,
  role: Role,
): Promise<SlackMessage | null> {
  const request = await requestOf(deps, asked);
  const changed = await changeRole(deps.line, { ...request, person: personRef(deps, person), role });
  switch (changed.kind) {
    case "change":
      return say(`:white_check_mark: *${escape(changed.person.name)}* is a ${role} now.`);
    case "unchanged":
      return say(`*${escape(changed.person.name)}* is a ${role} already.`);
    case "last-moderator":
      return lastModerator(changed.person.name);
    case "not-on-roster":
      return notOnRoster(person);
    case "ambiguous":
      return ambiguous(typedAgain(person));
    case "repeat":
    case "denied":
    case "no-conference":
      return refusalWords(changed);
  }
}

export async function reset(deps: ListenerDeps, asked: Asked, person: PersonText): Promise<SlackMessage | null> {
  const request = await requestOf(deps, asked);
  const done = await resetLockout(deps.line, { ...request, person: personRef(deps, person) });
  return done.kind === "not-on-roster" ? notOnRoster(person) : resetWords(done);
}

export function resetWords(done: Reset): SlackMessage | null {
  switch (done.kind) {
    case "reset": {
      const name = `*${escape(done.person.name)}*`;
      const times = done.failures === 1 ? "1 wrong code is" : `${done.failures} wrong codes are`;
      return say(
        done.failures === 0
          ? `:white_check_mark: ${name} had no wrong codes here. Their limit of text messages is cleared.`
          : `:white_check_mark: ${name} can try again: ${times} forgotten here.`,
      );
    }
    case "no-number":
      return complain(`${escape(done.person.name)} has no number here that could be locked.`);
    case "ambiguous":
      return ambiguous(done.people[0]?.name ?? "");
    case "not-on-roster":
      return complain("They are not on this channel's roster any more.");
    case "repeat":
    case "denied":
    case "no-conference":
      return refusalWords(done);
  }
}

function notOnRoster(person: PersonText): SlackMessage {
  const who = person.kind === "user" ? "They are" : `“${escape(typedAgain(person), 80)}” is`;
  return complain(`${who} not on this channel's roster. \`/conf list\` shows who is.`);
}

function ambiguous(name: string): SlackMessage {
  return complain(
    `More than one person on the roster is called “${escape(name, 80)}”. Mention them, or type their number.`,
  );
}

function lastModerator(name: string): SlackMessage {
  return complain(`${escape(name)} is the only moderator. Make somebody else one first.`, "/conf moderator @user");
}
