import { international, maskPhoneNumber, type PhoneNumber } from "../../conference/phone-number.ts";
import type { Added } from "../../operations/add-to-roster.ts";
import { escape } from "../mrkdwn.ts";
import { complain, say } from "../reply.ts";
import type { SlackMessage } from "../views/blocks.ts";
import { denial } from "./denials.ts";

/**
 * What came of `/conf add`. Null for a repeated request: its answer was given.
 *
 * @param typed the number that the asker just typed or confirmed
 */
export function addedWords(added: Added, typed: PhoneNumber | null, linePhoneNumber: PhoneNumber): SlackMessage | null {
  switch (added.kind) {
    case "repeat":
      return null;
    case "denied":
      return denial(added.permission);
    case "number-taken":
      return complain(
        `That number is ${escape(added.by.name)}'s on this roster. Remove them first, or use another number.`,
      );
    case "name-taken":
      return complain(
        `${escape(added.by.name)} is on this roster with their Slack name. Mention them, or choose another name.`,
        "/conf add @user +18005554321",
      );
    case "last-moderator":
      return complain(
        `${escape(added.existing.name)} is the only moderator. Make somebody else one first.`,
        "/conf moderator @user",
      );
    case "needs-number":
      return complain("A guest needs a number to call from.", "/conf add Blathers +18005559876");
    case "added": {
      const { person, isNewConference } = added;
      const birth = isNewConference ? " This channel has a conference now, and you are its moderator." : "";
      return say(
        `:white_check_mark: Added *${escape(person.name)}*${numberWords(typed ?? person.phoneNumber, typed)} as a ${person.role}.${birth} They dial ${international(linePhoneNumber)}.`,
      );
    }
    case "updated": {
      const { before, person } = added;
      const isSame =
        before.name === person.name && before.role === person.role && before.phoneNumber === person.phoneNumber;
      const what = isSame ? "is on the roster already" : "is updated";
      return say(
        `:white_check_mark: *${escape(person.name)}* ${what}: ${person.role}${numberWords(person.phoneNumber, typed)}.`,
      );
    }
  }
}

/** Whoever just typed a number may see it whole, to find a slip; nobody else ever does. */
function numberWords(number: PhoneNumber | null, typed: PhoneNumber | null): string {
  if (number === null) return "";
  return number === typed ? ` with ${international(number)}` : ` with ${maskPhoneNumber(number)}`;
}
