import type { Simulator } from "../../src/simulator/simulator.ts";
import type { Call } from "../../src/simulator/twilio/call.ts";
import type { MovableClock } from "../kills/clock.ts";
import type { PlannedCall } from "./day.ts";

export type Outside = { clock: MovableClock; sim: Simulator };

/** What came of a call. */
export type Played = {
  wasIn: boolean;
  /** That they keyed the code they had been sent, and nothing spoke against them. */
  mayEnter: boolean;
  /** The last thing they heard. */
  heard: string;
};

const WRONG_CODES_AT_MOST = 3;

/** Makes one call, from dialling to the end. @param hourAt when the hour began that it was planned for */
export async function playCall(outside: Outside, planned: PlannedCall, hourAt: number): Promise<Played> {
  const { clock, sim } = outside;
  const call = await sim.twilio.phone(planned.number).dial();
  const mayEnter = await tryToComeIn(outside, planned, call);
  const wasIn = isIn(call);
  const leavesInMs = hourAt + planned.leavesAt - clock.now();
  if (wasIn && planned.part === "leaves by star and comes back") {
    await clock.sleep(leavesInMs / 2);
    await call.press("*");
    await clock.sleep(planned.pauseMs);
    await call.press("1");
  }
  if (wasIn) await clock.sleep(hourAt + planned.leavesAt - clock.now());
  await call.hangUp();
  return { wasIn, mayEnter, heard: call.heard().at(-1) ?? "" };
}

/** @returns whether they keyed the right code */
async function tryToComeIn({ clock, sim }: Outside, { number, part, pauseMs }: PlannedCall, call: Call) {
  const code = () => sim.twilio.verify.codeFor(number) ?? "";
  const key = async (keys: string): Promise<boolean> => {
    await clock.sleep(pauseMs);
    if (call.state() !== "gathering") return false;
    await call.press(keys);
    return true;
  };
  const keyWrong = async () => key(String((Number(code()) + 1) % 1_000_000).padStart(6, "0"));
  switch (part) {
    case "is a stranger":
      return false;
    case "hangs up at the prompt":
      await clock.sleep(pauseMs);
      return false;
    case "says nothing":
      while (call.state() === "gathering") await clock.sleep(pauseMs);
      return false;
    case "keys wrong codes only":
      for (let keyed = 0; keyed < WRONG_CODES_AT_MOST && (await keyWrong()); keyed += 1);
      return false;
    case "keys a wrong code first":
      await keyWrong();
      break;
    case "asks for the code again":
      await key("*");
      break;
    case "keys the code":
    case "leaves by star and comes back":
  }
  const hasKeyed = await key(code());
  // Whoever is on two rosters is asked for which they call.
  if (hasKeyed && call.state() === "gathering") await key("1");
  return hasKeyed;
}

function isIn(call: Call): boolean {
  return call.state() === "in-conference" || call.state() === "waiting-in-conference";
}
