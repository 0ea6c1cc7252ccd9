import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { PUBLIC_URL, startWorld, TOMMY, twiml, type World } from "./scripted-service.ts";

let world: World;

beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.close());

const APPLICATION_ERROR = "We are sorry, an application error has occurred. Goodbye.";

describe("a webhook that fails", () => {
  it("makes the caller hear of an application error when there is no fallback", async () => {
    world.say("/voice", { status: 500 });

    const call = await world.twilio.phone(TOMMY).dial();

    expect([call.heard(), call.state()]).toEqual([[APPLICATION_ERROR], "ended"]);
    expect(world.receivedAt("/voice")).toHaveLength(1);
  });

  it("has its fallback asked, with what went wrong and where", async () => {
    world.twilio.configure({ voiceUrl: `${PUBLIC_URL}/voice#rc=0`, voiceFallbackUrl: `${PUBLIC_URL}/fallback` });
    world.say("/voice", { status: 503 });
    world.say("/fallback", twiml("<Say>Try later.</Say>"));

    const call = await world.twilio.phone(TOMMY).dial();

    expect(call.heard()).toEqual(["Try later."]);
    expect(world.receivedAt("/fallback")).toEqual([
      expect.objectContaining({ ErrorCode: "11200", ErrorUrl: `${PUBLIC_URL}/voice`, CallStatus: "ringing" }),
    ]);
  });

  it("is sent again as often as the URL asks for, with the same token, and the fragment is never sent", async () => {
    world.twilio.configure({ voiceUrl: `${PUBLIC_URL}/voice#rc=2&rp=ct,rt,5xx` });
    world.say("/voice", { status: 500 }, null, twiml("<Say>At last.</Say>"));

    const call = await world.twilio.phone(TOMMY).dial();

    expect(call.heard()).toEqual(["At last."]);
    const tokens = world.received.map(({ headers }) => headers["i-twilio-idempotency-token"]);
    expect(tokens).toHaveLength(3);
    expect(new Set(tokens).size).toBe(1);
    expect(world.received.every(({ isSigned }) => isSigned)).toBe(true);
  });

  it("is not sent more often than that, nor for a reason that the URL does not name", async () => {
    world.twilio.configure({ voiceUrl: `${PUBLIC_URL}/voice#rc=2&rp=5xx` });
    world.say("/voice", { status: 500 }, { status: 500 }, { status: 500 }, { status: 404 });

    await world.twilio.phone(TOMMY).dial();
    expect(world.receivedAt("/voice")).toHaveLength(3);
    await world.twilio.phone(TOMMY).dial();

    expect(world.receivedAt("/voice")).toHaveLength(4);
  });

  it("is given up after its read time-out, on the clock", async () => {
    world.twilio.configure({ voiceUrl: `${PUBLIC_URL}/voice#rt=4000&rc=0` });
    world.say("/voice", async () => {
      await world.clock.sleep(5000);
      return twiml("<Say>Too late.</Say>");
    });

    const dialling = world.twilio.phone(TOMMY).dial();
    await world.clock.advance(3999);
    expect(world.twilio.calls()[0]?.state).toBe("ringing");
    await world.clock.advance(1);

    expect((await dialling).heard()).toEqual([APPLICATION_ERROR]);
  });

  it("follows redirects of HTTP, signing each", async () => {
    world.say("/voice", { status: 307, headers: { Location: `${PUBLIC_URL}/elsewhere` } });
    world.say("/elsewhere", twiml("<Say>Here.</Say>"));

    const call = await world.twilio.phone(TOMMY).dial();

    expect(call.heard()).toEqual(["Here."]);
    expect(world.received.every(({ isSigned }) => isSigned)).toBe(true);
  });

  it.each([
    ["broken XML", { body: "<Response><Say>Hello</Response>" }, "12100"],
    ["an unknown verb", { body: "<Response><Shout>Hello</Shout></Response>" }, "12200"],
    ["an unknown attribute", { body: '<Response><Say tone="loud">Hello</Say></Response>' }, "12200"],
    ["another content type", { type: "application/json", body: "{}" }, "12300"],
  ])("counts %s as a failure", async (_what, reply, errorCode) => {
    world.twilio.configure({ voiceFallbackUrl: `${PUBLIC_URL}/fallback` });
    world.say("/voice", reply);
    world.say("/fallback", twiml("<Hangup/>"));

    await world.twilio.phone(TOMMY).dial();

    expect(world.receivedAt("/fallback")).toEqual([expect.objectContaining({ ErrorCode: errorCode })]);
  });

  it("is repeated, at once and with one token, when the network is told to", async () => {
    world.twilio.callbacks.set({ repeatVoice: 2 });
    world.say("/voice", twiml("<Say>Once.</Say>"));

    const call = await world.twilio.phone(TOMMY).dial();

    expect(call.heard()).toEqual(["Once."]);
    expect(world.receivedAt("/voice")).toHaveLength(2);
    expect(new Set(world.received.map(({ headers }) => headers["i-twilio-idempotency-token"])).size).toBe(1);
  });
});

describe("a request of one's own making", () => {
  it("replays what was sent, or is signed and malformed, and shows what the service answers", async () => {
    world.say("/voice", twiml("<Hangup/>"));
    await world.twilio.phone(TOMMY).dial();
    await world.clock.idle();
    const [first] = world.twilio.sent();
    if (first === undefined) throw new Error("nothing was sent");

    expect(await world.twilio.forge(first)).toMatchObject({ status: 200, body: twiml("<Hangup/>") });
    await world.twilio.forge({ url: `${PUBLIC_URL}/voice`, params: { Digits: "\u0000" } });

    const [, , replayed, malformed] = world.received;
    expect(replayed).toMatchObject({ isSigned: true, params: first.params });
    expect(malformed).toMatchObject({ isSigned: true, params: { Digits: "\u0000" } });
    expect(first.outcome).toBe("200");
  });
});
