/** What the control API says of everything besides Slack and calls. Instants are epoch milliseconds, as everywhere. */

/** A phone that is there to be used, and whose it is. */
export type PhoneSeed = {
  number: string;
  owner: string;
  /** What one should know of the owner, in a few words. */
  about?: string;
  /** Who the owner is in Slack. */
  userId?: string;
};

/** What a phone does when it is called: "ring" leaves it to whoever plays its owner. */
export type Habit = "ring" | "answer" | "decline" | "voicemail";

export type TextMessage = { at: number; body: string };

export type Phone = PhoneSeed & { texts: TextMessage[] };

/** Something that can be wrong with the outside, to switch on and off. */
export type FaultSwitch = { id: string; label: string; effect: string; isOn: boolean };

export type StoryTitle = { id: string; title: string; about: string };

export type StoryRun = {
  id: string;
  title: string;
  state: "playing" | "over" | "failed";
  /** What is going on, for whoever watches. */
  caption: string;
  /** The number of the phone that it is about just now. */
  number: string | null;
  /** Who to be, and where to look, to see what it is about; null to look wherever one likes. */
  watched: { userId: string; channelId: string } | null;
  step: number;
  steps: number;
  /** Until when the story only lets time pass; null while something happens. */
  waitsUntil: number | null;
};

export type World = {
  /** What people dial. */
  lineNumber: string;
  switches: FaultSwitch[];
  stories: StoryTitle[];
  run: StoryRun | null;
  /** Of the phones that were told one, by number. */
  habits: { [number: string]: Habit };
  /** The service's origin as people know it; "" until it is there. */
  publicUrl: string;
  /** Whether somebody knows how to restart the service. */
  canRestart: boolean;
  isRestarting: boolean;
  /** Whether the clock can be moved. */
  canForward: boolean;
};

/** GET /control/calls/… */
export type CallDetails = { callSid: string; timeline: { at: number; what: string }[] };
