import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ISABELLE, PUBLIC_URL, startWorld, TOMMY, twiml, type World } from "./scripted-service.ts";

let world: World;

beforeEach(async () => {
  world = await startWorld();
  world.say("/wait", twiml("<Play>/music.wav</Play>", "<Say>Nobody is here yet.</Say>", "<Redirect>/wait</Redirect>"));
  world.say("/music.wav", { type: "audio/wav", body: "RIFF" });
  world.say("/conference", { status: 204 });
});
afterEach(() => world.close());

const EVENTS = "start end join leave mute hold modify announcement";

function room(attributes: Record<string, string> = {}, dial = 'action="/after"'): string {
  const all = {
    waitUrl: "/wait",
    statusCallback: "/conference",
    statusCallbackEvent: EVENTS,
    ...attributes,
  };
  const written = Object.entries(all).map(([name, value]) => `${name}="${value}"`);
  return twiml(`<Dial ${dial}><Conference ${written.join(" ")}>room-1</Conference></Dial>`, "<Say>Behind.</Say>");
}

function events(): string[] {
  return world
    .receivedAt("/conference")
    .map((params) => `${params["SequenceNumber"]} ${params["StatusCallbackEvent"]}`);
}

describe("a conference", () => {
  it("keeps people waiting with music until somebody who starts it is in", async () => {
    world.say("/voice", room({ startConferenceOnEnter: "false" }), room());

    const tommy = await world.twilio.phone(TOMMY).dial();
    await world.clock.idle();
    expect(tommy.state()).toBe("waiting-in-conference");
    expect(world.twilio.conferences()[0]?.status).toBe("init");
    expect(tommy.heard()).toEqual([`♪ ${PUBLIC_URL}/music.wav`, "Nobody is here yet."]);
    await world.clock.advance(60_000);
    expect(tommy.heard().filter((text) => text === "Nobody is here yet.")).toHaveLength(3);

    const isabelle = await world.twilio.phone(ISABELLE).dial();
    await world.clock.advance(60_000);

    expect([tommy.state(), isabelle.state()]).toEqual(["in-conference", "in-conference"]);
    expect(tommy.heard()).toHaveLength(6);
    expect(events()).toEqual(["1 participant-join", "2 participant-join", "3 conference-start"]);
  });

  it("tells of everything with the parameters that Twilio sends", async () => {
    world.say("/voice", room({ participantLabel: "leg-1" }), room({ participantLabel: "leg-2", muted: "true" }));
    const tommy = await world.twilio.phone(TOMMY).dial();
    const isabelle = await world.twilio.phone(ISABELLE).dial();
    await tommy.hangUp();
    await isabelle.hangUp();
    await world.clock.idle();

    const [conference] = world.twilio.conferences();
    const told = world.receivedAt("/conference");
    expect(told[1]).toEqual({
      AccountSid: "AC000000000000000000000000000a11ce",
      ConferenceSid: conference?.sid,
      FriendlyName: "room-1",
      SequenceNumber: "2",
      StatusCallbackEvent: "participant-join",
      Timestamp: "Mon, 23 Nov 2026 12:00:00 +0000",
      CallSid: isabelle.callSid,
      ParticipantLabel: "leg-2",
      Muted: "true",
      Hold: "false",
      Coaching: "false",
      EndConferenceOnExit: "false",
      StartConferenceOnEnter: "true",
    });
    expect(told[3]).toMatchObject({
      StatusCallbackEvent: "participant-leave",
      CallSid: tommy.callSid,
      ParticipantCallStatus: "completed",
      ReasonParticipantLeft: "participant_hung_up",
    });
    expect(told[5]).toMatchObject({
      SequenceNumber: "6",
      StatusCallbackEvent: "conference-end",
      CallSidEndingConference: isabelle.callSid,
      ParticipantLabelEndingConference: "leg-2",
      ReasonConferenceEnded: "last-participant-left",
    });
    expect(world.received.every(({ isSigned, path }) => isSigned || path === "/music.wav")).toBe(true);
  });

  it("is another one, with another sid, when its name is used again after the end", async () => {
    world.say("/voice", room());
    await (await world.twilio.phone(TOMMY).dial()).hangUp();
    await (await world.twilio.phone(TOMMY).dial()).hangUp();

    const sids = world.twilio.conferences().map(({ sid }) => sid);
    expect(new Set(sids).size).toBe(2);
  });

  it("goes on to the Dial's action when the caller leaves with star, and never to the verbs behind", async () => {
    world.say("/voice", room({}, 'action="/after" hangupOnStar="true"'));
    world.say("/after", twiml("<Say>You left.</Say>"));

    const call = await world.twilio.phone(TOMMY).dial();
    await call.press("12#");
    expect(call.state()).toBe("waiting-in-conference");
    await call.press("*");

    const [after] = world.receivedAt("/after");
    expect(after).toMatchObject({ DialCallStatus: "answered", DialBridged: "true", CallStatus: "in-progress" });
    expect(after).not.toHaveProperty("DialCallSid");
    expect(call.heard().at(-1)).toBe("You left.");
  });

  it("turns away a label that is in use: that caller does not join and goes on", async () => {
    world.say("/voice", room({ participantLabel: "same" }, ""));
    await world.twilio.phone(TOMMY).dial();
    const second = await world.twilio.phone(ISABELLE).dial();

    expect(second.heard()).toEqual(["Behind."]);
    expect(second.timeline().map(({ what }) => what)).toContainEqual(expect.stringContaining("error: 16025"));
    expect(world.twilio.conferences()[0]?.participants).toHaveLength(1);
  });

  it("is full at maxParticipants", async () => {
    world.say("/voice", room({ maxParticipants: "2" }));
    world.say("/after", twiml("<Say>Sorry.</Say>"));
    for (const number of [TOMMY, ISABELLE]) await world.twilio.phone(number).dial();
    const third = await world.twilio.phone("+12025550155").dial();

    expect(third.heard()).toEqual(["Sorry."]);
    expect(world.receivedAt("/after")).toEqual([expect.objectContaining({ DialCallStatus: "failed" })]);
  });

  it("is not joined when the wait URL fails", async () => {
    world.say("/wait", { status: 500 });
    world.say("/voice", room());
    world.say("/after", twiml("<Say>Sorry.</Say>"));

    const call = await world.twilio.phone(TOMMY).dial();

    expect(call.heard()).toEqual(["Sorry."]);
    expect(world.twilio.conferences()).toEqual([]);
  });

  it("drops everybody when one leaves whose leaving ends it", async () => {
    world.say("/voice", room({ endConferenceOnExit: "true" }), room());
    world.say("/after", twiml("<Hangup/>"));
    const host = await world.twilio.phone(TOMMY).dial();
    const guest = await world.twilio.phone(ISABELLE).dial();

    await host.hangUp();
    await guest.settled();
    await world.clock.idle();

    expect(guest.state()).toBe("ended");
    const told = world.receivedAt("/conference");
    expect(told.at(-2)).toMatchObject({ CallSid: guest.callSid, ReasonParticipantLeft: "moderator_ended_conference" });
    expect(told.at(-1)).toMatchObject({ ReasonConferenceEnded: "participant-with-end-conference-on-exit-left" });
  });

  it("lets a leg go when the Dial's time is over, four hours unless it says otherwise", async () => {
    world.say("/voice", room());
    world.say("/after", twiml("<Say>Time is over.</Say>"));
    const call = await world.twilio.phone(TOMMY).dial();
    await world.twilio.phone(ISABELLE).dial();

    await world.clock.advance(4 * 3600_000 - 1);
    expect(call.state()).toBe("in-conference");
    await world.clock.advance(1);

    expect(call.heard().at(-1)).toBe("Time is over.");
  });

  it("asks for callbacks what the first participant asked for, whatever later ones say", async () => {
    world.say("/voice", room({ statusCallbackEvent: "join" }), room({ statusCallbackEvent: EVENTS }));
    await world.twilio.phone(TOMMY).dial();
    await world.twilio.phone(ISABELLE).dial();
    await world.clock.idle();

    expect(events()).toEqual(["1 participant-join", "2 participant-join"]);
  });

  it("may hold a stranger whom no webhook let in", async () => {
    world.say("/voice", room());
    await world.twilio.phone(TOMMY).dial();

    const callSid = world.twilio.insertStranger("room-1");

    const [conference] = world.twilio.conferences();
    expect(conference?.participants.map((each) => each.callSid)).toContain(callSid);
    expect(conference?.status).toBe("in-progress");
  });
});

describe("status callbacks", () => {
  it("are repeated, lost and overtaken as asked", async () => {
    world.say("/voice", room());
    world.twilio.callbacks.set({ repeat: 3 });
    await world.twilio.phone(TOMMY).dial();
    await world.clock.idle();
    expect(events()).toEqual(Array.from({ length: 3 }, () => "1 participant-join"));

    world.twilio.callbacks.set({ loseAll: true });
    await world.twilio.phone(ISABELLE).dial();
    await world.clock.idle();
    expect(events()).toHaveLength(3);

    world.twilio.callbacks.set({ shuffle: true });
    for (const number of ["+12025550155", "+12025550166", "+12025550177"]) await world.twilio.phone(number).dial();
    await world.clock.advance(2000);
    const late = events().slice(3);
    expect(late.toSorted()).toEqual(["4 participant-join", "5 participant-join", "6 participant-join"]);
    expect(late).not.toEqual(late.toSorted());
  });
});
