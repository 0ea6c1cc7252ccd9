import type { Answer } from "../faults.ts";
import { announce } from "./announcements.ts";
import { type ApiHandlers, type ApiRequest, notFound } from "./api.ts";
import { rfc2822 } from "./callbacks.ts";
import { endRoom } from "./conference.ts";
import type { Network } from "./network.ts";
import { pageOf } from "./paging.ts";
import { methodOf } from "./rest-calls.ts";
import type { Room } from "./room.ts";

type ConferenceHandlers = Pick<
  ApiHandlers,
  | "GET /2010-04-01/Accounts/:accountSid/Conferences.json"
  | "GET /2010-04-01/Accounts/:accountSid/Conferences/:conferenceSid.json"
  | "POST /2010-04-01/Accounts/:accountSid/Conferences/:conferenceSid.json"
>;

export function conferenceHandlers(network: Network): ConferenceHandlers {
  const json = (room: Room): object => conferenceJson(network, room);
  return {
    "GET /2010-04-01/Accounts/:accountSid/Conferences.json": {
      handle: (request) => pageOf(request, "conferences", listRooms(network, request.query), json),
    },
    "GET /2010-04-01/Accounts/:accountSid/Conferences/:conferenceSid.json": {
      handle: (request) => withRoom(network, request, (room) => ({ status: 200, body: json(room) })),
    },
    "POST /2010-04-01/Accounts/:accountSid/Conferences/:conferenceSid.json": {
      handle: (request) =>
        withRoom(network, request, (room) => {
          updateRoom(network, room, request.form);
          return { status: 200, body: json(room) };
        }),
    },
  };
}

export function withRoom(network: Network, request: ApiRequest, use: (room: Room) => Answer): Answer {
  const room = network.rooms.find(({ conferenceSid }) => conferenceSid === request.param("conferenceSid"));
  return room === undefined ? notFound(request.path) : use(room);
}

/** Newest first. Since 2026-09-30 a list without a status shows what is in progress only. */
function listRooms(network: Network, query: URLSearchParams): Room[] {
  const status = query.get("Status") ?? "in-progress";
  const name = query.get("FriendlyName");
  return network.rooms.filter((room) => room.status === status && (name === null || room.name === name)).reverse();
}

function updateRoom(network: Network, room: Room, form: URLSearchParams): void {
  const announceUrl = form.get("AnnounceUrl");
  if (announceUrl !== null) {
    announce(network, room, room.participants, { url: announceUrl, method: methodOf(form, "AnnounceMethod") });
  }
  if (form.get("Status") === "completed") endRoom(network, room, "conference-ended-via-api", null);
}

function conferenceJson(network: Network, room: Room): object {
  const uri = `/2010-04-01/Accounts/${network.account.accountSid}/Conferences/${room.conferenceSid}`;
  return {
    account_sid: network.account.accountSid,
    api_version: "2010-04-01",
    date_created: rfc2822(room.createdAt),
    date_updated: rfc2822(room.updatedAt),
    friendly_name: room.name,
    sid: room.conferenceSid,
    region: room.region,
    status: room.status,
    subresource_uris: { participants: `${uri}/Participants.json`, recordings: `${uri}/Recordings.json` },
    uri: `${uri}.json`,
    reason_conference_ended: room.endReason,
    call_sid_ending_conference: room.callSidEnding,
  };
}
