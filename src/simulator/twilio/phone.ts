import { type Call, callOf } from "./call.ts";
import { endLeg } from "./call-lifecycle.ts";
import { runLeg } from "./interpreter.ts";
import { createLeg, type Leg, whenAtRest } from "./leg.ts";
import { happen, type Network } from "./network.ts";
import { type Habit, phoneState } from "./phone-state.ts";
import { firstRequestParams } from "./call-params.ts";

export type DialOptions = {
  /** Forges or withholds the caller ID: "anonymous", "+266696687", somebody else's number, "sip:…". */
  from?: string;
  /** The carrier's verdict, e.g. "TN-Validation-Passed-A"; none by default. */
  verstat?: string;
  forwardedFrom?: string;
};

export type Phone = {
  number: string;
  /** Dials the line; resolves when the call has come to rest. */
  dial(options?: DialOptions): Promise<Call>;
  /** Its calls, oldest first, also one that has not come to rest yet. */
  calls(): Call[];
  texts(): { at: number; body: string }[];
  /** The digits in the latest text. */
  lastCode(): string | null;
  /** Whether somebody is calling it right now. */
  isRinging(): boolean;
  /** What it does when it is called, from now on; "ring" leaves it to answer(), decline() and voicemail(). */
  when(habit: Habit): void;
  answer(): Promise<Call>;
  decline(): Promise<Call>;
  voicemail(): Promise<Call>;
};

export function phoneOf(network: Network, number: string): Phone {
  const phone = phoneState(network.phones, number);

  async function pickUp(how: "answer" | "decline" | "voicemail"): Promise<Call> {
    const leg = phone.legs.at(-1);
    if (leg === undefined || phone.pickUp === null) throw new Error(`${number} is not ringing`);
    phone.pickUp(how);
    await whenAtRest(leg);
    return callOf(network, leg);
  }

  return {
    number,
    async dial(options = {}) {
      const leg = startCall(network, number, options);
      phone.legs.push(leg);
      await whenAtRest(leg);
      return callOf(network, leg);
    },
    calls: () => phone.legs.map((leg) => callOf(network, leg)),
    texts: () => [...phone.texts],
    lastCode: () => /\b\d{4,10}\b/.exec(phone.texts.at(-1)?.body ?? "")?.[0] ?? null,
    isRinging: () => phone.pickUp !== null,
    when: (habit) => {
      phone.habit = habit;
    },
    answer: () => pickUp("answer"),
    decline: () => pickUp("decline"),
    voicemail: () => pickUp("voicemail"),
  };
}

function startCall(network: Network, number: string, options: DialOptions): Leg {
  const { line, account } = network;
  const leg = createLeg({
    callSid: network.random.sid("CA"),
    direction: "inbound",
    from: options.from ?? number,
    to: account.phoneNumber,
    phoneNumber: number,
    createdAt: network.clock.now(),
    status: "ringing",
    verstat: options.verstat ?? null,
    forwardedFrom: options.forwardedFrom ?? null,
    fallback: line.voiceFallbackUrl === "" ? null : { url: line.voiceFallbackUrl, method: line.voiceFallbackMethod },
  });
  network.legs.set(leg.callSid, leg);
  happen(network, leg, "dialled", leg.from);
  if (line.voiceUrl === "") endLeg(network, leg, "failed");
  else {
    const target = { url: line.voiceUrl, method: line.voiceMethod };
    void runLeg(network, leg, { kind: "fetch", target, params: firstRequestParams(leg) });
  }
  return leg;
}
