import { readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { apiError } from "../../../src/simulator/twilio/api-errors.ts";
import { account, ISABELLE, PUBLIC_URL, startWorld, TOMMY, twiml, type World } from "./scripted-service.ts";

let world: World;

beforeEach(async () => {
  world = await startWorld();
  const conference =
    '<Conference participantLabel="prt_01jalpha" waitUrl="" statusCallback="/conference" ' +
    'statusCallbackEvent="start end join leave mute">room-1</Conference>';
  world.say("/voice", twiml('<Gather action="/code" numDigits="6"/>'));
  world.say("/code", twiml(`<Dial action="/after">${conference}</Dial>`));
  world.say("/after", twiml("<Hangup/>"));
});
afterEach(() => world.close());

function fixture(name: string): string {
  return readFileSync(new URL(`../../fixtures/${name}`, import.meta.url), "utf8");
}

function namesIn(form: string): string[] {
  return [...new URLSearchParams(fixture(form)).keys()].toSorted();
}

/** Every field of a JSON value by its path, with its type; of a list, the first item's. */
function fieldsOf(value: unknown, path = ""): Map<string, string> {
  const isObject = typeof value === "object" && value !== null;
  if (!isObject) return new Map([[path, value === null ? "null" : typeof value]]);
  const parts = Array.isArray(value) ? Object.entries(value.slice(0, 1)) : Object.entries(value);
  return new Map(parts.flatMap(([name, part]: [string, unknown]) => [...fieldsOf(part, `${path}/${name}`)]));
}

/** Where either is null, nothing is said of the type. */
function differences(answer: unknown, name: string): string[] {
  const [actual, example] = [fieldsOf(answer), fieldsOf(JSON.parse(fixture(name)))];
  const missing = [...example.keys()].filter((path) => !actual.has(path));
  const unknown = [...actual.keys()].filter((path) => !example.has(path));
  const mistyped = [...example].filter(([path, type]) => ![type, "null"].includes(actual.get(path) ?? "null"));
  return [...missing, ...unknown, ...mistyped.filter(([, type]) => type !== "null").map(([path]) => path)];
}

async function ask(method: string, path: string, form: Record<string, string> = {}): Promise<unknown> {
  const authorization = `Basic ${Buffer.from(`${account.accountSid}:${account.authToken}`).toString("base64")}`;
  const body = method === "POST" ? { body: new URLSearchParams(form) } : {};
  const response = await fetch(world.url + path, { method, headers: { authorization }, ...body });
  return response.json();
}

const ACCOUNT = `/2010-04-01/Accounts/${account.accountSid}`;
const SERVICE = `/verify/v2/Services/${account.verifyServiceSid}`;

describe("webhooks", () => {
  it("carry exactly the parameters of the documented examples", async () => {
    const call = await world.twilio.phone(TOMMY).dial({ verstat: "TN-Validation-Passed-A" });
    await call.press("482913");
    const [conference] = world.twilio.conferences();
    await ask("POST", `${ACCOUNT}/Conferences/${conference?.sid}/Participants/prt_01jalpha.json`, { Muted: "true" });
    await ask("POST", `${ACCOUNT}/Conferences/${conference?.sid}.json`, { Status: "completed" });
    await call.settled();
    await world.clock.idle();

    const names = (path: string, nth = 0): string[] => Object.keys(world.receivedAt(path)[nth] ?? {}).toSorted();
    expect(names("/voice")).toEqual(namesIn("twilio-voice-inbound.form"));
    expect(names("/code")).toEqual(namesIn("twilio-gather.form"));
    expect(names("/after")).toEqual(namesIn("twilio-dial-action-conference.form"));
    expect(names("/status")).toEqual(namesIn("twilio-call-status-completed.form"));
    expect(names("/conference", 1)).toEqual(namesIn("conference-participant-mute.form"));
    expect(names("/conference", 2)).toEqual(namesIn("conference-participant-leave-hangup.form"));
    expect(world.receivedAt("/conference").at(-1)).toMatchObject({ ReasonConferenceEnded: "conference-ended-via-api" });
  });

  it.each([
    ["twilio-voice-inbound-anonymous.form", "anonymous"],
    ["twilio-voice-inbound-international.form", "+447700900123"],
  ])("carry the places of %s", async (form, from) => {
    await world.twilio.phone(TOMMY).dial({ from });

    const { CallSid: _, ...expected } = Object.fromEntries(new URLSearchParams(fixture(form)));
    expect(world.receivedAt("/voice")[0]).toMatchObject(expected);
  });

  it("of a call's progress carry what the documented example does", async () => {
    world.twilio.phone(TOMMY).when("answer");
    await ask("POST", `${ACCOUNT}/Calls.json`, {
      To: TOMMY,
      From: account.phoneNumber,
      Twiml: "<Response><Hangup/></Response>",
      StatusCallback: `${PUBLIC_URL}/progress`,
      StatusCallbackEvent: "answered",
    });
    await world.clock.idle();

    const [answered] = world.receivedAt("/progress");
    expect(Object.keys(answered ?? {}).toSorted()).toEqual(namesIn("twilio-call-progress-answered.form"));
    expect(answered).toMatchObject({ CallStatus: "in-progress", SequenceNumber: "2", Direction: "outbound-api" });
  });
});

describe("the API's JSON", () => {
  it.each([60202, 60203, 60205] as const)("of error %i is the documented one", (code) => {
    expect(apiError(code, {}).body).toEqual(JSON.parse(fixture(`verify-error-${code}.json`)));
  });

  it("of calls, messages and numbers has the documented fields", async () => {
    const call = { To: TOMMY, From: account.phoneNumber, Twiml: "<Response/>" };
    expect(differences(await ask("POST", `${ACCOUNT}/Calls.json`, call), "rest-call.json")).toEqual([]);
    const message = { To: TOMMY, From: account.phoneNumber, Body: "Your meeting starts in 5 minutes." };
    expect(differences(await ask("POST", `${ACCOUNT}/Messages.json`, message), "rest-message.json")).toEqual([]);
    const numberSid = `PN${account.accountSid.slice(2)}`;
    expect(
      differences(
        await ask("GET", `${ACCOUNT}/IncomingPhoneNumbers/${numberSid}.json`),
        "rest-incoming-phone-number.json",
      ),
    ).toEqual([]);
    expect(world.twilio.phone(TOMMY).texts()).toMatchObject([{ body: "Your meeting starts in 5 minutes." }]);
  });

  it("of conferences and participants has the documented fields", async () => {
    for (const number of [TOMMY, ISABELLE]) await (await world.twilio.phone(number).dial()).press("482913");
    world.twilio.insertStranger("room-1");
    const [conference] = world.twilio.conferences();
    const path = `${ACCOUNT}/Conferences/${conference?.sid}`;

    expect(differences(await ask("GET", `${path}.json`), "rest-conference.json")).toEqual([]);
    expect(
      differences(await ask("GET", `${ACCOUNT}/Conferences.json?FriendlyName=room-1`), "rest-conference-list.json"),
    ).toEqual([]);
    expect(differences(await ask("GET", `${path}/Participants/prt_01jalpha.json`), "rest-participant.json")).toEqual(
      [],
    );
    expect(differences(await ask("GET", `${path}/Participants.json`), "rest-participant-list.json")).toEqual([]);
  });

  it("of Verify and of errors has the documented fields", async () => {
    const start = { To: TOMMY, Channel: "sms" };
    expect(differences(await ask("POST", `${SERVICE}/Verifications`, start), "verify-verification.json")).toEqual([]);
    expect(
      differences(
        await ask("POST", `${SERVICE}/VerificationCheck`, { To: TOMMY, Code: "0000" }),
        "verify-check-pending.json",
      ),
    ).toEqual([]);
    expect(differences(await ask("GET", SERVICE), "verify-service.json")).toEqual([]);
    const refused = await fetch(`${world.url}${ACCOUNT}/Calls.json`);
    expect([refused.status, await refused.json()]).toEqual([401, JSON.parse(fixture("twilio-error-20003.json"))]);
    const unknown = { VerificationSid: `VE${"0".repeat(32)}`, Code: "123456" };
    const notFound = await ask("POST", `${SERVICE}/VerificationCheck`, unknown);
    expect(notFound).toEqual(JSON.parse(fixture("verify-error-20404.json")));
  });
});
