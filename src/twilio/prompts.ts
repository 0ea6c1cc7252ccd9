import type { Announcement } from "../conference/effects.ts";
import type { AskReason, Choice, TurnAwayReason } from "../conference/admission.ts";
import type { Wait } from "../operations/describe-wait.ts";

const ENTER_CODE = "Please enter the 6-digit code we sent to your phone. Press star to get it again.";

/** What a caller hears who is asked for the code. Nobody is named: whoever calls has proved nothing yet. */
export function askForCode(reason: AskReason, triesLeft: number | null): string {
  switch (reason) {
    case "sent":
      return ENTER_CODE;
    case "resent":
      return "We have sent the code again. Please enter the 6 digits.";
    case "wrong":
      return `That code is not right. ${triesWords(triesLeft)} ${ENTER_CODE}`;
    case "wrong-and-replaced":
      return `That code is not right. ${triesWords(triesLeft)} We have sent you a new code. Please enter its 6 digits.`;
    case "incomplete":
      return "That was not a whole code. Please enter all 6 digits. Press star to get it again.";
    case "silence":
      return `We did not hear anything. ${ENTER_CODE}`;
    case "expired":
      return "That code has run out. We have sent you a new one. Please enter its 6 digits.";
    case "used":
      return "That code was used by another call. We have sent you a new one. Please enter its 6 digits.";
    case "no-more-texts":
      return "We cannot send more codes for now. Please enter the 6 digits of the one you have.";
  }
}

function triesWords(triesLeft: number | null): string {
  if (triesLeft === null) return "";
  return triesLeft === 1 ? "You have one more try." : `You have ${triesLeft} more tries.`;
}

export function turnAwayWords(reason: TurnAwayReason, minutes: number | null): string {
  switch (reason) {
    case "not-recognised":
      return "Sorry, I don't recognise the number you're calling from. Good-bye.";
    case "locked-out":
      return "Sorry, there were too many wrong codes for this number. Please ask a moderator to reset it. Good-bye.";
    case "too-many-tries":
      return "Sorry, that code is not right either. Please call again, or ask a moderator. Good-bye.";
    case "silence":
      return "We did not get a code. Please call again when you have it at hand. Good-bye.";
    case "too-many-texts":
      return `Sorry, we have sent as many codes to this number as we may. ${againWords(minutes)} Good-bye.`;
    case "landline":
      return "Sorry, we cannot send a text message to this phone. Please ask a moderator. Good-bye.";
    case "cannot-text":
      return "Sorry, the text message to this phone was refused. Please ask a moderator. Good-bye.";
    case "verify-unavailable":
      return "Sorry, we cannot check codes just now. Please call again in a few minutes. Good-bye.";
    case "removed":
      return "Sorry, you are not on the list for this call any more. Good-bye.";
    case "no-choice":
      return "You did not choose a call. Please call again. Good-bye.";
  }
}

function againWords(minutes: number | null): string {
  if (minutes === null) return "Please call again later, or ask a moderator.";
  if (minutes <= 1) return "Please call again in a minute.";
  return minutes < 90
    ? `Please call again in ${minutes} minutes, or ask a moderator.`
    : `Please call again in ${Math.ceil(minutes / 60)} hours, or ask a moderator.`;
}

export function thankYou(name: string): string {
  return name === "" ? "Thank you." : `Thank you, ${name}.`;
}

export function chooseWords(choices: readonly Choice[]): string {
  const offers = choices.map(({ digits, title }) => `For ${title}, press ${digits}.`);
  return `You are invited to more than one call. ${offers.join(" ")}`;
}

/** Whoever picks up may be anybody: nobody is named, nor what the call is about. */
export function askToJoin(isAgain: boolean): string {
  if (isAgain) return "You are asked to join a conference call. Press 1 to join, or hang up.";
  return "This is a call from Confline. You are asked to join a conference call. Press 1 to join.";
}

export const MENU = "You have left the room. Press 1 to go back, or hang up to leave the call.";
export const APOLOGY = "Sorry, something went wrong on our side. Please call again in a minute. Good-bye.";

const GOOD_BYES = {
  ended: "The call has ended. Good-bye.",
  full: "Sorry, the call is full. Please try again later. Good-bye.",
  "time-limit": "You have been on the line for four hours, which is as long as a call may last. Please call again.",
  removed: "You were taken off this call. Good-bye.",
  "not-joining": "Good-bye.",
} as const;

export function goodBye(reason: keyof typeof GOOD_BYES): string {
  return GOOD_BYES[reason];
}

export function waitWords(wait: Wait): string {
  switch (wait) {
    case "for-moderator":
      return "Please hold the line. The call starts when a moderator joins.";
    case "for-second-person":
      return "You are the first one here. The call starts when somebody else joins.";
  }
}

export function announcementWords(announcement: Announcement): string {
  switch (announcement) {
    case "moderator-left":
      return "The last moderator has left. The call will end soon, unless a moderator comes back.";
    case "moderator-back":
      return "A moderator is back. The call goes on.";
  }
}
