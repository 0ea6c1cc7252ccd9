import type { Leg } from "./leg.ts";

/** What a phone does when it is called. */
export type Habit = "ring" | "answer" | "decline" | "voicemail";

export type PhoneState = {
  number: string;
  texts: { at: number; body: string }[];
  /** Its calls, oldest first. */
  legs: Leg[];
  habit: Habit;
  /** Answers the call that is ringing, if one is. */
  pickUp: ((how: "answer" | "decline" | "voicemail") => void) | null;
};

export function phoneState(phones: Map<string, PhoneState>, number: string): PhoneState {
  const known = phones.get(number);
  if (known !== undefined) return known;
  const phone: PhoneState = { number, texts: [], legs: [], habit: "ring", pickUp: null };
  phones.set(number, phone);
  return phone;
}
