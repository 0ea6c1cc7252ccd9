import { z } from "zod";
import type { Backstage } from "./backstage.ts";
import { type ControlRoute, get, post } from "./control-route.ts";
import type { CallDetails, Habit } from "./page/wire-world.ts";
import type { Call } from "./twilio/call.ts";
import type { TwilioSimulator } from "./twilio/twilio.ts";

const HABITS = ["ring", "answer", "decline", "voicemail"] as const satisfies readonly Habit[];
const nothing = z.object({});
const LONGEST_FORWARD_MS = 400 * 24 * 3_600_000;

/** What somebody in the theatre does who is neither in Slack nor on the phone. */
export function backstageRoutes(backstage: Backstage, twilio: TwilioSimulator): ControlRoute[] {
  return [
    get("/world", () => backstage.world()),
    get("/phones", () => backstage.phones()),
    get("/calls/:callSid", (param): CallDetails => {
      const { callSid, timeline } = getCall(twilio, param("callSid"));
      return { callSid, timeline: timeline() };
    }),
    // Without waiting for what comes of it: the next key must not come too late.
    post("/calls/:callSid/tap", z.object({ keys: z.string() }), ({ keys }, param) => {
      void getCall(twilio, param("callSid")).press(keys);
    }),
    post("/phones/:number/habit", z.object({ habit: z.enum(HABITS) }), ({ habit }, param) =>
      backstage.setHabit(param("number"), habit),
    ),
    post("/switches/:id", z.object({ isOn: z.boolean() }), ({ isOn }, param) => backstage.setSwitch(param("id"), isOn)),
    post("/clock", z.object({ forwardMs: z.int().min(0).max(LONGEST_FORWARD_MS) }), ({ forwardMs }) =>
      backstage.forward(forwardMs),
    ),
    post("/restart", nothing, () => backstage.restart()),
    post("/stories/stop", nothing, () => backstage.stop()),
    post("/stories/skip", nothing, () => backstage.skip()),
    post("/stories/:id/play", nothing, (_, param) => backstage.play(param("id"))),
  ];
}

function getCall(twilio: TwilioSimulator, callSid: string): Call {
  const call = twilio.call(callSid);
  if (!call) throw new Error(`no call ${callSid}`);
  return call;
}
