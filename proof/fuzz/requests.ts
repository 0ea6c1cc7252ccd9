import { createHmac } from "node:crypto";
import fc from "fast-check";
import { signSlackRequest } from "../../src/simulator/slack/signature.ts";
import { ACCOUNTS, OPS, PEOPLE, PUBLIC_URL } from "../../test/support/world.ts";
import { typedTexts } from "./commands.ts";
import { names } from "./markup.ts";

/** A request to the service, before it is signed. */
export type Made = {
  to: "twilio" | "slack";
  path: string;
  contentType: string;
  body: string;
  /** Signed with another secret, or what is signed is another body. */
  isForged: boolean;
};

const { accountSid, authToken } = ACCOUNTS.twilio;
const FORM = "application/x-www-form-urlencoded";
/** Stands for a call that is there: its place is taken by the SID of one when it is sent. */
export const SOME_CALL = ["CALL-VERIFYING", "CALL-OVER", "CALL-ADMITTED"] as const;

const parameters = fc.constantFrom(
  ...["From", "To", "Digits", "FinishedOnKey", "CallStatus", "DialCallStatus", "StirVerstat", "AnsweredBy", "Muted"],
  ...["ConferenceSid", "FriendlyName", "SequenceNumber", "StatusCallbackEvent", "Timestamp", "Hold", "CallSid"],
  ...["Digits[]", "Digits[0]", "From[a]", "__proto__", "constructor", "toString", "AccountSid", "", "__proto__[x]"],
);
const values = fc.oneof(
  fc.string({ unit: "binary", maxLength: 80 }),
  fc.constantFrom("completed", "in-progress", "answered", "participant-join", "true", "1", "*", "#", "000000", "human"),
  fc.constantFrom(PEOPLE.mabel.number, PEOPLE.isabelle.number, "anonymous", "", "+1", "9".repeat(64), "machine_start"),
);
const calls = fc.constantFrom<string[]>(...SOME_CALL, `CA${"f".repeat(32)}`, "CA0", "", `CA${"0".repeat(32)}`);
const steps = fc.constantFrom("0", "1", "2", "3", "4", "999", "1001", "-1", "one", "%00", "1%2F2");
const paths = fc.oneof(
  fc.tuple(fc.constantFrom("code", "choice", "room", "menu", "press"), steps).map((parts) => parts.join("/")),
  fc.constantFrom("voice", "wait", "fallback", "conference", "status", "announcement/moderator-left", "admit", "%zz"),
  fc.constantFrom("dialed/x/1", "dial-status/x/1", "announcement/evil", "code/1?step=2", "voice#x", ""),
);
const encodings = fc.constantFrom<((form: string) => string)[]>(
  ...[(form: string) => form, (form: string) => form, (form: string) => form],
  (form) => `${form}&Digits=%zz%`,
  (form) => `${form}&From=%ED%A0%80`,
  (form) => form.replaceAll("=", "%3D"),
  (form) => `${form}${"&a=b".repeat(1200)}`,
  (form) => `${form}&Digits=${"1".repeat(70_000)}`,
);
const types = fc.oneof(
  { weight: 9, arbitrary: fc.constant(FORM) },
  {
    weight: 1,
    arbitrary: fc.constantFrom("application/json", "text/plain", `${FORM}; charset=utf-7`, "multipart/form-data", ""),
  },
);
const forged = fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) });

const ofTwilio: fc.Arbitrary<Made> = fc
  .tuple(paths, calls, fc.array(fc.tuple(parameters, values), { maxLength: 8 }), encodings, types, forged)
  .map(([path, call, pairs, encode, contentType, isForged]) => {
    const form = new URLSearchParams([["AccountSid", accountSid], ["CallSid", call], ...pairs]);
    return { to: "twilio", path: `/twilio/${path}`, contentType, body: encode(form.toString()), isForged };
  });

/** Whoever may change nothing, and who is nobody. */
const users = fc.oneof(
  fc.constantFrom(PEOPLE.mabel.id, "U0GUEST", "U0STRANGER", "U0BOT", "U0NOBODY", "", "null", "<@U0ISABELLE>"),
  fc.string({ unit: "binary", maxLength: 12 }),
);
const places = fc.constantFrom(OPS, "C0NOWHERE", "", "D0X");
const commands = fc
  .tuple(users, places, typedTexts, fc.constantFrom("/conf", "/conf", "/other", ""), fc.uuid())
  .map(([user_id, channel_id, text, command, trigger_id]) =>
    new URLSearchParams({
      command,
      text,
      user_id,
      channel_id,
      trigger_id,
      team_id: "T0EXAMPLE1",
      response_url: NOWHERE,
    }).toString(),
  );
/** Nothing listens there. */
const NOWHERE = "http://127.0.0.1:9/slack/response/none";

