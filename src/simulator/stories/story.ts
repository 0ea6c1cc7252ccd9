import type { SwitchId } from "../fault-switches.ts";

/** Owners of phones, as the simulator was told. */
type Who = string;

/** One thing that a story does. People are named by their phone's owner. */
export type Step =
  /** Tells whoever watches what is about to happen, and leaves them time to read. */
  | { kind: "say"; text: string; about?: Who }
  /** Somebody types a command in the channel. `{Tommy}` in it is Tommy's number. */
  | { kind: "type"; who: Who; text: string }
  /** The same, for what the story needs and is not about: the answer is put away. */
  | { kind: "prepare"; who: Who; text: string }
  /** Dials the line, with somebody else's caller ID if told so. */
  | { kind: "dial"; who: Who; callerId?: Who; verdict?: string }
  /** Presses keys; "texted" stands for the code in the phone's latest text. */
  | { kind: "press"; who: Who; keys: string }
  | { kind: "hang-up"; who: Who }
  | { kind: "switch"; id: SwitchId; isOn: boolean }
  | { kind: "wait"; seconds: number }
  /** Moves the clock, for a time in which nothing is to be seen. */
  | { kind: "forward"; seconds: number };

/** Something to watch, about a minute long. What is on the line is over when it begins. */
export type Story = { id: string; title: string; about: string; steps: readonly Step[] };
