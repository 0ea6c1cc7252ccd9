import { signSlackRequest } from "../../src/simulator/slack/signature.ts";
import { encodeForm, signRequest } from "../../src/simulator/twilio/signature.ts";
import { ACCOUNTS, PUBLIC_URL } from "../../test/support/world.ts";
import type { Action } from "./actions.ts";
import { ADMIN } from "./house.ts";
import type { Play } from "./play.ts";
import { violated } from "./violation.ts";

type BadRequest = Extract<Action, { do: "bad request" }>;

/** Sends what neither Twilio nor Slack signed, about this very history: it must be refused and change nothing. */
export async function sendBadRequest(play: Play, action: BadRequest): Promise<void> {
  const { house } = play;
  await house.clock.idle();
  const before = await house.fingerprint();
  const saidBefore = outsideSaw(play);
  const status = action.to === "twilio" ? await toTwilioRoute(play, action) : await toSlackRoute(play, action);
  await house.clock.idle();
  const what = JSON.stringify(action);
  if (status !== (action.to === "twilio" ? 403 : 401)) throw violated("I7", `${what} was answered with ${status}`);
  if ((await house.fingerprint()) !== before) throw violated("I7", `${what} wrote to the database`);
  if (outsideSaw(play) !== saidBefore) throw violated("I7", `${what} had something sent`);
}

/** Requests that the service made of Slack, and texts and answers that it had Twilio give. */
function outsideSaw({ house: { sim }, cast, calls }: Play): string {
  const texts = Object.values(cast.people).map(({ phone }) => phone.texts().length);
  return JSON.stringify([sim.slack.calls().length, texts, calls.map(({ call }) => call.heard().length)]);
}

const PATHS = ["voice", "code/1", "choice/2", "room/2", "menu/3", "status", "conference", "fallback", "wait"] as const;

async function toTwilioRoute({ house, cast, calls }: Play, { bits, signature }: BadRequest): Promise<number> {
  const path = `/twilio/${PATHS[bits % PATHS.length]}`;
  const one = calls[bits % Math.max(1, calls.length)];
  const params = {
    AccountSid: ACCOUNTS.twilio.accountSid,
    CallSid: one?.call.callSid ?? `CA${bits.toString(16).padStart(32, "0")}`,
    From: cast.people.member.number,
    CallStatus: bits % 2 === 0 ? "completed" : "in-progress",
    Digits: one === undefined ? "123456" : (house.sim.twilio.verify.codeFor(one.callerId) ?? "123456"),
  };
  const sign = (token: string) => signRequest(token, `${PUBLIC_URL}${path}`, params);
  const good = sign(ACCOUNTS.twilio.authToken);
  const bad = {
    none: null,
    random: Buffer.from(`${bits}`.padStart(20, "x")).toString("base64"),
    truncated: good.slice(0, bits % good.length),
    "another's": sign(`another-account-${bits}`),
  }[signature];
  const response = await fetch(`${house.serviceUrl()}${path}`, {
    method: "POST",
    body: encodeForm(params),
    headers: {
      "Content-Type": "application/x-www-form-urlencoded",
      ...(bad === null ? {} : { "X-Twilio-Signature": bad }),
    },
  });
  await response.arrayBuffer();
  return response.status;
}

async function toSlackRoute({ house, cast }: Play, { bits, signature }: BadRequest): Promise<number | null> {
  const text = ["remove", "reset", "moderator"][bits % 3];
  const body = new URLSearchParams({
    team_id: ACCOUNTS.slack.teamId,
    user_id: ADMIN,
    channel_id: cast.channels[0].id,
    command: "/conf",
    text: `${text} ${cast.people.member.name}`,
    trigger_id: `1.2.${bits}`,
    response_url: `${house.sim.url}/slack/response/commands/T/1/${bits}`,
  }).toString();
  const seconds = Math.floor(house.clock.now() / 1000);
  const good = signSlackRequest(ACCOUNTS.slack.signingSecret, seconds, body);
  const bad = {
    none: "",
    random: `v0=${bits.toString(16).padStart(64, "0")}`,
    truncated: good.slice(0, bits % good.length),
    "another's": signSlackRequest(`another-app-${bits}`, seconds, body),
  }[signature];
  const headers = { "X-Slack-Request-Timestamp": String(seconds), "X-Slack-Signature": bad };
  return (await house.sim.slack.request(body, { headers })).status;
}
