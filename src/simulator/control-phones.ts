import { z } from "zod";
import { type ControlRoute, get, post } from "./control-route.ts";
import type { Call } from "./twilio/call.ts";
import type { Phone } from "./twilio/phone.ts";
import type { TwilioSimulator } from "./twilio/twilio.ts";

const nothing = z.object({});
const dial = z.object({
  from: z.string().exactOptional(),
  verstat: z.string().exactOptional(),
  forwardedFrom: z.string().exactOptional(),
});
const callbackMode = z.object({
  repeat: z.int().min(1).exactOptional(),
  shuffle: z.boolean().exactOptional(),
  loseEvery: z.int().min(1).exactOptional(),
  loseAll: z.boolean().exactOptional(),
  delayMs: z.int().min(0).exactOptional(),
  repeatVoice: z.int().min(1).exactOptional(),
});

/** What people do with phones. */
export function phoneRoutes(twilio: TwilioSimulator): ControlRoute[] {
  const getCall = (callSid: string): Call => {
    const call = twilio.call(callSid);
    if (!call) throw new Error(`no call ${callSid}`);
    return call;
  };
  return [
    get("/phones/:number", (param) => phoneView(twilio.phone(param("number")))),
    post("/phones/:number/dial", dial, async (options, param) =>
      callView(await twilio.phone(param("number")).dial(options)),
    ),
    post(
      "/phones/:number/habit",
      z.object({ habit: z.enum(["ring", "answer", "decline", "voicemail"]) }),
      (body, param) => twilio.phone(param("number")).when(body.habit),
    ),
    post("/phones/:number/answer", nothing, async (_, param) => callView(await twilio.phone(param("number")).answer())),
    post("/phones/:number/decline", nothing, async (_, param) =>
      callView(await twilio.phone(param("number")).decline()),
    ),
    post("/calls/:callSid/press", z.object({ keys: z.string() }), async ({ keys }, param) => {
      const call = getCall(param("callSid"));
      await call.press(keys);
      return callView(call);
    }),
    post("/calls/:callSid/hang-up", nothing, async (_, param) => {
      const call = getCall(param("callSid"));
      await call.hangUp();
      return callView(call);
    }),
    post("/conferences/:name/stranger", nothing, (_, param) => ({ callSid: twilio.insertStranger(param("name")) })),
    post("/callbacks", callbackMode, (mode) => twilio.callbacks.set(mode)),
  ];
}

function callView(call: Call) {
  return { callSid: call.callSid, status: call.status(), state: call.state(), heard: call.heard() };
}

function phoneView(phone: Phone) {
  const { number } = phone;
  return { number, isRinging: phone.isRinging(), texts: phone.texts(), calls: phone.calls().map(callView) };
}
