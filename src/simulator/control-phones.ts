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
const keys = z.object({ keys: z.string() });
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
  const latestCall = (number: string): Call => {
    const call = twilio.phone(number).calls().at(-1);
    if (!call) throw new Error(`${number} has made no call and got none`);
    return call;
  };
  return [
    get("/phones/:number", (param) => phoneView(twilio.phone(param("number")))),
    post("/phones/:number/dial", dial, async (options, param) =>
      callView(await twilio.phone(param("number")).dial(options)),
    ),
    post("/phones/:number/answer", nothing, async (_, param) => callView(await twilio.phone(param("number")).answer())),
    post("/phones/:number/decline", nothing, async (_, param) =>
      callView(await twilio.phone(param("number")).decline()),
    ),
    post("/phones/:number/press", keys, (body, param) => press(latestCall(param("number")), body.keys)),
    post("/phones/:number/hang-up", nothing, (_, param) => hangUp(latestCall(param("number")))),
    post("/calls/:callSid/press", keys, (body, param) => press(getCall(param("callSid")), body.keys)),
    post("/calls/:callSid/hang-up", nothing, (_, param) => hangUp(getCall(param("callSid")))),
    post("/conferences/:name/stranger", nothing, (_, param) => ({ callSid: twilio.insertStranger(param("name")) })),
    post("/callbacks", callbackMode, (mode) => twilio.callbacks.set(mode)),
  ];
}

async function press(call: Call, pressed: string) {
  await call.press(pressed);
  return callView(call);
}

async function hangUp(call: Call) {
  await call.hangUp();
  return callView(call);
}

function callView(call: Call) {
  return { callSid: call.callSid, status: call.status(), state: call.state(), heard: call.heard() };
}

function phoneView(phone: Phone) {
  const { number } = phone;
  return { number, isRinging: phone.isRinging(), texts: phone.texts(), calls: phone.calls().map(callView) };
}
