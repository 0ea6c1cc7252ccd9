/** How a call is made from a phone. */
export type DialPlan = {
  /** "own", "withheld", or the number that is shown instead. */
  callerId: string;
  /** What the carrier says of it, as Twilio has it; "" for nothing. */
  verdict: string;
};

/** What the reader does with the phones: nothing that the simulator knows. */
export type PhonesUse = {
  /** The number of the phone that was opened last. */
  open: string | null;
  /** By number, where it is not the usual plan. */
  plans: ReadonlyMap<string, DialPlan>;
  /** Whether what the open phone hears is read aloud. */
  isAloud: boolean;
  /** What the open phone did wrong, in the simulator's words. */
  fault: { number: string; text: string } | null;
  /** Keys that were pressed in the call with this CallSid. */
  pressed: { callSid: string; keys: string } | null;
};

export const usualPlan: DialPlan = { callerId: "own", verdict: "TN-Validation-Passed-A" };

export const noPhonesUsed: PhonesUse = { open: null, plans: new Map(), isAloud: false, fault: null, pressed: null };
