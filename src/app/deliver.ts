import type { WebClient } from "@slack/web-api";
import type { Twilio } from "twilio";
import type { Effect } from "../conference/effects.ts";
import { isStillTrue, nameOfSession, stepOfLeg } from "../operations/find-for-delivery.ts";
import type { Line } from "../operations/line.ts";
import { type CallToPlace, placeCall } from "../operations/place-call.ts";
import {
  prepareMessage,
  settleLetGo,
  settleLooked,
  settleNotPosted,
  settleShown,
  settleUpToDate,
} from "../operations/show-message.ts";
import { takeEdit } from "../operations/take-edit.ts";
import type { Delivery } from "../outbox/delivery.ts";
import { type MessageDeps, showMessage } from "../slack/deliver.ts";
import { deliverToTwilio } from "../twilio/deliver.ts";
import type { Urls } from "../twilio/twiml.ts";

/** Slack takes a message a second and channel. */
const POST_EVERY_MS = 1000;
/** Somebody who was removed is out within 5 s of Twilio's return. */
const TWILIO_AGAIN_MS = 4000;

type Outside = Pick<MessageDeps, "openDirect" | "mayAct"> & {
  line: Line;
  slack: WebClient;
  twilio: Twilio;
  urls: Urls;
};

/** Keeps one promise of the outbox, at the edge that it is for. */
export async function deliver(
  { line, slack, openDirect, twilio, urls, mayAct }: Outside,
  effect: Exclude<Effect, { kind: "place-call" }>,
): Promise<Delivery> {
  if (effect.kind !== "show-message") {
    const delivered = await deliverToTwilio(
      {
        client: twilio,
        urls,
        mayAct,
        nameOfSession: (sessionId) => nameOfSession(line, sessionId),
        isStillTrue: (sessionId, announcement) => isStillTrue(line, sessionId, announcement),
        stepOfLeg: (callSid) => stepOfLeg(line, callSid),
      },
      effect,
    );
    return delivered.kind === "later"
      ? { ...delivered, at: null, longestBackOffMs: TWILIO_AGAIN_MS, holdsLane: false }
      : delivered;
  }
  const message = await prepareMessage(line, effect.messageId);
  const now = () => line.clock.now();
  // After failures too: Slack counts what it refuses, and may have taken what it never confirmed.
  const pauseMs = POST_EVERY_MS;
  const takeEditOfIt = () => takeEdit(line, message);
  const shown = await showMessage(
    { client: slack, openDirect, now, postsInDoubt: line.postsInDoubt, mayAct, takeEdit: takeEditOfIt },
    message,
  );
  switch (shown.kind) {
    case "up-to-date":
      return { kind: "done", settle: settleUpToDate(message, shown.ts) };
    case "let-go":
      return { kind: "done", settle: settleLetGo(message) };
    case "shown":
      return { kind: "done", settle: settleShown(line, message, shown.ts), pauseMs };
    case "looked":
      return { kind: "not-yet", at: now(), settle: settleLooked(line, shown) };
    case "not-yet":
      return { kind: "not-yet", at: now() + shown.afterMs };
    case "refused":
      return { kind: "never", reason: shown.reason, pauseMs };
    case "uncertain":
      return { kind: "later", reason: shown.reason, at: now() + shown.afterMs, holdsLane: false, pauseMs };
    case "not-shown": {
      const at = shown.afterMs === null ? null : now() + shown.afterMs;
      const settle = settleNotPosted(message);
      return { kind: "later", reason: shown.reason, at, holdsLane: shown.holdsChannel, settle, pauseMs };
    }
  }
}

/** Calls somebody; after Twilio was asked the lane rests, for it takes so many calls a second. */
export async function deliverCall(
  line: Line,
  wanted: CallToPlace,
  pauseMs: number,
  mayAct: () => boolean,
): Promise<Delivery> {
  const placing = await placeCall(line, wanted, mayAct);
  if (placing.kind === "later") return { ...placing, pauseMs };
  return placing.kind === "asked" ? { kind: "done", pauseMs } : { kind: "done" };
}
