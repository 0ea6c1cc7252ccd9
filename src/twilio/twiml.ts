import twilio from "twilio";
import type { Answer, Choice, Room } from "../conference/admission.ts";
import { CODE_DIGITS } from "../conference/verification.ts";
import { comeBackWords } from "./come-back-words.ts";
import * as prompts from "./prompts.ts";

/** Which URLs an answer may hand out. */
export type Urls = {
  code(step: number): string;
  choice(step: number): string;
  room(step: number): string;
  menu(step: number): string;
  announcement(name: string): string;
  /** What somebody hears whom we called. */
  dialed(dialOutId: string, attempt: number): string;
  /** Where Twilio tells how that call goes. */
  dialStatus(dialOutId: string, attempt: number): string;
  press(step: number): string;
  fallback: string;
  wait: string;
  roomEvents: string;
  music: string;
};

/** By default Twilio retries neither a slow answer nor a 5xx. The fragment is not sent, and not signed. */
const RETRY = "#rc=2&rp=ct,rt,5xx&rt=4000&tt=14000";

/** @param publicUrl the configured origin: the only source of URLs that we hand out */
export function makeUrls(publicUrl: string, musicUrl: string | undefined): Urls {
  const handOut = (path: string) => `${publicUrl}/twilio/${path}${RETRY}`;
  return {
    code: (step) => handOut(`code/${step}`),
    choice: (step) => handOut(`choice/${step}`),
    room: (step) => handOut(`room/${step}`),
    menu: (step) => handOut(`menu/${step}`),
    announcement: (name) => handOut(`announcement/${name}`),
    dialed: (dialOutId, attempt) => handOut(`dialed/${dialOutId}/${attempt}`),
    dialStatus: (dialOutId, attempt) => handOut(`dial-status/${dialOutId}/${attempt}`),
    press: (step) => handOut(`press/${step}`),
    fallback: handOut("fallback"),
    wait: handOut("wait"),
    roomEvents: handOut("conference"),
    music: musicUrl ?? `${publicUrl}/assets/hold-music.wav`,
  };
}

const GATHER_SECONDS = 20;
const CHOICE_SECONDS = 10;
const ROOM_SIZE = 250;

/** Words an answer as TwiML. The same answer gives the same document. */
export function answerTwiml(answer: Answer, urls: Urls): string {
  const response = new twilio.twiml.VoiceResponse();
  switch (answer.kind) {
    case "ask-code":
      gather(response, urls.code(answer.step), CODE_DIGITS, "*", GATHER_SECONDS).say(
        spoken(prompts.askForCode(answer.reason, answer.triesLeft)),
      );
      break;
    case "choose":
      if (!answer.isAgain) response.say(prompts.thankYou(spoken(answer.name)));
      askToChoose(response, urls.choice(answer.step), answer.choices);
      break;
    case "ask-to-join":
      gather(response, urls.press(answer.step), 1, "", CHOICE_SECONDS).say(prompts.askToJoin(answer.isAgain));
      break;
    case "join":
      if (answer.name !== null) response.say(prompts.thankYou(spoken(answer.name)));
      joinRoom(response, urls, answer.step, answer.room);
      break;
    case "menu":
      gather(response, urls.menu(answer.step), 1, "", CHOICE_SECONDS).say(prompts.MENU);
      break;
    case "turn-away":
      response.say(prompts.turnAwayWords(answer.reason, answer.minutes));
      response.hangup();
      break;
    case "come-back":
      response.say(prompts.thankYou(spoken(answer.name)));
      response.say(comeBackWords(answer.next));
      response.hangup();
      break;
    case "good-bye":
      response.say(prompts.goodBye(answer.reason));
      response.hangup();
      break;
    case "hang-up":
      response.hangup();
  }
  return response.toString();
}

/** What a caller hears when anything at all is broken. */
export function apologyTwiml(): string {
  const response = new twilio.twiml.VoiceResponse();
  response.say(prompts.APOLOGY);
  response.hangup();
  return response.toString();
}

/** Why the caller waits, if that is known, then music; Twilio plays it again from the start until the room opens. */
export function waitTwiml(words: string | null, urls: Urls): string {
  const response = new twilio.twiml.VoiceResponse();
  if (words !== null) response.say(words);
  response.play(urls.music);
  response.redirect(urls.wait);
  return response.toString();
}

export function announcementTwiml(words: string): string {
  const response = new twilio.twiml.VoiceResponse();
  response.say(words);
  return response.toString();
}

type Response = InstanceType<typeof twilio.twiml.VoiceResponse>;

function gather(response: Response, action: string, numDigits: number, finishOnKey: string, timeout: number) {
  return response.gather({ action, method: "POST", numDigits, finishOnKey, timeout, actionOnEmptyResult: true });
}

function askToChoose(response: Response, action: string, choices: readonly Choice[]): void {
  const digits = Math.max(1, ...choices.map((choice) => choice.digits.length));
  gather(response, action, digits, "#", CHOICE_SECONDS).say(spoken(prompts.chooseWords(choices)));
}

function joinRoom(response: Response, urls: Urls, step: number, room: Room): void {
  const dial = response.dial({
    action: urls.room(step),
    method: "POST",
    hangupOnStar: true,
    timeLimit: room.timeLimitSeconds,
  });
  // Twilio takes the first leg's callback and size for the room, so they are the same on every leg. The application
  // ends calls, never `endConferenceOnExit`: a moderator in the keypad menu has left the room for a moment.
  dial.conference(
    {
      participantLabel: room.label,
      startConferenceOnEnter: room.startsConference,
      maxParticipants: ROOM_SIZE,
      waitUrl: urls.wait,
      waitMethod: "POST",
      statusCallback: urls.roomEvents,
      statusCallbackMethod: "POST",
      statusCallbackEvent: ["start", "end", "join", "leave", "mute", "hold"],
    },
    room.sessionName,
  );
}

const UNSPEAKABLE = /[\p{Cc}\p{Cs}\p{Co}\p{Cn}\u202A-\u202E\u2066-\u2069\uFEFF]+/gu;

/** Text of people, made fit for XML: the TwiML builder throws on control characters and lone surrogates. */
export function spoken(text: string): string {
  return text.replaceAll(UNSPEAKABLE, " ").replaceAll(/\s+/gu, " ").trim();
}
