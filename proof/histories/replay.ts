import type { Play } from "./play.ts";
import { holds } from "./cast.ts";
import { violated } from "./violation.ts";

/** Sends once more, rightly signed, what Twilio sent about a call of this history at some time. */
export async function replay({ house, calls, cast }: Play, which: number): Promise<void> {
  const own = new Map(calls.map((one) => [one.call.callSid, one]));
  const sent = house.sim.twilio.sent().filter(({ params }) => own.has(params["CallSid"] ?? ""));
  const request = sent[which % Math.max(1, sent.length)];
  if (request === undefined) return;
  const { url, params } = request;
  const { status, body } = await house.sim.twilio.forge({ url, params });
  const one = own.get(params["CallSid"] ?? "");
  if (status >= 500) throw violated("I8", `a repeat of ${url} was answered with ${status}`);
  if (one === undefined || !body.includes("<Dial")) return;
  const wasLetIn = one.call.timeline().some(({ what }) => what === "verb: dial");
  const mayBeLetIn =
    wasLetIn && one.call.state() !== "ended" && cast.channels.some((each) => holds(each, one.callerId));
  if (!mayBeLetIn) throw violated("I1", `a repeat of ${url} for ${one.call.callSid} was answered with a Dial`);
}
