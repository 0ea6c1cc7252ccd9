import type { Twilio } from "twilio";
import twilio from "twilio";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  account,
  ISABELLE,
  NOON,
  PUBLIC_URL,
  sdkFor,
  startWorld,
  TOMMY,
  twiml,
  type World,
} from "./scripted-service.ts";

let world: World;
let client: Twilio;

beforeEach(async () => {
  world = await startWorld();
  client = sdkFor(world.url);
  const room =
    '<Dial action="/after"><Conference waitUrl="" statusCallback="/conference" statusCallbackMethod="POST" ' +
    'statusCallbackEvent="start end join leave mute hold modify announcement">room-1</Conference></Dial>';
  world.say("/voice", twiml(room));
  world.say("/after", twiml("<Say>Goodbye.</Say>"));
  world.say("/announcement", twiml("<Say>Five minutes left.</Say>"));
});
afterEach(() => world.close());

async function liveConferenceSid(): Promise<string> {
  const [conference] = await client.conferences.list({ friendlyName: "room-1", status: "in-progress" });
  return conference?.sid ?? "none";
}

function told(): (string | undefined)[] {
  return world.receivedAt("/conference").map((params) => params["StatusCallbackEvent"]);
}

describe("conferences, through the official package", () => {
  it("are listed in progress unless another status is asked for", async () => {
    const tommy = await world.twilio.phone(TOMMY).dial();
    expect(await client.conferences.list()).toEqual([]);
    expect(await client.conferences.list({ status: "init" })).toHaveLength(1);

    const isabelle = await world.twilio.phone(ISABELLE).dial();
    expect(await client.conferences.list()).toMatchObject([{ friendlyName: "room-1", dateCreated: new Date(NOON) }]);

    await tommy.hangUp();
    await isabelle.hangUp();
    expect(await client.conferences.list({ status: "completed" })).toMatchObject([
      { reasonConferenceEnded: "last-participant-left", callSidEndingConference: isabelle.callSid },
    ]);
  });

  it("end for everybody, who go on with what comes behind", async () => {
    const calls = [await world.twilio.phone(TOMMY).dial(), await world.twilio.phone(ISABELLE).dial()];

    const ended = await client.conferences(await liveConferenceSid()).update({ status: "completed" });
    await world.clock.idle();

    expect(ended).toMatchObject({ status: "completed", reasonConferenceEnded: "conference-ended-via-api" });
    for (const call of calls) expect([call.heard(), call.state()]).toEqual([["Goodbye."], "ended"]);
    expect(told().slice(3)).toEqual(["participant-leave", "participant-leave", "conference-end"]);
  });

  it("play announcements to everybody or to one", async () => {
    const tommy = await world.twilio.phone(TOMMY).dial();
    const isabelle = await world.twilio.phone(ISABELLE).dial();
    const conference = client.conferences(await liveConferenceSid());

    await conference.update({ announceUrl: `${PUBLIC_URL}/announcement` });
    await conference.participants(tommy.callSid).update({ announceUrl: `${PUBLIC_URL}/announcement` });
    await world.clock.idle();

    expect([tommy.heard().length, isabelle.heard().length]).toEqual([2, 1]);
    expect(told().slice(3)).toEqual(["announcement-end", "announcement-end"]);
  });

  it("list, mute, hold and remove participants, also by a label with a space in it", async () => {
    await world.twilio.phone(TOMMY).dial();
    const isabelle = await world.twilio.phone(ISABELLE).dial();
    const { participants } = client.conferences(await liveConferenceSid());
    const one = client.conferences(await liveConferenceSid()).participants(isabelle.callSid);

    expect(await one.update({ muted: true })).toMatchObject({ muted: true, status: "connected" });
    await one.update({ hold: true });
    await one.update({ muted: false, hold: false, endConferenceOnExit: true });
    await one.update({ endConferenceOnExit: false });
    expect(await participants.list({ muted: true })).toEqual([]);
    expect(await one.remove()).toBe(true);
    await isabelle.settled();
    await world.clock.idle();

    expect(await participants.list()).toHaveLength(1);
    expect(told().slice(3)).toEqual([
      "participant-mute",
      "participant-hold",
      "participant-unmute",
      "participant-unhold",
      "participant-modify",
      "participant-modify",
      "participant-leave",
    ]);
    expect(world.receivedAt("/conference").at(-1)).toMatchObject({
      ParticipantCallStatus: "in-progress",
      ReasonParticipantLeft: "participant_updated_via_api",
    });
    await expect(one.fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
  });

  it("dial people out, who join when they answer", async () => {
    await world.twilio.phone(TOMMY).dial();
    const phone = world.twilio.phone(ISABELLE);
    const created = await client.conferences("room-1").participants.create({
      from: account.phoneNumber,
      to: ISABELLE,
      label: "dialled out",
      conferenceStatusCallback: `${PUBLIC_URL}/ignored`,
    });
    await world.clock.idle();
    expect([created.status, phone.isRinging()]).toEqual(["queued", true]);

    const call = await phone.answer();

    expect(call.state()).toBe("in-conference");
    const conference = client.conferences(await liveConferenceSid());
    expect(await conference.participants("dialled out").fetch()).toMatchObject({ callSid: call.callSid });
    expect(world.receivedAt("/ignored")).toEqual([]);
  });

  it("leave no trace when nobody answers", async () => {
    await client.conferences("room-9").participants.create({ from: account.phoneNumber, to: TOMMY, timeout: 20 });
    await world.clock.advance(20_000);

    expect(world.twilio.phone(TOMMY).calls()[0]?.status()).toBe("no-answer");
    expect(await client.conferences.list({ status: "init" })).toEqual([]);
  });

  it("are listed page by page", async () => {
    for (let nth = 0; nth < 5; nth += 1) {
      await world.twilio.phone(`+1202555017${nth}`).dial();
    }
    const { participants } = client.conferences(await liveConferenceSid());

    expect(await participants.list({ pageSize: 2 })).toHaveLength(5);
  });
});

describe("calls, through the official package", () => {
  it("can be looked up and ended while they run, and not afterwards", async () => {
    const call = await world.twilio.phone(TOMMY).dial();
    expect(await client.calls(call.callSid).fetch()).toMatchObject({ status: "in-progress", endTime: null });

    await world.clock.advance(5000);
    await client.calls(call.callSid).update({ status: "completed" });
    await call.settled();

    expect(await client.calls(call.callSid).fetch()).toMatchObject({ status: "completed", duration: "5" });
    expect(await client.calls.list({ status: "completed" })).toHaveLength(1);
    const again = client.calls(call.callSid).update({ status: "completed" });
    await expect(again).rejects.toMatchObject({ status: 400, code: 21220 });
  });

  it("can be sent elsewhere while they are in a conference, which they leave", async () => {
    const call = await world.twilio.phone(TOMMY).dial();
    await client.calls(call.callSid).update({ url: `${PUBLIC_URL}/announcement` });
    await call.settled();

    expect(call.heard()).toEqual(["Five minutes left."]);
    expect(world.receivedAt("/announcement")).toHaveLength(1);
    expect(world.receivedAt("/after")).toEqual([]);
  });

  it("ring a phone, which may answer, decline, be busy or not be there", async () => {
    const place = (to: string) =>
      client.calls.create({
        to,
        from: account.phoneNumber,
        url: `${PUBLIC_URL}/announcement`,
        timeout: 30,
        statusCallback: `${PUBLIC_URL}/progress`,
        statusCallbackEvent: ["initiated", "ringing", "answered", "completed"],
      });
    world.twilio.phone(ISABELLE).when("decline");
    await place(TOMMY);
    await place(ISABELLE);
    await place("+12025550155");
    await world.clock.idle();
    const answered = await world.twilio.phone(TOMMY).answer();
    await world.clock.advance(30_000);

    expect(answered.heard()).toEqual(["Five minutes left."]);
    expect(world.twilio.calls().map(({ status }) => status)).toEqual(["completed", "busy", "no-answer"]);
    const progress = world.receivedAt("/progress").filter(({ CallSid }) => CallSid === answered.callSid);
    expect(progress.map((params) => `${params["SequenceNumber"]} ${params["CallStatus"]}`)).toEqual([
      "0 initiated",
      "1 ringing",
      "2 in-progress",
      "3 completed",
    ]);
  });

  it.each([
    ["a malformed number", { to: "+1202555", url: PUBLIC_URL }, 21211],
    ["no instructions", { to: TOMMY }, 21205],
  ])("are refused with %s", async (_what, call, code) => {
    const created = client.calls.create({ from: account.phoneNumber, ...call });

    await expect(created).rejects.toMatchObject({ status: 400, code });
  });
});

describe("numbers and messages, through the official package", () => {
  it("keep the number's webhooks", async () => {
    const [number] = await client.incomingPhoneNumbers.list({ phoneNumber: account.phoneNumber });
    await client.incomingPhoneNumbers(number?.sid ?? "").update({ voiceUrl: `${PUBLIC_URL}/announcement` });

    const call = await world.twilio.phone(TOMMY).dial();

    expect(call.heard()).toEqual(["Five minutes left."]);
  });

  it("bring texts to phones", async () => {
    const { sid } = await client.messages.create({ to: TOMMY, from: account.phoneNumber, body: "Hello." });

    expect(world.twilio.phone(TOMMY).texts()).toEqual([{ at: NOON, body: "Hello." }]);
    expect(await client.messages(sid).fetch()).toMatchObject({ status: "delivered" });
  });

  it("need the right credentials", async () => {
    const stranger = twilio(account.accountSid, "wrong", { httpClient: client.httpClient });

    await expect(stranger.calls.list()).rejects.toMatchObject({ status: 401, code: 20003 });
  });
});
