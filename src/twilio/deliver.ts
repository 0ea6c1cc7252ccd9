import type { Twilio } from "twilio";
import type { Announcement, Effect } from "../conference/effects.ts";
import { describeFailure } from "./client.ts";
import { listConferences } from "./phone-network.ts";
import type { Urls } from "./twiml.ts";

export type TelephoneEffect = Exclude<Effect, { kind: "show-message" | "place-call" }>;

/** The error code of a change to a call that has ended. */
const CALL_IS_OVER = 21220;

/** What came of an effect at Twilio. */
export type TelephoneDelivery =
  | { kind: "done" }
  | { kind: "later"; reason: string }
  | { kind: "never"; reason: string };

export type TelephoneDeps = {
  client: Twilio;
  urls: Urls;
  /** Asked right before a live call is changed: false when another worker may have done it, and the call moved on. */
  mayAct(): boolean;
  /** The name of a session's room. */
  nameOfSession(sessionId: string): Promise<string>;
  /** Whether what is to be announced has not been overtaken. */
  isStillTrue(sessionId: string, announcement: Announcement): Promise<boolean>;
  /** The step that a leg is at; null when its call is over. */
  stepOfLeg(callSid: string): Promise<number | null>;
};

/** Keeps a promise at Twilio. What is gone already is done. */
export async function deliverToTwilio(deps: TelephoneDeps, effect: TelephoneEffect): Promise<TelephoneDelivery> {
  try {
    return (await perform(deps, effect)) ? { kind: "done" } : { kind: "later", reason: "too late" };
  } catch (error) {
    const failure = describeFailure(error);
    if (failure.kind === "unreachable") return { kind: "later", reason: failure.code };
    const reason = `${failure.status}/${failure.code ?? "-"}`;
    if (failure.status === 404 || failure.code === CALL_IS_OVER) return { kind: "done" };
    const mayPass = failure.status === 429 || failure.status >= 500 || failure.status === 401;
    return mayPass ? { kind: "later", reason } : { kind: "never", reason };
  }
}

/** @returns false when it is too late to change anything */
async function perform(deps: TelephoneDeps, effect: TelephoneEffect): Promise<boolean> {
  const { client, urls, mayAct, nameOfSession, isStillTrue, stepOfLeg } = deps;
  switch (effect.kind) {
    case "end-call":
      await client.calls(effect.callSid).update({ status: "completed" });
      return true;
    case "end-session":
      for (const { sid } of await listConferences(client, await nameOfSession(effect.sessionId))) {
        await client.conferences(sid).update({ status: "completed" });
      }
      return true;
    case "announce": {
      if (!(await isStillTrue(effect.sessionId, effect.announcement))) return true;
      const announceUrl = urls.announcement(effect.announcement);
      for (const { sid } of await listConferences(client, await nameOfSession(effect.sessionId))) {
        if (!mayAct()) return false;
        await client.conferences(sid).update({ announceUrl, announceMethod: "POST" });
      }
      return true;
    }
    case "rejoin": {
      const step = await stepOfLeg(effect.callSid);
      if (step === null) return true;
      if (!mayAct()) return false;
      await client.calls(effect.callSid).update({ url: urls.menu(step), method: "POST" });
      return true;
    }
  }
}
