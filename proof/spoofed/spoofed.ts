import { PEOPLE, type World } from "../../test/support/world.ts";

const HOUR_MS = 60 * 60_000;
const DAY_MS = 24 * HOUR_MS;
const SOMEBODY_ELSE = "+12025550166";

export type SpoofedDay = {
  calls: number;
  /** Text messages to the number that the callers pretended to have. */
  texts: number;
  /** Of them, most within any sixty minutes. */
  mostInAnHour: number;
  /** Calls of the day that came into a room. */
  letIn: number;
};

/** So many calls over a day from a phone that pretends to be Mabel's, each of which asks for another code. */
export async function callForADay(world: World, calls: number): Promise<SpoofedDay> {
  const { twilio } = world.sim;
  const phone = twilio.phone(SOMEBODY_ELSE);
  const sends = () => twilio.verify.sends(PEOPLE.mabel.number);
  const sentAt: number[] = [];
  let letIn = 0;
  for (let number = 0; number < calls; number += 1) {
    const call = await phone.dial({ from: PEOPLE.mabel.number });
    if (call.state() === "gathering") await call.press("*");
    if (call.state() !== "ended") await call.hangUp();
    if (call.timeline().some(({ what }) => what.startsWith("joined"))) letIn += 1;
    while (sentAt.length < sends()) sentAt.push(world.clock.now());
    await world.pass(DAY_MS / calls);
  }
  const within = (from: number) => sentAt.filter((at) => at >= from && at < from + HOUR_MS).length;
  return { calls, texts: sends(), mostInAnHour: Math.max(0, ...sentAt.map(within)), letIn };
}