const json = fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.constantFrom(null, [], {}, "x", 1));
const actionIds = fc.constantFrom(
  ...[
    "reset_lockout",
    "take_off_call",
    "add_offered_number",
    "schedule_draft",
    "change_draft",
    "edit_series",
    "call_me",
  ],
  ...["cancel_all", "cancel_one", "choose_call", "answer_yes", "open_form", "renew_calendar", "nothing", "__proto__"],
);
const actions = fc
  .tuple(
    users,
    places,
    actionIds,
    fc.oneof(
      names,
      fc.uuid(),
      fc.jsonValue().map((one) => JSON.stringify(one)),
    ),
    json,
    fc.uuid(),
  )
  .map(([id, channel, action_id, value, odd, ts]) => ({
    ...{
      type: "block_actions",
      user: { id, team_id: "T0EXAMPLE1" },
      channel: { id: channel },
      team: { id: "T0EXAMPLE1" },
    },
    ...{ trigger_id: ts, response_url: NOWHERE, container: { channel_id: channel, message_ts: "1.1" }, odd },
    actions: [{ type: "button", action_id, block_id: "b", value, action_ts: ts }],
  }));
const submissions = fc
  .tuple(users, json, fc.oneof(names, fc.constant("{}")), fc.constantFrom("schedule_call", "other", "__proto__"))
  .map(([id, values_, private_metadata, callback_id]) => ({
    ...{ type: "view_submission", user: { id, team_id: "T0EXAMPLE1" }, team: { id: "T0EXAMPLE1" }, trigger_id: "t" },
    view: { id: "V1", callback_id, private_metadata, state: { values: values_ }, blocks: [], type: "modal" },
  }));
const payloads = fc
  .oneof(actions, submissions, json)
  .map((one) => new URLSearchParams({ payload: JSON.stringify(one) }).toString());
const events = fc
  .tuple(
    fc.constantFrom("message", "app_mention", "tokens_revoked", "user_change", "channel_archive", "x"),
    json,
    users,
    fc.uuid(),
  )
  .map(([type, odd, user, event_id]) =>
    JSON.stringify({
      type: "event_callback",
      team_id: "T0EXAMPLE1",
      event_id,
      event: { type, user, channel: OPS, odd },
    }),
  );
const garbage = fc.oneof(
  fc.string({ unit: "binary", maxLength: 200 }),
  fc.jsonValue().map((one) => JSON.stringify(one)),
);
const big = fc.constantFrom(30_000, 900_000, 2_000_000).map((length) => `text=${"x".repeat(length)}`);
const ofForm = fc.oneof(commands, commands, payloads, payloads, garbage).map((body) => ({ contentType: FORM, body }));
const ofJson = fc.oneof(events, garbage).map((body) => ({ contentType: "application/json", body }));
const ofSlack: fc.Arbitrary<Made> = fc
  .tuple(
    fc.oneof(
      { weight: 70, arbitrary: ofForm },
      { weight: 29, arbitrary: ofJson },
      { weight: 1, arbitrary: big.map((body) => ({ contentType: FORM, body })) },
    ),
    forged,
  )
  .map(([sent, isForged]) => ({ to: "slack", path: "/slack/events", ...sent, isForged }));

export const requests: fc.Arbitrary<Made> = fc.oneof(ofTwilio, ofTwilio, ofSlack);

/** The headers with which a request is sent; a forged one is signed with another secret. */
export function signed({ to, path, contentType, body, isForged }: Made): Record<string, string> {
  const type = contentType === "" ? {} : { "Content-Type": contentType };
  const suffix = isForged ? "x" : "";
  if (to === "twilio") {
    const [url = ""] = `${PUBLIC_URL}${path}`.split("#");
    return {
      ...type,
      "X-Twilio-Signature": twilioSignature(authToken + suffix, url, isParsed(contentType) ? body : ""),
    };
  }
  const sentAt = String(Math.floor(Date.now() / 1000));
  const signature = signSlackRequest(ACCOUNTS.slack.signingSecret + suffix, sentAt, body);
  return { ...type, "X-Slack-Request-Timestamp": sentAt, "X-Slack-Signature": signature };
}

/** What is no form has no parameters that could be signed. */
function isParsed(contentType: string): boolean {
  return contentType === FORM;
}

/** As Twilio signs, repeated parameters included: each name with its values, all in order. */
function twilioSignature(token: string, url: string, body: string): string {
  const parameters_ = new Map<string, Set<string>>();
  for (const [name, value] of new URLSearchParams(body))
    parameters_.set(name, (parameters_.get(name) ?? new Set()).add(value));
  const pairs = [...parameters_]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, all]) =>
      [...all]
        .toSorted()
        .map((value) => name + value)
        .join(""),
    );
  return createHmac("sha1", token)
    .update(url + pairs.join(""), "utf8")
    .digest("base64");
}
