import { joinRoom, leaveRoom, openRoom } from "./conference.ts";
import { answerLeg, endLeg } from "./call-lifecycle.ts";
import { newParticipant } from "./dial.ts";
import { createLeg, enterState, takeInterruption } from "./leg.ts";
import type { Network } from "./network.ts";
import type { ConferenceNoun } from "./twiml-dial.ts";

/** Puts a leg into a conference that no webhook of ours let in. It leaves when it is removed or hangs up. */
export function insertStranger(network: Network, conferenceName: string): string {
  const number = `+1202555${network.random.digits(4)}`;
  const leg = createLeg({
    callSid: network.random.sid("CA"),
    direction: "inbound",
    from: number,
    to: network.account.phoneNumber,
    phoneNumber: number,
    createdAt: network.clock.now(),
  });
  network.legs.set(leg.callSid, leg);
  answerLeg(network, leg);
  const noun = nounOf(conferenceName);
  const room = openRoom(network, noun);
  const participant = newParticipant(network, leg, noun, () => endLeg(network, leg));
  joinRoom(network, room, participant);
  enterState(leg, room.status === "init" ? "waiting-in-conference" : "in-conference", true);
  leg.stop.onStop(() => {
    const reason = leg.interruption?.kind === "hang-up" ? "participant_hung_up" : "participant_updated_via_api";
    leaveRoom(network, room, participant, { reason });
    takeInterruption(leg);
  });
  return leg.callSid;
}

function nounOf(name: string): ConferenceNoun {
  return {
    name,
    label: null,
    muted: false,
    startOnEnter: true,
    endOnExit: false,
    wait: null,
    maxParticipants: 250,
    region: "us1",
    coach: null,
    statusCallback: null,
  };
}
