import type { Answer } from "../faults.ts";
import { type ApiHandlers, type ApiRequest, notFound } from "./api.ts";
import { apiError } from "./api-errors.ts";
import { rfc2822 } from "./callbacks.ts";
import { emit, type Network, type TextMessage } from "./network.ts";
import { isE164 } from "./phone-number.ts";
import { phoneState } from "./phone-state.ts";

type MessageHandlers = Pick<
  ApiHandlers,
  | "POST /2010-04-01/Accounts/:accountSid/Messages.json"
  | "GET /2010-04-01/Accounts/:accountSid/Messages/:messageSid.json"
>;

export function messageHandlers(network: Network): MessageHandlers {
  return {
    "POST /2010-04-01/Accounts/:accountSid/Messages.json": { handle: (request) => createMessage(network, request) },
    "GET /2010-04-01/Accounts/:accountSid/Messages/:messageSid.json": {
      handle: (request) => {
        const message = network.messages.find(({ messageSid }) => messageSid === request.param("messageSid"));
        if (message === undefined) return notFound(request.path);
        return { status: 200, body: messageJson(network, message, "delivered") };
      },
    },
  };
}

function createMessage(network: Network, { form }: ApiRequest): Answer {
  const [to, from, body] = [form.get("To") ?? "", form.get("From"), form.get("Body") ?? ""];
  if (!isE164(to)) return apiError(21211, { to });
  if (from !== network.account.phoneNumber && !form.has("MessagingServiceSid")) return apiError(21210, {});
  if (body === "") return apiError(21602, {});
  const messageSid = network.random.sid("SM");
  const message = { messageSid, from: network.account.phoneNumber, to, body, at: network.clock.now() };
  network.messages.push(message);
  receiveText(network, to, body);
  return { status: 201, body: messageJson(network, message, "queued") };
}

export function receiveText(network: Network, number: string, body: string): void {
  phoneState(network.phones, number).texts.push({ at: network.clock.now(), body });
  emit(network, { kind: "text", number, callSid: null, text: body });
}

function messageJson(network: Network, message: TextMessage, status: "queued" | "delivered"): object {
  const uri = `/2010-04-01/Accounts/${network.account.accountSid}/Messages/${message.messageSid}`;
  return {
    account_sid: network.account.accountSid,
    api_version: "2010-04-01",
    body: message.body,
    date_created: rfc2822(message.at),
    date_sent: status === "queued" ? null : rfc2822(message.at),
    date_updated: rfc2822(message.at),
    direction: "outbound-api",
    error_code: null,
    error_message: null,
    from: message.from,
    num_media: "0",
    num_segments: String(Math.max(1, Math.ceil(message.body.length / 160))),
    price: null,
    price_unit: "USD",
    messaging_service_sid: null,
    sid: message.messageSid,
    status,
    subresource_uris: { media: `${uri}/Media.json` },
    to: message.to,
    uri: `${uri}.json`,
  };
}
