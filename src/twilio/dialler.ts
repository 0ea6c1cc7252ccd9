import type { Twilio } from "twilio";
import { type CallProgress, RINGS_FOR_SECONDS } from "../conference/dial-out.ts";
import type { PhoneNumber } from "../conference/phone-number.ts";
import type { Dialler, DialOutcome, SeenCall } from "../operations/line.ts";
import { describeFailure, type TwilioFailure, unavailable } from "./client.ts";
import type { Urls } from "./twiml.ts";

/** How long Twilio may listen whether a person or a machine answered; longer would leave a person in silence. */
const DETECTION_SECONDS = 10;
/** As many calls as the account may have at once are going on. */
const TOO_MANY_CALLS = 10_004;

/** Places calls through Twilio, and looks at them. */
export function makeDialler(client: Twilio, urls: Urls, from: PhoneNumber): Dialler {
  return {
    async call({ to, dialOutId, attempt }) {
      try {
        const { sid } = await client.calls.create({
          to,
          from,
          url: urls.dialed(dialOutId, attempt),
          fallbackUrl: urls.fallback,
          statusCallback: urls.dialStatus(dialOutId, attempt),
          statusCallbackEvent: ["initiated", "answered", "completed"],
          machineDetection: "Enable",
          machineDetectionTimeout: DETECTION_SECONDS,
          timeout: RINGS_FOR_SECONDS,
        });
        return { kind: "placed", callSid: sid };
      } catch (error) {
        return outcomeOf(describeFailure(error));
      }
    },
    async listCallsTo(to, since) {
      try {
        // The latest come first. Not asked for by time: a call that is still queued has none.
        const calls = await client.calls.list({ to, from, limit: 20 });
        return calls.filter(({ dateCreated }) => (dateCreated ?? null) === null || +dateCreated >= since).map(seenCall);
      } catch (error) {
        throw unavailable(error);
      }
    },
    async findProgress(callSid) {
      try {
        return progressOf(await client.calls(callSid).fetch());
      } catch (error) {
        const failure = describeFailure(error);
        if (failure.kind === "answered" && failure.status === 404) return { state: "completed", isMachine: false };
        throw unavailable(error);
      }
    },
  };
}

type TwilioCall = { sid: string; status: string; answeredBy: string | null };

function seenCall(call: TwilioCall): SeenCall {
  return { callSid: call.sid, ...progressOf(call) };
}

function progressOf({ status, answeredBy }: Omit<TwilioCall, "sid">): CallProgress {
  return { state: readCallState(status), isMachine: isMachine(answeredBy) };
}

/** Twilio's CallStatus, as far as it matters whether the call goes on and how it ended. */
export function readCallState(status: string): CallProgress["state"] {
  switch (status) {
    case "completed":
    case "busy":
    case "no-answer":
    case "failed":
    case "canceled":
      return status;
    default:
      return "open";
  }
}

/** Twilio's AnsweredBy: a fax is no person either; `unknown` may be one, who is asked to press a key. */
export function isMachine(answeredBy: string | null | undefined): boolean {
  return answeredBy !== null && answeredBy !== undefined && /^(machine|fax)/.test(answeredBy);
}

function outcomeOf(failure: TwilioFailure): DialOutcome {
  if (failure.kind === "unreachable") return { kind: "unknown", reason: failure.code };
  const reason = `${failure.status}/${failure.code ?? "-"}`;
  if (failure.status >= 500) return { kind: "unknown", reason };
  const isForNow = failure.status === 429 || failure.status === 401 || failure.code === TOO_MANY_CALLS;
  return { kind: isForNow ? "not-now" : "refused", reason };
}
