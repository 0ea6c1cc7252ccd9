import type { Twilio } from "twilio";
import type { PhoneNetwork, SeenRoom } from "../operations/line.ts";
import { describeFailure, unavailable } from "./client.ts";

const OPEN = new Set(["queued", "initiated", "ringing", "in-progress"]);

/** The truth about calls and rooms, from Twilio's REST API. */
export function makePhoneNetwork(client: Twilio): PhoneNetwork {
  return {
    async findCall(callSid) {
      try {
        const { status } = await client.calls(callSid).fetch();
        return OPEN.has(status) ? "open" : "over";
      } catch (error) {
        const failure = describeFailure(error);
        if (failure.kind === "answered" && failure.status === 404) return "over";
        throw unavailable(error);
      }
    },
    async listRooms(sessionName) {
      try {
        const rooms = await listConferences(client, sessionName);
        return await Promise.all(rooms.map(({ sid }) => seeRoom(client, sid)));
      } catch (error) {
        throw unavailable(error);
      }
    },
  };
}

/** Rooms of that name that have not ended: in progress, or waiting to start. */
export async function listConferences(client: Twilio, friendlyName: string) {
  const lists = await Promise.all(
    (["in-progress", "init"] as const).map((status) => client.conferences.list({ friendlyName, status, limit: 20 })),
  );
  return lists.flat();
}

async function seeRoom(client: Twilio, conferenceSid: string): Promise<SeenRoom> {
  const participants = await client
    .conferences(conferenceSid)
    .participants.list({ pageSize: 1000 })
    .catch((error: unknown) => {
      const failure = describeFailure(error);
      if (failure.kind === "answered" && failure.status === 404) return [];
      throw error;
    });
  return {
    conferenceSid,
    participants: participants
      .filter(({ status }) => status !== "complete" && status !== "failed")
      .map(({ callSid, muted, hold }) => ({ callSid, muted, onHold: hold })),
  };
}
