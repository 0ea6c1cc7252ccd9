import type { SwitchId } from "../fault-switches.ts";
import type { Habit } from "../page/wire-world.ts";

/** Owners of phones, as the simulator was told. */
type Who = string;

/** In the channel, or in the direct messages between somebody and the app. */
export type Where = "channel" | "direct";

/** One thing that a story does. People are named by their phone's owner. */
export type Step =
  /** Tells whoever watches what is about to happen, and leaves them time to read. */
  | { kind: "say"; text: string; about?: Who }
  /** Somebody types a command in the channel. `{Tommy}` in it is Tommy's number, `{#Retro}` that of the call Retro. */
  | { kind: "type"; who: Who; text: string }
  /** The same, for what the story needs and is not about: the answer is put away. */
  | { kind: "prepare"; who: Who; text: string }
  /** Clicks on a button, by its words, in the latest message that has it. */
  | { kind: "click"; who: Who; button: string; where: Where }
  /** Has whoever watches be somebody for a while, and look there. */
  | { kind: "watch"; who: Who; where: Where }
  /** What a phone does from now on when it is called. */
  | { kind: "habit"; who: Who; habit: Habit }
  /** Lets time pass until a phone rings. */
  | { kind: "until-called"; who: Who }
  | { kind: "answer"; who: Who }
  /** Dials the line, with somebody else's caller ID if told so. */
  | { kind: "dial"; who: Who; callerId?: Who; verdict?: string }
  /** Presses keys; "texted" stands for the code in the phone's latest text. */
  | { kind: "press"; who: Who; keys: string }
  | { kind: "hang-up"; who: Who }
  | { kind: "switch"; id: SwitchId; isOn: boolean }
  | { kind: "wait"; seconds: number }
  /** Moves the clock, for a time in which nothing is to be seen. */
  | { kind: "forward"; seconds: number }
  /** Moves it to a time so many days from the next change of the clocks where somebody is. */
  | { kind: "go-to-change"; who: Who; days: number; time: string };

/** Something to watch, about a minute long. What is on the line is over when it begins. */
export type Story = { id: string; title: string; about: string; steps: readonly Step[] };
