import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ISABELLE, PUBLIC_URL, startWorld, TOMMY, twiml, type World } from "./scripted-service.ts";

let world: World;

beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.close());

const CODE = '<Gather action="/code" numDigits="6" finishOnKey="*" timeout="20" actionOnEmptyResult="true">';

describe("a call", () => {
  it("lets the caller hear what the line says, and ends when nothing is left to do", async () => {
    world.say("/voice", twiml("<Say>Hello &amp; welcome.</Say>", "<Say>Goodbye.</Say>"));

    const call = await world.twilio.phone(TOMMY).dial();
    await world.clock.idle();

    expect(call.heard()).toEqual(["Hello & welcome.", "Goodbye."]);
    expect(call.status()).toBe("completed");
    expect(world.receivedAt("/status")).toHaveLength(1);
  });

  it("signs every request as the official package expects it", async () => {
    world.say("/voice", twiml('<Gather action="/code?try=1&amp;who=it%27s" numDigits="1"/>'));
    world.say("/code", twiml("<Hangup/>"));

    const call = await world.twilio.phone(TOMMY).dial();
    await call.press("1");
    await world.clock.idle();

    expect(world.received.map(({ path, isSigned }) => [path, isSigned])).toEqual([
      ["/voice", true],
      ["/code", true],
      ["/status", true],
    ]);
    expect(world.received[0]?.headers["content-type"]).toBe("application/x-www-form-urlencoded; charset=UTF-8");
  });

  it("shows the caller ID that the caller chose, not the phone's own", async () => {
    world.say("/voice", twiml("<Hangup/>"));

    await world.twilio.phone(TOMMY).dial({ from: "anonymous" });
    await world.twilio.phone(TOMMY).dial({ from: ISABELLE, verstat: "TN-Validation-Failed-C" });

    const [withheld, forged] = world.receivedAt("/voice");
    expect(withheld).toMatchObject({ From: "anonymous", Caller: "anonymous", FromCountry: "", CallStatus: "ringing" });
    expect(forged).toMatchObject({ From: ISABELLE, StirVerstat: "TN-Validation-Failed-C" });
  });

  it("collects exactly as many keys as asked for; what is pressed behind them is lost", async () => {
    world.say("/voice", twiml(`${CODE}<Say>Enter it.</Say></Gather>`));
    world.say("/code", twiml("<Hangup/>"));

    const call = await world.twilio.phone(TOMMY).dial();
    expect(call.state()).toBe("gathering");
    await call.press("482913777");

    expect(world.receivedAt("/code")).toEqual([
      expect.objectContaining({ Digits: "482913", FinishedOnKey: "", msg: "Gather End", CallStatus: "in-progress" }),
    ]);
  });

  it("sends the finish key apart from the digits, also when it is all that came", async () => {
    world.say("/voice", twiml(`${CODE}</Gather>`));
    world.say("/code", twiml(`${CODE}</Gather>`));

    const call = await world.twilio.phone(TOMMY).dial();
    await call.press("48*");
    await call.press("*");

    expect(world.receivedAt("/code")).toEqual([
      expect.objectContaining({ Digits: "48", FinishedOnKey: "*" }),
      expect.objectContaining({ Digits: "", FinishedOnKey: "*" }),
    ]);
  });

  it("counts the time-out from the end of the prompt and again from every key", async () => {
    world.twilio.pace({ speechMs: () => 10_000 });
    world.say("/voice", twiml(`${CODE}<Say>Enter it.</Say></Gather>`));
    world.say("/code", twiml("<Hangup/>"));

    const dialling = world.twilio.phone(TOMMY).dial();
    await world.clock.advance(10_000);
    const call = await dialling;
    await world.clock.advance(19_000);
    await call.press("4");
    await world.clock.advance(19_999);
    expect(world.receivedAt("/code")).toHaveLength(0);

    await world.clock.advance(1);
    expect(world.receivedAt("/code")).toEqual([expect.objectContaining({ Digits: "4", FinishedOnKey: "" })]);
  });

  it("stops a prompt that somebody presses a key in", async () => {
    world.twilio.pace({ speechMs: () => 10_000 });
    world.say("/voice", twiml('<Gather action="/code" numDigits="1"><Say>One.</Say><Say>Two.</Say></Gather>'));
    world.say("/code", twiml('<Gather numDigits="1"/>'));
    const phone = world.twilio.phone(TOMMY);

    const dialling = phone.dial();
    await world.clock.advance(1000);
    await phone.calls()[0]?.press("1");
    await dialling;

    expect(phone.calls()[0]?.heard()).toEqual(["One."]);
    expect(world.receivedAt("/code")).toHaveLength(1);
  });

  it("goes on with the next verb when nothing was entered, unless empty results are wanted", async () => {
    world.say("/voice", twiml('<Gather action="/code" timeout="5"/>', "<Say>Nothing.</Say>", `${CODE}</Gather>`));
    world.say("/code", twiml("<Hangup/>"));

    const call = await world.twilio.phone(TOMMY).dial();
    await world.clock.advance(5000);
    expect(call.heard()).toEqual(["Nothing."]);
    await world.clock.advance(20_000);

    expect(world.receivedAt("/code")).toEqual([expect.objectContaining({ Digits: "", FinishedOnKey: "" })]);
    expect(call.state()).toBe("ended");
  });

  it("asks the current document's URL again when Gather names no action", async () => {
    world.say("/voice", twiml('<Redirect method="GET">menu/first?x=1</Redirect>'));
    world.say("/menu/first", twiml('<Gather numDigits="1"/>'), twiml("<Hangup/>"));

    const call = await world.twilio.phone(TOMMY).dial();
    await call.press("5");

    const [first, second] = world.received.filter(({ path }) => path === "/menu/first");
    expect([first?.method, first?.params["x"], first?.isSigned]).toEqual(["GET", "1", true]);
    expect([second?.method, second?.params["Digits"], second?.isSigned]).toEqual(["POST", "5", true]);
  });

  it("ends at once when the caller hangs up, and the number's status callback says how long it was", async () => {
    world.say("/voice", twiml(`${CODE}</Gather>`));

    const call = await world.twilio.phone(TOMMY).dial();
    await world.clock.advance(7000);
    await call.hangUp();
    await world.clock.idle();

    expect(world.receivedAt("/code")).toEqual([]);
    expect(world.receivedAt("/status")).toEqual([
      expect.objectContaining({
        CallSid: call.callSid,
        CallStatus: "completed",
        CallDuration: "7",
        Duration: "1",
        CallbackSource: "call-progress-events",
        SequenceNumber: "0",
        Timestamp: "Mon, 23 Nov 2026 12:00:07 +0000",
      }),
    ]);
  });

  it("is refused before it is answered by Reject", async () => {
    world.say("/voice", twiml('<Reject reason="busy"/>'));

    const call = await world.twilio.phone(TOMMY).dial();

    expect([call.status(), call.state(), call.heard()]).toEqual(["busy", "ended", []]);
  });

  it("waits for a pause on the clock", async () => {
    world.say("/voice", twiml('<Pause length="3"/>', "<Say>Late.</Say>"));

    const dialling = world.twilio.phone(TOMMY).dial();
    await world.clock.advance(2999);
    expect(world.twilio.calls()[0]?.heard).toEqual([]);
    await world.clock.advance(1);

    expect((await dialling).heard()).toEqual(["Late."]);
  });

  it("reads plain text aloud, and notices that a sound is none", async () => {
    world.say("/voice", twiml("<Play>/sound.wav</Play>", "<Redirect>/text</Redirect>"));
    world.say("/text", { type: "text/plain", body: "Just words." });
    const errors: unknown[] = [];
    world.twilio.on(({ kind, text }) => kind === "error" && errors.push(text));

    const call = await world.twilio.phone(TOMMY).dial();

    expect(call.heard()).toEqual([`♪ ${PUBLIC_URL}/sound.wav`, "Just words."]);
    expect(errors).toEqual(["/sound.wav is no sound: HTTP status 404"]);
  });

  it("is given up when it goes round in circles", async () => {
    world.say("/voice", twiml("<Redirect>/voice</Redirect>"));

    const call = await world.twilio.phone(TOMMY).dial();

    expect(call.state()).toBe("ended");
  });
});
